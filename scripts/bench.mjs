// npm run bench: measures hot paths against baselines (benchmarks/src/main.ts).
import { join } from 'node:path';
import { build } from './boot/build.mjs';
import { install } from './boot/install.mjs';
import { root } from './boot/paths.mjs';
import { run } from './boot/log.mjs';

await run(async () => {
  await install();
  await build();
  const { runnerImport } = await import('vite');
  const { module } = await runnerImport(join(root, 'benchmarks/src/main.ts'));
  await module.main(process.argv.slice(2));
});
