import { existsSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { command } from '../system/command.mjs';
import { step } from '../system/progress.mjs';
import { inRoot, root } from '../system/root.mjs';
import { fingerprint, unlessUnchanged } from './fingerprint.mjs';

const require = createRequire(import.meta.url);
const stampOf = (/** @type {string} */ name) => inRoot('.cache', 'built', name);

/** The packages that TypeScript builds, in the words of the root tsconfig.json. */
const projects = () =>
  JSON.parse(readFileSync(inRoot('tsconfig.json'), 'utf8')).references.map(
    (/** @type {{ path: string }} */ reference) => reference.path,
  );

async function generatePrismaClient() {
  const generate = inRoot('db', 'tools', 'generate.mjs');
  const places = ['db/prisma/schema.prisma', 'db/tools/generate.mjs', 'package-lock.json'];
  await unlessUnchanged(
    {
      stamp: stampOf('prisma'),
      made: () => fingerprint(root, places),
      results: [inRoot('db', 'src', 'generated', 'client.ts')],
    },
    () =>
      step('Generating the database client', async () => {
        await command(process.execPath, [generate], { what: 'Generating the database client' });
      }),
  );
}

/** TypeScript trusts its notes, not the folder: without the results the notes must go too. */
function forgetMissingResults(/** @type {string[]} */ names) {
  for (const name of names) {
    if (!existsSync(inRoot(name, 'dist'))) {
      rmSync(inRoot(name, 'tsconfig.tsbuildinfo'), { force: true });
    }
  }
}

async function compile() {
  const names = projects();
  const sources = names.flatMap((/** @type {string} */ name) => [
    `${name}/src`,
    `${name}/package.json`,
    `${name}/tsconfig.json`,
  ]);
  const places = [...sources, 'tsconfig.json', 'tsconfig.base.json', 'package-lock.json'];
  await unlessUnchanged(
    {
      stamp: stampOf('typescript'),
      made: () => fingerprint(root, places),
      results: names.map((/** @type {string} */ name) => inRoot(name, 'dist', 'index.js')),
    },
    () =>
      step('Building', async () => {
        forgetMissingResults(names);
        const tsc = require.resolve('typescript/bin/tsc');
        await command(process.execPath, [tsc, '-b'], { what: 'Building', cwd: root });
      }),
  );
}

async function bundleWorkflows() {
  const bundle = inRoot('worker', 'dist', 'workflow-bundle.js');
  const sources = ['workflows/src', 'expressions/src', 'contracts/src', 'package-lock.json'];
  await unlessUnchanged(
    {
      stamp: stampOf('workflow-bundle'),
      made: () => fingerprint(root, [...sources, 'tsconfig.base.json']),
      results: [bundle],
    },
    () =>
      step('Bundling the workflow code', async () => {
        const script = inRoot('scripts', 'setup', 'bundle-workflows.mjs');
        await command(process.execPath, [script, bundle], { what: 'Bundling the workflow code' });
      }),
  );
}

async function buildWeb() {
  const config = inRoot('web', 'vite.config.ts');
  if (!existsSync(config)) return;
  await unlessUnchanged(
    {
      stamp: stampOf('web'),
      made: () => fingerprint(root, ['web', 'contracts/src', 'package-lock.json']),
      results: [inRoot('web', 'dist', 'index.html')],
    },
    () =>
      step('Building the web app', async () => {
        const vite = path.join(path.dirname(require.resolve('vite/package.json')), 'bin/vite.js');
        await command(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
          what: 'Building the web app',
          cwd: inRoot('web'),
        });
      }),
  );
}

/** Generates, compiles and bundles what changed since the last time. */
export async function build() {
  await generatePrismaClient();
  await compile();
  await bundleWorkflows();
  await buildWeb();
}
