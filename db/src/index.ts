export * from './create-db.js';
export * from './create-pool.js';
export { Prisma } from './generated/client.js';
export type * from './generated/client.js';
export * from './migrations/apply-migrations.js';
export * from './migrations/migration-error.js';
