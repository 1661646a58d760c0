import { endOrphans } from './boot/orphans.mjs';
import { dataDirOf } from './boot/paths.mjs';
import { end, removePid, runningPart } from './boot/process.mjs';
import { run, say } from './boot/say.mjs';

await run(async () => {
  const dataDir = dataDirOf();
  const supervisor = runningPart(dataDir, 'supervisor');
  // Four parts, each of which may need its patience.
  if (supervisor) await end(supervisor, 'SIGTERM', 60_000);
  await endOrphans(dataDir);
  removePid(dataDir, 'supervisor');
  say(supervisor ? 'CRMFlow has stopped.' : 'CRMFlow does not run.');
});
