// npm run soak: the longer forms of the journeys (tests/**/*.soak.ts).
import { build } from './boot/build.mjs';
import { install } from './boot/install.mjs';
import { runTests } from './boot/run-tests.mjs';
import { run } from './boot/say.mjs';

await run(async () => {
  await install();
  await build();
  await runTests(['soak'], process.argv.slice(2));
});
