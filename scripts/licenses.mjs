// npm run licenses: lists the licenses of all that is shipped in docs/licences.md.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './boot/log.mjs';
import { root } from './boot/paths.mjs';
import { licensesPage, shippedPackages } from './supply/licenses.mjs';

await run(async () => {
  writeFileSync(join(root, 'docs/licences.md'), licensesPage(shippedPackages(root)));
});
