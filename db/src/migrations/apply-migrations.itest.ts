import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPool } from '../create-pool.js';
import { emptyDatabase, type ScratchDatabase } from '../testing/scratch-database.js';
import { applyMigrations } from './apply-migrations.js';
import { MigrationError } from './migration-error.js';

let database: ScratchDatabase;
let pool: pg.Pool;
let folder: string;

beforeEach(async () => {
  database = await emptyDatabase();
  pool = createPool(database.url);
  folder = await mkdtemp(path.join(tmpdir(), 'migrations-'));
});
afterEach(async () => {
  await pool.end();
  await database.drop();
  await rm(folder, { recursive: true });
});

async function write(name: string, sql: string): Promise<void> {
  await mkdir(path.join(folder, name), { recursive: true });
  await writeFile(path.join(folder, name, 'migration.sql'), sql);
}

const migrate = () => applyMigrations(database.url, { folder });

const tables = async () => {
  const { rows } = await pool.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables
      WHERE table_schema = 'public' AND table_name NOT LIKE '\\_%' ORDER BY 1`,
  );
  return rows.map(({ name }) => name);
};

describe('applyMigrations', () => {
  it('applies what is new, in order, once', async () => {
    await write('1_first', 'CREATE TABLE a (id int); CREATE TABLE b (id int);');
    expect(await migrate()).toEqual(['1_first']);
    await write('2_second', 'ALTER TABLE b RENAME TO c;');
    expect(await migrate()).toEqual(['2_second']);
    expect(await migrate()).toEqual([]);
    expect(await tables()).toEqual(['a', 'c']);
  });

  it('applies each migration once when several processes start together', async () => {
    await write('1_first', 'CREATE TABLE a (id int);');
    const applied = await Promise.all(Array.from({ length: 4 }, migrate));
    expect(applied.flat()).toEqual(['1_first']);
  });

  it('leaves nothing of a migration that fails, and goes on once it is mended', async () => {
    await write('1_first', 'CREATE TABLE a (id int);');
    await write('2_second', 'CREATE TABLE b (id int); SELECT nonsense;');
    await expect(migrate()).rejects.toThrow(
      /^Migration 2_second failed and was rolled back: .*nonsense/,
    );
    expect(await tables()).toEqual(['a']);
    await write('2_second', 'CREATE TABLE b (id int);');
    expect(await migrate()).toEqual(['2_second']);
  });

  it('refuses a migration that was changed after it had been applied', async () => {
    await write('1_first', 'CREATE TABLE a (id int);');
    await migrate();
    await write('1_first', 'CREATE TABLE a (id text);');
    await expect(migrate()).rejects.toThrow(MigrationError);
  });

  it('says what is wrong with the address of the database', async () => {
    const url = new URL(database.url);
    url.pathname = '/no_such_database';
    await expect(applyMigrations(url.href, { folder })).rejects.toThrow(
      /The database in DATABASE_URL does not exist; create it/,
    );
  });

  it('gives up on a database that does not answer, without telling its password', async () => {
    const server = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    try {
      const error: unknown = await applyMigrations(`postgresql://me:secret@127.0.0.1:${port}/app`, {
        folder,
        timeoutMs: 300,
      }).catch((thrown: unknown) => thrown);
      expect(String(error)).toMatch(/at 127\.0\.0\.1:\d+\/app did not accept a connection/);
      expect(String(error)).not.toContain('secret');
    } finally {
      server.close();
    }
  });
});
