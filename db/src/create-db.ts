import { PrismaPg } from '@prisma/adapter-pg';
import { createPool, type PoolOptions } from './create-pool.js';
import { PrismaClient } from './generated/client.js';

/** The Prisma client of this database: accounts, flows, versions, lists. */
export type Db = PrismaClient;

/**
 * A Prisma client over a pool of its own. `$disconnect()` ends the pool too.
 * @param url `postgresql://user:password@host:port/database`
 */
export function createDb(url: string, options: PoolOptions = {}): Db {
  const adapter = new PrismaPg(createPool(url, options), { disposeExternalPool: true });
  return new PrismaClient({ adapter });
}
