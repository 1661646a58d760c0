// Writes the migration from the newest one in the repository to schema.prisma.
// DATABASE_URL names any database of a server on which a scratch database may be made.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { applyMigrations } from '../dist/migrations/apply-migrations.js';
import { migrationsFolder } from '../dist/migrations/read-migrations.js';
import { schemaDiff } from './schema-diff.mjs';

const [name] = process.argv.slice(2);
const url = process.env.DATABASE_URL;
if (!url || !/^[a-z0-9_]+$/.test(name ?? '')) {
  process.stderr.write(
    'DATABASE_URL=postgresql://… npm run migration -w @crmflow/db <snake_case_name>\n',
  );
  process.exit(1);
}

const scratch = `crmflow_scratch_${process.pid}`;
const scratchUrl = new URL(url);
scratchUrl.pathname = `/${scratch}`;
const admin = new pg.Client({ connectionString: url });
await admin.connect();
await admin.query(`CREATE DATABASE "${scratch}"`);
try {
  await applyMigrations(scratchUrl.href);
  const sql = await schemaDiff(scratchUrl.href);
  if (sql) {
    const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
    const folder = path.join(migrationsFolder, `${stamp}_${name}`);
    mkdirSync(folder);
    writeFileSync(path.join(folder, 'migration.sql'), sql);
    process.stdout.write(`Wrote ${folder}/migration.sql. Review it before you commit it.\n`);
  } else {
    process.stdout.write('The migrations already match schema.prisma\n');
  }
} finally {
  await admin.query(`DROP DATABASE "${scratch}" WITH (FORCE)`);
  await admin.end();
}
