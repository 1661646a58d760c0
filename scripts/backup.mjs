// npm run backup -- <new folder>: copies all data of the installation, while it runs or not.
import { realpathSync } from 'node:fs';
import { backUp } from './boot/backup.mjs';
import { claimDataFolder, openDataFolder } from './boot/data-folder.mjs';
import { loadEnvFile } from './boot/environment.mjs';
import { BootError, log, run } from './boot/log.mjs';
import { dataDirOf, givenPath } from './boot/paths.mjs';
import { removePid, runningPart } from './boot/pid-file.mjs';

await run(async () => {
  loadEnvFile();
  const target = givenPath(process.argv[2]);
  if (!target) throw new BootError('Name a new folder: npm run backup -- <folder>');
  const given = dataDirOf();
  openDataFolder(given);
  const dataDir = realpathSync(given);
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => process.exit(1));
  const isRunning = runningPart(dataDir, 'supervisor') !== null;
  // Nobody may start it meanwhile.
  if (!isRunning) claimDataFolder(dataDir);
  try {
    if (!isRunning && runningPart(dataDir, 'postgres')) {
      throw new BootError(
        'A killed supervisor has left parts of CRMFlow running. Run "npm start" or "npm run stop" first.',
      );
    }
    await backUp(dataDir, target, { isRunning });
  } finally {
    if (!isRunning) removePid(dataDir, 'supervisor');
  }
  log(`The backup is in ${target}. It holds the keys of the installation: keep it secret.`);
  if (process.env.ENCRYPTION_KEY) log('Keep a copy of ENCRYPTION_KEY too: it is not part of it.');
});
