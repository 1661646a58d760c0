import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execute } from './command.mjs';
import { withLock } from './lock.mjs';
import { root } from './paths.mjs';
import { step } from './log.mjs';
import { fingerprint, isStamped, stamp } from './stamp.mjs';
import { workflowBundleOptions } from './workflow-bundle.mjs';

const at = (/** @type {string} */ path) => join(root, path);
const node = (/** @type {string[]} */ ...args) =>
  execute(process.execPath, args, { what: args.join(' '), cwd: root });

const packages = [
  'contracts',
  'expressions',
  'layout',
  'db',
  'temporal-config',
  'workflows',
  'proof',
  'activities',
  'worker',
  'api',
];
const sources = packages.flatMap((name) => [
  `${name}/src`,
  `${name}/tsconfig.json`,
  `${name}/package.json`,
]);

async function bundleWorkflows() {
  const { bundleWorkflowCode, DefaultLogger } = await import('@temporalio/worker');
  const { code } = await bundleWorkflowCode({
    ...workflowBundleOptions,
    logger: new DefaultLogger('ERROR'),
  });
  writeFileSync(at('worker/dist/workflow-bundle.js.new'), code);
  renameSync(at('worker/dist/workflow-bundle.js.new'), at('worker/dist/workflow-bundle.js'));
}

/** tsc trusts its build info, not the folders: if the output is gone, the build info must go too. */
function removeStaleBuildInfo() {
  for (const name of packages) {
    if (!existsSync(at(`${name}/dist`)))
      rmSync(at(`${name}/tsconfig.tsbuildinfo`), { force: true });
  }
}

function compile() {
  removeStaleBuildInfo();
  return node('node_modules/typescript/bin/tsc', '-b', ...packages);
}

/** The web app first, which empties the folder; the others add to it. */
async function bundleWeb() {
  for (const config of ['vite.config.ts', 'vite.chat.config.ts', 'vite.embed.config.ts']) {
    const args = [at('node_modules/vite/bin/vite.js'), 'build', '--config', config];
    await execute(process.execPath, args, { cwd: at('web') });
  }
}

/** Build steps with their inputs and outputs. A step runs only if its inputs have changed. */
/** @type {{ name: string, from: string[], needs?: string, makes: string[], run: () => Promise<unknown> }[]} */
const steps = [
  {
    name: 'Generating the database client',
    from: ['db/prisma/schema.prisma', 'db/tools/generate.mjs', 'package-lock.json'],
    makes: ['db/src/generated/client.ts'],
    run: () => node('db/tools/generate.mjs'),
  },
  {
    name: 'Compiling',
    from: ['tsconfig.base.json', 'db/prisma/schema.prisma', 'package-lock.json', ...sources],
    makes: packages.map((name) => `${name}/dist`),
    run: compile,
  },
  {
    name: 'Bundling the workflows',
    from: [
      ...['contracts', 'expressions', 'workflows'].flatMap((name) => [
        `${name}/src`,
        `${name}/package.json`,
      ]),
      'scripts/boot/workflow-bundle.mjs',
      'package-lock.json',
    ],
    makes: ['worker/dist/workflow-bundle.js'],
    run: bundleWorkflows,
  },
  {
    name: 'Building the web app',
    from: ['web', 'contracts/src', 'layout/src', 'docs/errors', 'package-lock.json'],
    needs: 'web/src/main.tsx',
    makes: ['web/dist/index.html', 'web/dist/chat.html', 'web/dist/embed/v1.js'],
    run: bundleWeb,
  },
];

/** Builds what has changed since the last build. */
export async function build() {
  await withLock(at('.cache/build.lock'), 'building', async () => {
    for (const { name, from, needs, makes, run } of steps) {
      if (needs && !existsSync(at(needs))) continue;
      const stampFile = at(`.cache/built/${name.replaceAll(' ', '-').toLowerCase()}`);
      const inputs = fingerprint(root, from);
      const exists = makes.every((path) => existsSync(at(path)));
      if (exists && isStamped(stampFile, inputs)) continue;
      await step(name, run);
      stamp(stampFile, inputs);
    }
  });
}
