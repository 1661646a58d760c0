import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execute } from './command.mjs';
import { environmentFor } from './environment.mjs';
import { root } from './paths.mjs';
import { writeEndpoints } from './endpoints.mjs';
import { markOf } from './orphans.mjs';
import { choosePorts, freePort } from './ports.mjs';
import { getJson, isApiResponding, isWorkerResponding } from './responding.mjs';
import { BootError, log } from './log.mjs';
import { supervise } from './supervise.mjs';
import { hiddenPlace, serveTemporalUi } from './temporal-ui.mjs';

const upLimitMs = 120_000;

/** @typedef {import('./supervise.mjs').Part} Part */
/** @typedef {{ dataDir: string, environment: import('../../contracts/src/env.js').Environment, secrets: ReturnType<typeof import('./secrets.mjs').secretsOf> }} Installation */

/** How a host is written in a URL that leads to it from this machine. */
function urlHost(/** @type {string} */ host) {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}

/** The checks that do not pass yet, as text; undefined if all pass. */
async function unhealthyChecks(/** @type {string} */ url) {
  try {
    const { ok, body } = await getJson(`${url}/ready`);
    if (ok) return undefined;
    const failing = Object.entries(body.checks ?? {}).filter(([, check]) => !check.ok);
    return failing.map(([name, { detail }]) => `${name}: ${detail}`).join('; ');
  } catch (error) {
    return `api: ${error.message}`;
  }
}

async function untilReady(/** @type {string} */ url, /** @type {AbortSignal} */ stopping) {
  for (const limit = Date.now() + upLimitMs; !stopping.aborted; await sleep(50)) {
    const unhealthy = await unhealthyChecks(url);
    if (!unhealthy) return;
    if (Date.now() > limit) {
      throw new BootError(`CRMFlow is not ready after ${upLimitMs / 1000} s. ${unhealthy}`);
    }
  }
}

/** @returns {Part} */
const nodePart = (
  /** @type {string} */ name,
  /** @type {string} */ dataDir,
  /** @type {NodeJS.ProcessEnv} */ env,
  /** @type {Pick<Part, 'isUp' | 'isResponding'>} */ checks,
) => ({
  name,
  command: process.execPath,
  args: ['--enable-source-maps', join(root, name, 'dist/main.js'), markOf(name, dataDir)],
  options: { cwd: root, env },
  ...checks,
  stopSignal: 'SIGTERM',
});

async function migrate(/** @type {string} */ DATABASE_URL) {
  const output = await execute(process.execPath, [join(root, 'db/dist/migrate.js')], {
    what: 'Migrating the database',
    env: { ...process.env, DATABASE_URL },
  });
  for (const line of output.split('\n')) if (line.startsWith('Applying')) log(`  ${line}`);
}

/** Starts the embedded database, or returns the external one. */
async function startDatabase(
  /** @type {Installation} */ { dataDir, environment },
  /** @type {number} */ port,
  /** @type {(part: Part) => Promise<void>} */ start,
) {
  const given = environment.DATABASE_URL;
  if (given) return { url: given, endpoint: `${new URL(given).host} (external)` };
  const { embeddedPostgres } = await import('./postgres.mjs');
  const { url, part } = await embeddedPostgres(dataDir, port);
  await start(part);
  return { url, endpoint: `127.0.0.1:${port}` };
}

/** Starts the embedded Temporal server, or returns the external one. */
async function startTemporal(
  /** @type {Installation} */ { dataDir, environment },
  /** @type {{ temporal: number, temporalUi: number }} */ ports,
  /** @type {(part: Part) => Promise<void>} */ start,
) {
  const given = environment.TEMPORAL_ADDRESS;
  if (given) return { address: given, endpoint: `${given} (external)` };
  const { embeddedTemporal } = await import('./temporal.mjs');
  const place = await hiddenPlace();
  const { address, part } = await embeddedTemporal(dataDir, ports.temporal, place);
  await start(part);
  const ui = place && (await serveTemporalUi(ports.temporalUi, place));
  return { address, endpoint: address, uiLink: ui?.link ?? 'not available on this system' };
}

/**
 * Starts all parts of an installation and waits until it is ready.
 * @param {Installation} installation
 * @param {Map<string, ReturnType<typeof supervise>>} parts gets each part as soon as it is
 *   started, so that it can be stopped
 * @param {AbortSignal} stopping
 * @returns {Promise<string>} its URL
 */
export async function startInstallation(installation, parts, stopping) {
  const { dataDir, environment, secrets } = installation;
  const start = async (/** @type {Part} */ part) => {
    if (stopping.aborted) return;
    const supervised = supervise(dataDir, part);
    parts.set(part.name, supervised);
    await supervised.up(upLimitMs);
  };
  const ports = await choosePorts(join(dataDir, 'ports.json'), [
    'postgres',
    'temporal',
    'temporalUi',
  ]);
  const { postgres = 0, temporal = 0, temporalUi = 0 } = ports;
  const [database, engine] = await Promise.all([
    startDatabase(installation, postgres, start).then(async (found) => {
      if (!stopping.aborted) await migrate(found.url);
      return found;
    }),
    startTemporal(installation, { temporal, temporalUi }, start),
  ]);
  const port = environment.PORT || (await freePort());
  const url = `http://${urlHost(environment.HOST)}:${port}`;
  const env = environmentFor(secrets, {
    DATABASE_URL: database.url,
    TEMPORAL_ADDRESS: engine.address,
    PORT: String(port),
  });
  await Promise.all([
    start(
      nodePart('worker', dataDir, env, {
        isUp: async () => (await getJson(`${url}/ready`)).body.checks.worker.ok,
        isResponding: () => isWorkerResponding(url),
      }),
    ),
    start(
      nodePart('api', dataDir, env, {
        isUp: () => isApiResponding(url),
        isResponding: () => isApiResponding(url),
      }),
    ),
  ]);
  await untilReady(url, stopping);
  const { uiLink } = engine;
  writeEndpoints(dataDir, {
    ...{ api: url, postgres: database.endpoint, temporal: engine.endpoint },
    ...(uiLink && { temporalUi: uiLink }),
  });
  if (uiLink && !stopping.aborted) log(`  Temporal UI: ${uiLink}`);
  if (environment.PUBLIC_URL) log(`  Public address: ${environment.PUBLIC_URL}`);
  return url;
}
