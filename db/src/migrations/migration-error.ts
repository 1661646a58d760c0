/** The database cannot be brought to this program's schema; the message says why and what to do. */
export class MigrationError extends Error {
  override name = 'MigrationError';
}
