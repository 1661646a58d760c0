import { applyMigrations } from './migrations/apply-migrations.js';
import { MigrationError } from './migrations/migration-error.js';

const url = process.env.DATABASE_DIRECT_URL || process.env.DATABASE_URL;
if (!url) {
  process.stderr.write('DATABASE_URL is not set: postgresql://user:password@host:port/database\n');
  process.exit(1);
}
try {
  const applied = await applyMigrations(url, {
    onApply: (name) => process.stdout.write(`Applying migration ${name}\n`),
  });
  process.stdout.write(
    applied.length ? 'The database is up to date now\n' : 'The database is up to date\n',
  );
} catch (error) {
  process.stderr.write(
    `${error instanceof MigrationError ? error.message : (error as Error).stack}\n`,
  );
  process.exit(1);
}
