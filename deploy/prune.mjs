// Removes packages that are not needed in production. npm keeps those that another package may use
// if present: Prisma's client keeps its command line, TypeScript and React.
import { existsSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const root = process.cwd();
const reached = new Set();

/** @param {string} from @param {string} name @returns {string | undefined} where Node finds it */
function find(from, name) {
  const folder = join(from, 'node_modules', name);
  if (existsSync(join(folder, 'package.json'))) return folder;
  return from === root ? undefined : find(dirname(from), name);
}

function reach(/** @type {string} */ folder) {
  const real = realpathSync(folder);
  if (reached.has(real)) return;
  reached.add(real);
  const manifest = JSON.parse(readFileSync(join(real, 'package.json'), 'utf8'));
  const { dependencies, optionalDependencies, peerDependencies, peerDependenciesMeta } = manifest;
  const peers = Object.keys(peerDependencies ?? {}).filter(
    (name) => !peerDependenciesMeta?.[name]?.optional,
  );
  for (const name of [
    ...Object.keys(dependencies ?? {}),
    ...Object.keys(optionalDependencies ?? {}),
    ...peers,
  ]) {
    const found = find(real, name);
    if (found) reach(found);
  }
}

/** @returns {string[]} the packages in a folder node_modules, scoped ones too */
function packagesIn(/** @type {string} */ folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !name.startsWith('.'))
    .flatMap(({ name }) =>
      name.startsWith('@') ? packagesIn(join(folder, name)) : [join(folder, name)],
    );
}

const workspaces = process.argv.slice(2).map((name) => resolve(root, name));
workspaces.forEach(reach);
let removed = 0;
for (const folder of [root, ...workspaces].map((from) => join(from, 'node_modules'))) {
  for (const found of packagesIn(folder)) {
    if (reached.has(realpathSync(found))) continue;
    rmSync(found, { recursive: true });
    removed += 1;
  }
}
process.stdout.write(`Removed ${removed} packages, kept ${reached.size}\n`);
