// npm run restore -- <backup>: makes a new installation from a backup, in an empty data folder.
import { realpathSync } from 'node:fs';
import { restore } from './boot/backup.mjs';
import { claimDataFolder, openDataFolder } from './boot/data-folder.mjs';
import { loadEnvFile } from './boot/environment.mjs';
import { BootError, log, run, step } from './boot/log.mjs';
import { dataDirOf, givenPath } from './boot/paths.mjs';
import { removePid } from './boot/pid-file.mjs';

await run(async () => {
  loadEnvFile();
  const backup = givenPath(process.argv[2]);
  if (!backup) throw new BootError('Name the backup: npm run restore -- <folder>');
  const given = dataDirOf();
  openDataFolder(given);
  const dataDir = realpathSync(given);
  claimDataFolder(dataDir);
  try {
    const { at } = await step('Restoring', async () => restore(backup, dataDir));
    log(`The backup of ${at} is in ${dataDir}. Start it with "npm start".`);
  } finally {
    removePid(dataDir, 'supervisor');
  }
});
