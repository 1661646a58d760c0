import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { MigrationError } from './migration-error.js';

/** Starting up, shutting down, crashed just now, or too busy for one more connection. */
const passing = new Set(['57P01', '57P02', '57P03', '53300']);

const reasons: Record<string, string> = {
  '28P01': 'The user or password in DATABASE_URL is wrong',
  '28000': 'The database server rejected this user or address',
  '3D000': 'The database in DATABASE_URL does not exist; create it',
};

function refusal(error: unknown): string | undefined {
  const code = error instanceof pg.DatabaseError ? error.code : undefined;
  if (code === undefined || passing.has(code)) return undefined;
  return reasons[code] ?? `The database server refused the connection (${code})`;
}

/** What went wrong in words: of several addresses tried Node tells each in an error of its own. */
function wordsOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(wordsOf).join(', ');
  return error instanceof Error ? error.message : String(error);
}

/** A URL as messages may show it: without the password. */
function shown(url: string): string {
  const { hostname, port, pathname } = new URL(url);
  return `${hostname}:${port || '5432'}${pathname}`;
}

/**
 * A connection, as soon as the database accepts one.
 * @param timeoutMs for how long a database that does not answer is asked again
 * @throws MigrationError at once where the database refuses, or when the time is over
 */
export async function waitForDatabase(url: string, timeoutMs: number): Promise<pg.Client> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
    client.on('error', () => {});
    try {
      await client.connect();
      return client;
    } catch (error) {
      await client.end().catch(() => {});
      const why = refusal(error);
      if (why) throw new MigrationError(`${why}: ${wordsOf(error)} (${shown(url)})`);
      if (Date.now() >= deadline) {
        throw new MigrationError(
          `The database at ${shown(url)} did not accept a connection within ` +
            `${Math.round(timeoutMs / 1000)} s: ${wordsOf(error)}`,
        );
      }
      await sleep(100);
    }
  }
}
