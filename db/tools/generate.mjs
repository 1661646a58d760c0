// Generates the Prisma client into src/generated where the schema or Prisma changed since.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const db = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const schema = path.join(db, 'prisma', 'schema.prisma');
const generated = path.join(db, 'src', 'generated');
const stamp = path.join(generated, '.made-from');

const { version } = require('prisma/package.json');
const wanted = createHash('sha256').update(version).update(readFileSync(schema)).digest('hex');

if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
  rmSync(generated, { recursive: true, force: true });
  const cli = path.join(path.dirname(require.resolve('prisma/package.json')), 'build', 'index.js');
  const { status, error, stderr } = spawnSync(
    process.execPath,
    [cli, 'generate', '--schema', schema],
    {
      cwd: db,
      stdio: ['ignore', 'ignore', 'pipe'],
      encoding: 'utf8',
      env: {
        ...process.env,
        // Prisma downloads its schema engine at each first use unless a program is named here;
        // generating never runs it.
        PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
        PRISMA_HIDE_UPDATE_MESSAGE: '1',
        CHECKPOINT_DISABLE: '1',
      },
    },
  );
  if (error) throw error;
  if (status !== 0) {
    process.stderr.write(`prisma generate failed (exit ${status}):\n${stderr}\n`);
    process.exit(1);
  }
  writeFileSync(stamp, wanted);
}
