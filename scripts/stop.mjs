// npm run stop: stops the installation, and parts that a killed supervisor left running.
import { loadEnvFile } from './boot/environment.mjs';
import { stopOrphans } from './boot/orphans.mjs';
import { dataDirOf } from './boot/paths.mjs';
import { removePid, runningPart } from './boot/pid-file.mjs';
import { terminate } from './boot/process.mjs';
import { run, log } from './boot/log.mjs';

/** Enough for four parts to stop one after the other. */
const patienceMs = 75_000;

await run(async () => {
  loadEnvFile();
  const dataDir = dataDirOf();
  const supervisor = runningPart(dataDir, 'supervisor');
  if (supervisor) await terminate(supervisor, 'SIGTERM', patienceMs);
  const orphans = await stopOrphans(dataDir);
  removePid(dataDir, 'supervisor');
  log(supervisor || orphans > 0 ? 'CRMFlow has stopped.' : 'CRMFlow is not running.');
});
