import { randomBytes } from 'node:crypto';
import {
  copyFileSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { applyMigrations, createPool } from '@crmflow/db';
import type pg from 'pg';
import { openDataFolder } from '../../scripts/boot/data-folder.mjs';
import { freePort } from '../../scripts/boot/ports.mjs';
import { embeddedPostgres } from '../../scripts/boot/postgres.mjs';
import { supervise } from '../../scripts/boot/supervise.mjs';

const migrations = new URL('../../db/prisma/migrations/', import.meta.url).pathname;

/** What record.mjs keeps of the database of an earlier version. */
type Stored = {
  account: { email: string; password: string };
  /** By the name of their flow, the runs that waited. */
  runs: Record<string, string>;
  migrations: string[];
  /** Rows as JSON, by table. */
  rows: Record<string, string[]>;
  sequences: { name: string; value: string }[];
};

/** A data folder as an earlier version left it, and what is in it. */
export type Recorded = Pick<Stored, 'account' | 'runs'> & { dataDir: string };

/** The schema as it was: the newest one is for the product to make. */
async function migrateTo(url: string, names: readonly string[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'crmflow-migrations-'));
  for (const name of names) cpSync(join(migrations, name), join(folder, name), { recursive: true });
  await applyMigrations(url, { folder });
}

async function insert(client: pg.PoolClient, table: string, rows: readonly string[]) {
  const { rows: columns } = await client.query<{ name: string }>(
    `SELECT quote_ident(column_name) AS name FROM information_schema.columns
      WHERE table_schema = 'public' AND table_name = $1 AND is_generated = 'NEVER'`,
    [table],
  );
  const names = columns.map(({ name }) => name).join();
  await client.query(
    `INSERT INTO "${table}" (${names}) OVERRIDING SYSTEM VALUE
     SELECT ${names} FROM json_populate_recordset(NULL::"${table}", $1::json)`,
    [`[${rows.join()}]`],
  );
}

async function fill(url: string, { rows, sequences }: Stored): Promise<void> {
  const pool = createPool(url, { max: 1 });
  const client = await pool.connect();
  // Rows come in the order of their tables' names, without triggers and foreign keys.
  await client.query('SET session_replication_role = replica');
  for (const [table, ofTable] of Object.entries(rows)) await insert(client, table, ofTable);
  for (const { name, value } of sequences) {
    await client.query('SELECT setval($1::regclass, $2)', [`"${name}"`, value]);
  }
  client.release();
  await pool.end();
}

/** Makes the data folder of a recording. @param folder in `recorded/` */
export async function restore(folder: string): Promise<Recorded> {
  const from = new URL(`recorded/${folder}/`, import.meta.url).pathname;
  const read = (name: string) => gunzipSync(readFileSync(join(from, name)));
  const stored = JSON.parse(read('database.json.gz').toString()) as Stored;
  const dataDir = mkdtempSync(join(tmpdir(), 'crmflow-upgrade-'));
  openDataFolder(dataDir);
  for (const name of ['encryption.key', 'installation.id']) {
    copyFileSync(join(from, name), join(dataDir, name));
  }
  writeFileSync(join(dataDir, 'postgres.password'), randomBytes(24).toString('hex'));
  const { url, part } = await embeddedPostgres(dataDir, await freePort());
  const server = supervise(dataDir, part);
  try {
    await server.up(60_000);
    await migrateTo(url, stored.migrations);
    await fill(url, stored);
  } finally {
    await server.stop();
  }
  for (const name of readdirSync(from).filter((file) => file.startsWith('temporal.db'))) {
    writeFileSync(join(dataDir, name.replace(/\.gz$/, '')), read(name));
  }
  return { account: stored.account, runs: stored.runs, dataDir };
}
