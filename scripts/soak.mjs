// npm run soak: the long forms of tests (the project `soak` of vitest.config.ts).
import { build } from './boot/build.mjs';
import { install } from './boot/install.mjs';
import { runTests } from './boot/run-tests.mjs';
import { run } from './boot/log.mjs';

await run(async () => {
  await install();
  await build();
  process.env.CRMFLOW_PROPERTY_MS ??= '60000';
  await runTests(['soak'], process.argv.slice(2));
});
