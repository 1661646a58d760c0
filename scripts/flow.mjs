// npm run flow -- test|explore|lint <file.json>: tests, explores or checks flows kept in files, without
// a server. See docs/guides/testing.md.
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from './boot/build.mjs';
import { install } from './boot/install.mjs';
import { log, run } from './boot/log.mjs';
import { root } from './boot/paths.mjs';

await run(async () => {
  // In CI it may be all that runs: what is there already is not made again.
  if (!existsSync(join(root, 'proof/dist/index.js'))) {
    await install();
    await build();
  }
  const { flowCommand } = await import('@crmflow/proof');
  process.exitCode = await flowCommand(process.argv.slice(2), {
    read: (path) => readFile(path, 'utf8'),
    write: (path, text) => writeFile(path, text),
    log,
  });
});
