// npm run stop: ends the installation, also what a killed supervisor has left behind.
import { loadEnvFile } from './boot/environment.mjs';
import { endOrphans } from './boot/orphans.mjs';
import { dataDirOf } from './boot/paths.mjs';
import { removePid, runningPart } from './boot/pid-file.mjs';
import { end } from './boot/process.mjs';
import { run, say } from './boot/say.mjs';

/** Four parts, each of which may need its patience. */
const patienceMs = 75_000;

await run(async () => {
  loadEnvFile();
  const dataDir = dataDirOf();
  const supervisor = runningPart(dataDir, 'supervisor');
  if (supervisor) await end(supervisor, 'SIGTERM', patienceMs);
  const orphans = await endOrphans(dataDir);
  removePid(dataDir, 'supervisor');
  say(supervisor || orphans > 0 ? 'CRMFlow has stopped.' : 'CRMFlow does not run.');
});
