// npm start: makes the checkout ready, starts all parts and keeps them alive until it is stopped.
import { build } from './boot/build.mjs';
import { endCommands } from './boot/command.mjs';
import { claimDataFolder, openDataFolder } from './boot/data-folder.mjs';
import { checkEnvironment, loadEnvFile } from './boot/environment.mjs';
import { install } from './boot/install.mjs';
import { endOrphans, stopOrder } from './boot/orphans.mjs';
import { dataDirOf } from './boot/paths.mjs';
import { removePid } from './boot/pid-file.mjs';
import { obstacleTo } from './boot/ports.mjs';
import { BootError, run, say, warn } from './boot/say.mjs';
import { secretsOf } from './boot/secrets.mjs';

/** @param {number} port @param {string} host */
async function checkPort(port, host) {
  const obstacle = port === 0 ? undefined : await obstacleTo(port, host);
  if (!obstacle) return;
  throw new BootError(
    obstacle.code === 'EADDRINUSE'
      ? `Port ${port} of ${host} is in use. End what listens there, or choose another by PORT.`
      : `Port ${port} of ${host} cannot be listened on (${obstacle.code}). Choose others by PORT and HOST.`,
  );
}

/** @type {Map<string, ReturnType<typeof import('./boot/supervise.mjs').supervise>>} */
const parts = new Map();
const stopping = new AbortController();
/** @type {Promise<void> | undefined} */
let stopped;

/** Once, however often it is asked for: a signal to the whole group comes from npm again. */
function stop(/** @type {string} */ dataDir) {
  stopping.abort();
  stopped ??= (async () => {
    await endCommands();
    for (const name of stopOrder) await parts.get(name)?.stop();
    removePid(dataDir, 'supervisor');
  })();
  return stopped;
}

async function start(/** @type {string} */ dataDir) {
  await install();
  await build();
  const secrets = secretsOf(dataDir);
  const environment = await checkEnvironment(secrets);
  await endOrphans(dataDir);
  await checkPort(environment.PORT, environment.HOST);
  say('… Starting');
  const { startInstallation } = await import('./boot/installation.mjs');
  const url = await startInstallation({ dataDir, environment, secrets }, parts, stopping.signal);
  if (stopping.signal.aborted) return;
  say(`  Data and logs: ${dataDir}`);
  say(`CRMFlow is ready at ${url}`);
}

await run(async () => {
  loadEnvFile();
  const dataDir = dataDirOf();
  openDataFolder(dataDir);
  claimDataFolder(dataDir);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      if (!stopped) say('Stopping. Runs in flight stay in flight.');
      void stop(dataDir).then(() => process.exit(0));
    });
  }
  process.on('uncaughtException', (error) => {
    warn(error.stack ?? error.message);
    void stop(dataDir).then(() => process.exit(1));
  });
  try {
    await start(dataDir);
  } catch (error) {
    // What fails because we are being stopped is no failure.
    if (stopping.signal.aborted) return;
    await stop(dataDir);
    throw error;
  }
});
