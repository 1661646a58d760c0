// npm run build: installs, generates and builds what changed.
import { setUp } from './setup/setup.mjs';
import { runMain } from './system/failure.mjs';
import { say } from './system/progress.mjs';

await runMain(async () => {
  await setUp();
  say('Built');
});
