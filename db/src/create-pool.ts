import pg from 'pg';
import type { ServerWatch } from './watch-server.js';

/** What a pool may be told; times in milliseconds. */
export type PoolOptions = {
  /** Most connections at once. */
  max?: number;
  /** How long to wait for a connection, busy or unreachable, before the query fails. */
  connectionTimeoutMillis?: number;
  /**
   * How long a statement may take. The server ends it then, one that waits for a lock earlier, and
   * a transaction that does nothing meanwhile; without it nothing is ended, as for maintenance.
   */
  longestStatementMillis?: number;
  /**
   * Whether a pooler in transaction mode is in between, which gives each transaction another session:
   * no statement keeps its name, and the time that one may take is for the pooler to bound.
   */
  isPooled?: boolean;
  /** Breaks connections earlier than that where the server answers nobody. */
  watch?: ServerWatch;
  /** Told of connections that broke while nobody used them. The pool replaces them by itself. */
  onError?: (error: Error) => void;
};

function reportOnStderr(error: Error): void {
  process.stderr.write(`A database connection failed and is replaced: ${error.message}\n`);
}

const longestLockMs = 5_000;
/** For a server that does not answer: it is given the time to end the statement itself. */
const answerMs = 1_000;

const timeouts = (statementMs: number): pg.ClientConfig => ({
  statement_timeout: statementMs,
  lock_timeout: Math.min(statementMs, longestLockMs),
  idle_in_transaction_session_timeout: statementMs,
  query_timeout: statementMs + answerMs,
});

/** Sends statements without their names: a session that has one prepared may be another's next. */
class NamelessClient extends pg.Client {
  override query(...args: unknown[]): never {
    const [first, ...others] = args;
    const isNamed = typeof first === 'object' && first !== null && 'name' in first;
    const given = isNamed ? { ...first, name: undefined } : first;
    return (super.query as (...all: unknown[]) => never).call(this, given, ...others);
  }
}

/**
 * A pool of plain connections, for the hot paths and for statements that Prisma cannot say.
 * @param url `postgresql://user:password@host:port/database`
 */
export function createPool(url: string, options: PoolOptions = {}): pg.Pool {
  const { onError = reportOnStderr, longestStatementMillis, isPooled = false } = options;
  const bounds = longestStatementMillis === undefined ? {} : timeouts(longestStatementMillis);
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max ?? 10,
    connectionTimeoutMillis: options.connectionTimeoutMillis ?? 5_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    ...(isPooled ? { query_timeout: bounds.query_timeout, Client: NamelessClient } : bounds),
  });
  // Without a listener of its own a connection that breaks takes the whole process with it:
  // the pool listens to its idle connections only.
  pool.on('error', onError);
  pool.on('connect', (client) => client.on('error', () => {}));
  options.watch?.cover(pool);
  return pool;
}
