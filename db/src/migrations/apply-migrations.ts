import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { MigrationError } from './migration-error.js';
import { type AppliedMigration, pendingMigrations } from './pending-migrations.js';
import { type Migration, migrationsFolder, readMigrations } from './read-migrations.js';
import { waitForDatabase } from './wait-for-database.js';

/** Prisma's own lock, so that its tools and this runner keep out of each other's way too. */
const prismaMigrateLock = 72707369;

const createTable = `
  CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
    "id" VARCHAR(36) PRIMARY KEY NOT NULL,
    "checksum" VARCHAR(64) NOT NULL,
    "finished_at" TIMESTAMPTZ,
    "migration_name" VARCHAR(255) NOT NULL,
    "logs" TEXT,
    "rolled_back_at" TIMESTAMPTZ,
    "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(),
    "applied_steps_count" INTEGER NOT NULL DEFAULT 0
  )`;

async function readApplied(client: pg.Client): Promise<AppliedMigration[]> {
  const { rows } = await client.query<AppliedMigration>(
    `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished
       FROM "_prisma_migrations" WHERE rolled_back_at IS NULL ORDER BY started_at`,
  );
  return rows;
}

async function applyOne(client: pg.Client, { name, sql, checksum }: Migration): Promise<void> {
  await client.query('BEGIN');
  try {
    await client.query(sql);
    await client.query(
      `INSERT INTO "_prisma_migrations"
         (id, checksum, migration_name, finished_at, started_at, applied_steps_count)
       VALUES ($1, $2, $3, clock_timestamp(), now(), 1)`,
      [randomUUID(), checksum, name],
    );
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {});
    throw new MigrationError(
      `Migration ${name} failed and was rolled back: ${(error as Error).message}`,
      { cause: error },
    );
  }
}

/** What `applyMigrations` may be told. */
export type MigrateOptions = {
  /** Where the migrations are; this package's own unless told otherwise. */
  folder?: string;
  /** For how long a database that does not answer is asked again, in milliseconds. */
  timeoutMs?: number;
  /** Told the name of each migration before it is applied. */
  onApply?: (name: string) => void;
};

/**
 * Brings a database to this program's schema. Several processes may do so at once: one applies,
 * the others wait for it.
 * @returns the names of the migrations that were applied
 * @throws MigrationError where the database does not answer, refuses, disagrees with the
 *   repository, or a migration fails (which leaves it as it was before that one)
 */
export async function applyMigrations(
  url: string,
  { folder = migrationsFolder, timeoutMs = 30_000, onApply = () => {} }: MigrateOptions = {},
): Promise<string[]> {
  const known = await readMigrations(folder);
  const client = await waitForDatabase(url, timeoutMs);
  try {
    // The lock is the session's: it goes with the connection, however that ends.
    await client.query('SELECT pg_advisory_lock($1)', [prismaMigrateLock]);
    await client.query(createTable);
    const pending = pendingMigrations(known, await readApplied(client));
    for (const migration of pending) {
      onApply(migration.name);
      await applyOne(client, migration);
    }
    return pending.map((migration) => migration.name);
  } finally {
    await client.end();
  }
}
