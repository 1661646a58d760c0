import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { execute } from './command.mjs';
import { locked } from './lock.mjs';
import { answers } from './ports.mjs';
import { BootError, say, step } from './say.mjs';
import { devServerFlags, retentionDays } from '../../temporal-config/dev-server.mjs';

const version = '1.5.1';
const program = process.platform === 'win32' ? 'temporal.exe' : 'temporal';

function cacheFolder() {
  const base = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  return join(base, 'crmflow', `temporal-cli-${version}`);
}

function onPath(name) {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

async function fromDownload(into) {
  const { TestWorkflowEnvironment } = await import('@temporalio/testing');
  const env = await TestWorkflowEnvironment.createLocal({
    server: { executable: { type: 'cached-download', downloadDir: into, ttl: '365d' } },
  });
  await env.teardown();
  const { readdirSync } = await import('node:fs');
  const found = readdirSync(into).find((name) => name.startsWith('temporal'));
  if (!found) throw new BootError('the download left no program behind');
  renameSync(join(into, found), join(into, program));
}

async function fromSource(into) {
  if (!onPath(process.platform === 'win32' ? 'go.exe' : 'go')) {
    throw new BootError('go is not installed');
  }
  await execute('go', ['install', `github.com/temporalio/cli/cmd/temporal@v${version}`], {
    env: { ...process.env, GOBIN: into, GOFLAGS: '-trimpath' },
  });
}

async function fetchInto(folder) {
  const failures = [];
  const ways = [
    ['Downloading the Temporal server', fromDownload],
    ['Building the Temporal server with Go (the first time takes some minutes)', fromSource],
  ];
  for (const [what, way] of ways) {
    try {
      await step(what, () => way(folder));
      return;
    } catch (error) {
      say(`✗ ${what}: ${error.message.split('\n')[0]}`);
      failures.push(`${what}: ${error.message}`);
    }
  }
  throw new BootError(
    [
      'There is no Temporal server to be had. Do one of these:',
      '  - set TEMPORAL_ADDRESS to a Temporal server that runs (host:port)',
      `  - install the Temporal CLI ${version} or newer and put it on the PATH, or name it in CRMFLOW_TEMPORAL_CLI`,
      '  - install Go 1.24 or newer, so that it can be built here',
      ...failures.map((failure) => failure.split('\n').slice(0, 5).join('\n    ')),
    ].join('\n'),
  );
}

/** The Temporal CLI: named, installed, cached, downloaded or built; the first that is there. */
async function findProgram() {
  const named = process.env.CRMFLOW_TEMPORAL_CLI;
  if (named) {
    if (existsSync(named)) return named;
    throw new BootError(`CRMFLOW_TEMPORAL_CLI names ${named}, where nothing is.`);
  }
  const installed = onPath(program);
  if (installed) return installed;
  const folder = cacheFolder();
  const cached = join(folder, program);
  if (existsSync(cached)) return cached;
  await locked(join(folder, '..', 'temporal.lock'), 'getting the Temporal server', async () => {
    if (existsSync(cached)) return;
    const unfinished = `${folder}.${process.pid}`;
    mkdirSync(unfinished, { recursive: true });
    try {
      await fetchInto(unfinished);
      mkdirSync(folder, { recursive: true });
      renameSync(join(unfinished, program), cached);
    } finally {
      rmSync(unfinished, { recursive: true, force: true });
    }
  });
  return cached;
}

/** Runs are kept for longer than the dev server's default of one day. */
async function keepHistories(address) {
  const { Connection } = await import('@temporalio/client');
  const connection = await Connection.connect({ address });
  try {
    await connection.workflowService.updateNamespace({
      namespace: 'default',
      config: { workflowExecutionRetentionTtl: { seconds: retentionDays * 86_400 } },
    });
  } finally {
    await connection.close();
  }
}

/**
 * The embedded Temporal server as a part to supervise.
 * @param {string} dataDir
 * @param {{ temporal: number, temporalUi: number }} ports
 */
export async function embeddedTemporal(dataDir, ports) {
  const command = await findProgram();
  say(`  Temporal server: ${command}`);
  const address = `127.0.0.1:${ports.temporal}`;
  return {
    address,
    uiUrl: `http://127.0.0.1:${ports.temporalUi}`,
    part: {
      name: 'temporal',
      command,
      args: [
        ...['server', 'start-dev', '--ip', '127.0.0.1', '--ui-ip', '127.0.0.1'],
        ...['--port', String(ports.temporal), '--ui-port', String(ports.temporalUi)],
        ...['--db-filename', join(dataDir, 'temporal.db'), '--log-level', 'warn'],
        ...devServerFlags,
      ],
      options: {},
      port: ports.temporal,
      isUp: () => answers(ports.temporal),
      afterStart: () => keepHistories(address),
      stopSignal: 'SIGTERM',
    },
  };
}
