import { randomUUID } from 'node:crypto';
import { inject } from 'vitest';
import { createPool } from '../create-pool.js';
import { applyMigrations } from '../migrations/apply-migrations.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** A server on which tests make databases of their own. */
    databaseUrl: string;
  }
}

/** A database of a test's own. */
export type ScratchDatabase = { url: string; drop: () => Promise<void> };

async function administrate(statement: string): Promise<void> {
  const admin = createPool(inject('databaseUrl'), { max: 1 });
  try {
    await admin.query(statement);
  } finally {
    await admin.end();
  }
}

/** An empty database on the tests' server. */
export async function emptyDatabase(): Promise<ScratchDatabase> {
  const name = `scratch_${randomUUID().replaceAll('-', '')}`;
  await administrate(`CREATE DATABASE ${name}`);
  const url = new URL(inject('databaseUrl'));
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => administrate(`DROP DATABASE ${name} WITH (FORCE)`) };
}

/** A database with this program's schema. */
export async function migratedDatabase(): Promise<ScratchDatabase> {
  const database = await emptyDatabase();
  await applyMigrations(database.url);
  return database;
}
