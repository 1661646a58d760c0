// npm start: installs, builds, starts all parts, and restarts them until it is stopped.
import { realpathSync } from 'node:fs';
import { build } from './boot/build.mjs';
import { endCommands } from './boot/command.mjs';
import { claimDataFolder, openDataFolder } from './boot/data-folder.mjs';
import { checkEnvironment, loadEnvFile } from './boot/environment.mjs';
import { install } from './boot/install.mjs';
import { stopOrphans, stopOrder } from './boot/orphans.mjs';
import { dataDirOf } from './boot/paths.mjs';
import { removePid } from './boot/pid-file.mjs';
import { probePort } from './boot/ports.mjs';
import { BootError, run, log, warn } from './boot/log.mjs';
import { secretsOf } from './boot/secrets.mjs';

/** @param {number} port @param {string} host */
async function checkPort(port, host) {
  const error = port === 0 ? undefined : await probePort(port, host);
  if (!error) return;
  throw new BootError(
    error.code === 'EADDRINUSE'
      ? `Port ${port} on ${host} is in use by another program. Stop that program, or set PORT to a free port.`
      : `CRMFlow cannot listen on port ${port} of ${host} (${error.code}). Set PORT and HOST to other values.`,
  );
}

/** @type {Map<string, ReturnType<typeof import('./boot/supervise.mjs').supervise>>} */
const parts = new Map();
const stopping = new AbortController();
/** @type {Promise<void> | undefined} */
let stopped;

/** Stops all parts, once: npm forwards a signal that the whole group has already received. */
function stop(/** @type {string} */ dataDir) {
  stopping.abort();
  stopped ??= (async () => {
    await endCommands();
    for (const name of stopOrder) {
      await parts
        .get(name)
        ?.stop()
        .catch((error) => warn(`${name} could not be stopped: ${error.stack}`));
    }
    removePid(dataDir, 'supervisor');
  })();
  return stopped;
}

async function start(/** @type {string} */ dataDir) {
  await install();
  await build();
  // Only from here on: other users may run what was installed and built.
  process.umask(0o077);
  const secrets = secretsOf(dataDir);
  const environment = await checkEnvironment(secrets);
  await stopOrphans(dataDir);
  await checkPort(environment.PORT, environment.HOST);
  log('… Starting');
  const { startInstallation } = await import('./boot/installation.mjs');
  const url = await startInstallation({ dataDir, environment, secrets }, parts, stopping.signal);
  if (stopping.signal.aborted) return;
  log(`  Data and logs: ${dataDir}`);
  log(`CRMFlow is ready at ${url}`);
}

await run(async () => {
  loadEnvFile();
  const given = dataDirOf();
  openDataFolder(given);
  // One name, however we were told: it tells our processes from those of other installations.
  const dataDir = realpathSync(given);
  claimDataFolder(dataDir);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      if (!stopped) log('Stopping. Active runs continue at the next start.');
      void stop(dataDir).then(
        () => process.exit(0),
        () => process.exit(1),
      );
    });
  }
  process.on('uncaughtException', (error) => {
    warn(error.stack ?? error.message);
    // What fails while we stop must not start it again.
    if (!stopped) void stop(dataDir).finally(() => process.exit(1));
  });
  try {
    await start(dataDir);
  } catch (error) {
    // Errors caused by stopping are expected.
    if (stopping.signal.aborted) return;
    await stop(dataDir);
    throw error;
  }
});
