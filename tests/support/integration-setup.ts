import { createPool, applyMigrations } from '@crmflow/db';
import type { TestProject } from 'vitest/node';
import { startServices } from './services.js';

/** What `CREATE DATABASE … TEMPLATE` copies. */
const migrated = 'migrated';

/** A database server with a migrated database to copy, and a Temporal server. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const services = await startServices();
  const end = async () => {
    await services.stop();
    services.remove();
  };
  try {
    const admin = createPool(services.databaseUrl, { max: 1 });
    await admin.query(`CREATE DATABASE ${migrated}`);
    const url = new URL(services.databaseUrl);
    url.pathname = `/${migrated}`;
    await applyMigrations(url.href);
    // A database that somebody is connected to cannot be copied.
    await admin.query(`ALTER DATABASE ${migrated} ALLOW_CONNECTIONS false`);
    await admin.end();
  } catch (error) {
    await end();
    throw error;
  }
  project.provide('databaseUrl', services.databaseUrl);
  project.provide('migratedDatabase', migrated);
  project.provide('temporalAddress', services.temporalAddress);
  return end;
}

declare module 'vitest' {
  interface ProvidedContext {
    databaseUrl: string;
    /** The name of a database on that server with this program's schema, to copy. */
    migratedDatabase: string;
    temporalAddress: string;
  }
}
