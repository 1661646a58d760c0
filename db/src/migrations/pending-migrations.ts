import { MigrationError } from './migration-error.js';
import type { Migration } from './read-migrations.js';

/** A row of `_prisma_migrations` that was not rolled back. */
export type AppliedMigration = { name: string; checksum: string; finished: boolean };

/**
 * The migrations that the database still lacks.
 * @throws MigrationError where database and program disagree on what was applied
 */
export function pendingMigrations(
  known: readonly Migration[],
  applied: readonly AppliedMigration[],
): Migration[] {
  const byName = new Map(known.map((migration) => [migration.name, migration]));
  for (const row of applied) {
    const migration = byName.get(row.name);
    if (!row.finished) {
      throw new MigrationError(
        `Migration ${row.name} was started by another tool and did not finish. ` +
          `Repair the database, then mark the migration with "prisma migrate resolve".`,
      );
    }
    if (!migration) {
      throw new MigrationError(
        `The database has the migration ${row.name}, which this version of CRMFlow does not know: ` +
          `a newer version has used it. Start that version, or restore an earlier backup.`,
      );
    }
    if (migration.checksum !== row.checksum) {
      throw new MigrationError(
        `Migration ${row.name} was changed after it was applied: its checksum is ` +
          `${migration.checksum}, the database has ${row.checksum}. ` +
          `Restore the file, and put the change into a new migration.`,
      );
    }
  }
  const done = new Set(applied.map((row) => row.name));
  return known.filter((migration) => !done.has(migration.name));
}
