import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execute } from './command.mjs';
import { withLock } from './lock.mjs';
import { cacheFolder } from './paths.mjs';
import { findOnPath, isProgram, programName } from './programs.mjs';
import { BootError, log, step } from './log.mjs';

const program = programName('temporal');
const probeMs = 5_000;

/** @typedef {{ command: string, origin: string }} TemporalCli `origin`: how it was found, for people */

const folderOf = (/** @type {string} */ version) => cacheFolder(`temporal-cli-${version}`);

/** The Temporal SDK's own download, in a process of its own: it starts the server to see it run. */
async function download(/** @type {string} */ version, /** @type {string} */ into) {
  const address = `https://temporal.download/cli/archive/v${version}`;
  try {
    await fetch(address, { method: 'HEAD', signal: AbortSignal.timeout(probeMs) });
  } catch (error) {
    throw new BootError(`Cannot connect to ${address}: ${error.cause?.message ?? error.message}`);
  }
  const script = fileURLToPath(new URL('./download-temporal.mjs', import.meta.url));
  await execute(process.execPath, [script, version, into], { what: 'The download' });
}

async function buildFromSource(/** @type {string} */ version, /** @type {string} */ into) {
  const go = findOnPath('go');
  if (!go) throw new BootError('go is not installed');
  const module = `github.com/temporalio/cli/cmd/temporal@v${version}`;
  await execute(go, ['install', '-ldflags=-s -w', module], {
    what: `go install ${module}`,
    env: { ...process.env, GOBIN: into },
  });
}

async function fetchInto(/** @type {string} */ version, /** @type {string} */ folder) {
  const ways = [
    { title: 'Downloading the Temporal server', get: download },
    {
      title: 'Building the Temporal server with Go (takes a few minutes, once for all clones)',
      get: buildFromSource,
    },
  ];
  const failures = [];
  for (const { title, get } of ways) {
    try {
      await step(title, () => get(version, folder));
      return;
    } catch (error) {
      if (!(error instanceof BootError)) throw error;
      log(`✗ ${title}: ${error.message.split('\n')[0]}`);
      failures.push(error.message.split('\n').slice(-5).join('\n    '));
    }
  }
  throw new BootError(
    [
      'No Temporal server is available. Do one of the following:',
      '  - set TEMPORAL_ADDRESS to a running Temporal server (host:port)',
      `  - install the Temporal CLI ${version} or newer on the PATH, or set CRMFLOW_TEMPORAL_CLI to its path`,
      '  - install Go 1.24 or newer, so that the server can be built',
      'Attempts:',
      ...failures.map((failure) => `  - ${failure}`),
    ].join('\n'),
  );
}

async function fillCache(/** @type {string} */ version) {
  const folder = folderOf(version);
  const cached = join(folder, program);
  await withLock(`${folder}.lock`, 'getting the Temporal server', async () => {
    if (isProgram(cached)) return;
    const unfinished = `${folder}.${process.pid}`;
    mkdirSync(unfinished, { recursive: true });
    try {
      await fetchInto(version, unfinished);
      mkdirSync(folder, { recursive: true });
      renameSync(join(unfinished, program), cached);
    } finally {
      rmSync(unfinished, { recursive: true, force: true });
    }
  });
  return cached;
}

/**
 * The Temporal CLI: named, installed, cached, downloaded or built; the first that is there.
 * @param {string} version which one is downloaded or built
 * @returns {Promise<TemporalCli>}
 * @throws {BootError} that says how to get one
 */
export async function findTemporalCli(version) {
  const named = process.env.CRMFLOW_TEMPORAL_CLI;
  if (named) {
    if (isProgram(named)) return { command: named, origin: 'set by CRMFLOW_TEMPORAL_CLI' };
    const what = existsSync(named) ? 'which is not a program' : 'which does not exist';
    throw new BootError(`CRMFLOW_TEMPORAL_CLI is set to ${named}, ${what}.`);
  }
  const installed = findOnPath('temporal');
  if (installed) return { command: installed, origin: 'found on the PATH' };
  const cached = join(folderOf(version), program);
  if (isProgram(cached)) return { command: cached, origin: 'cached' };
  return { command: await fillCache(version), origin: 'cached' };
}
