import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { afterAll, beforeAll, inject } from 'vitest';
import { createPool } from '../create-pool.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** A server on which tests make databases of their own. */
    databaseUrl: string;
    /** The name of a database there with this program's schema, to copy. */
    migratedDatabase: string;
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

async function createDatabase(template: string): Promise<ScratchDatabase> {
  const name = `scratch_${randomUUID().replaceAll('-', '')}`;
  await administrate(`CREATE DATABASE ${name} TEMPLATE ${template}`);
  const url = new URL(inject('databaseUrl'));
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => administrate(`DROP DATABASE ${name} WITH (FORCE)`) };
}

/** An empty database on the tests' server. */
export const emptyDatabase = (): Promise<ScratchDatabase> => createDatabase('template0');

/** A database with this program's schema. */
export const migratedDatabase = (): Promise<ScratchDatabase> =>
  createDatabase(inject('migratedDatabase'));

/** A database with this program's schema and a pool on it, for all tests of a file. */
export function useDatabase(): { readonly url: string; readonly pool: pg.Pool } {
  let database: ScratchDatabase;
  let pool: pg.Pool;
  beforeAll(async () => {
    database = await migratedDatabase();
    pool = createPool(database.url);
  });
  afterAll(async () => {
    await pool?.end();
    await database?.drop();
  });
  return {
    get url() {
      return database.url;
    },
    get pool() {
      return pool;
    },
  };
}
