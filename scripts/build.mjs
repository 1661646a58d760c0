// npm run build: installs, generates and builds what changed.
import { build } from './boot/build.mjs';
import { install } from './boot/install.mjs';
import { run, log } from './boot/log.mjs';

await run(async () => {
  await install();
  await build();
  log('Built.');
});
