// Has the Temporal SDK download the CLI of a version into a folder: version and folder are the
// arguments. The SDK downloads only to start it, so it is started and stopped.
import { readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { programName } from './programs.mjs';

const [version = '', folder = ''] = process.argv.slice(2);
const executable = /** @type {const} */ ({
  type: 'cached-download',
  version: `v${version}`,
  downloadDir: folder,
});
const environment = await TestWorkflowEnvironment.createLocal({ server: { executable } });
await environment.teardown();
const downloaded = readdirSync(folder).find((name) => name.startsWith('temporal'));
if (!downloaded) throw new Error(`The download contains no program: see ${folder}`);
renameSync(join(folder, downloaded), join(folder, programName('temporal')));
process.exit(0);
