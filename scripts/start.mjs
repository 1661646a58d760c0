import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './boot/build.mjs';
import { execute } from './boot/command.mjs';
import { checkEnvironment, environmentFor } from './boot/environment.mjs';
import { install } from './boot/install.mjs';
import { endOrphans, stopOrder } from './boot/orphans.mjs';
import { dataDirOf, root } from './boot/paths.mjs';
import { choosePorts, isFree } from './boot/ports.mjs';
import { removePid, runningPart, writePid } from './boot/process.mjs';
import { BootError, run, say, step } from './boot/say.mjs';
import { supervise } from './boot/supervise.mjs';

const upLimitMs = 60_000;

/** Only one supervisor may look after a data folder. */
function claim(dataDir) {
  mkdirSync(join(dataDir, 'run'), { recursive: true });
  const other = runningPart(dataDir, 'supervisor');
  if (other) {
    throw new BootError(
      `CRMFlow runs on ${dataDir} already (process ${other.pid}). Stop it by "npm run stop", or choose another folder by CRMFLOW_DATA_DIR.`,
    );
  }
  writePid(dataDir, 'supervisor', process.pid);
}

const nodePart = (name, script, env, isUp) => ({
  name,
  command: process.execPath,
  args: ['--enable-source-maps', join(root, script)],
  options: { cwd: root, env },
  isUp,
  stopSignal: 'SIGTERM',
});

async function answersReady(url) {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(5_000) })).ok;
  } catch {
    return false;
  }
}

async function startAll(dataDir, parts, stopping) {
  const start = async (part) => {
    if (stopping.aborted) return;
    const supervised = supervise(dataDir, part);
    parts.set(part.name, supervised);
    await supervised.up(upLimitMs);
  };
  const ports = await choosePorts(join(dataDir, 'ports.json'), ['postgres', 'temporal', 'temporalUi']);

  let databaseUrl = process.env.DATABASE_URL;
  if (!databaseUrl) {
    const { embeddedPostgres } = await import('./boot/postgres.mjs');
    const postgres = await embeddedPostgres(dataDir, ports.postgres);
    databaseUrl = postgres.url;
    await start(postgres.part);
  }
  let temporalAddress = process.env.TEMPORAL_ADDRESS;
  let temporalUi = '';
  const temporalUp = (async () => {
    if (temporalAddress) return;
    const { embeddedTemporal } = await import('./boot/temporal.mjs');
    const temporal = await embeddedTemporal(dataDir, ports);
    temporalAddress = temporal.address;
    temporalUi = temporal.uiUrl;
    await start(temporal.part);
  })();
  const migrated = execute(process.execPath, [join(root, 'db/dist/migrate.js')], {
    env: { ...process.env, DATABASE_URL: databaseUrl },
  });
  await Promise.all([temporalUp, migrated]);

  const env = environmentFor(dataDir, { databaseUrl, temporalAddress });
  const host = process.env.HOST || '127.0.0.1';
  const port = Number(process.env.PORT || 3001);
  const local = `http://${host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host}:${port}`;
  const ready = () => answersReady(`${local}/ready`);
  await Promise.all([
    start(nodePart('worker', 'worker/dist/main.js', env, ready)),
    start(nodePart('api', 'api/dist/main.js', env, ready)),
  ]);
  if (stopping.aborted) return;
  if (temporalUi) say(`  Temporal UI: ${temporalUi}`);
  say(`  Data and logs: ${dataDir}`);
  say(`CRMFlow is ready at ${process.env.PUBLIC_URL || local}`);
}

await run(async () => {
  const dataDir = dataDirOf();
  await install();
  await build();
  claim(dataDir);
  const parts = new Map();
  const stopping = new AbortController();
  const stop = async () => {
    for (const name of stopOrder) await parts.get(name)?.stop();
    removePid(dataDir, 'supervisor');
  };
  /** @type {Promise<void> | undefined} */
  let stopped;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      stopping.abort();
      stopped ??= (async () => {
        say('Stopping. Runs in flight stay in flight.');
        await stop();
        process.exit(0);
      })();
    });
  }
  try {
    await checkEnvironment(dataDir);
    await endOrphans(dataDir);
    const host = process.env.HOST || '127.0.0.1';
    const port = Number(process.env.PORT || 3001);
    if (!(await isFree(port, host))) {
      throw new BootError(`Port ${port} of ${host} is in use. End what listens there, or choose another by PORT.`);
    }
    await step('Starting', () => startAll(dataDir, parts, stopping.signal));
  } catch (error) {
    if (!stopping.signal.aborted) {
      await stop();
      throw error;
    }
  }
});
