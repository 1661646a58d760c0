import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

/** Looks whether a database server answers, on behalf of pools. */
export type ServerWatch = {
  /** Breaks the connections of this pool too where the server answers nobody. */
  cover: (pool: pg.Pool) => void;
  close: () => Promise<void>;
};

/**
 * How often a server is looked at, how long it may take, and how many looks in a row may fail. More
 * than one: a process that itself stood still finds the time of its first look over.
 */
const usualPace = { everyMs: 1_000, limitMs: 1_500, looks: 2 };

/**
 * Watches a server while pools have statements under way, and breaks their connections where it
 * answers nobody: it stands still, or nothing reaches it, and whoever waits would wait for the end
 * of the longest statement. One that is only busy with somebody's statement still answers.
 * @param url `postgresql://user:password@host:port/database`
 * @param onSilent told each time connections are broken
 */
export function watchServer(url: string, onSilent: () => void, pace = usualPace): ServerWatch {
  const closing = new AbortController();
  /** Connections that somebody uses. */
  const used = new Set<pg.PoolClient>();
  const longer = 2 * pace.limitMs;
  const own = new pg.Pool({
    connectionString: url,
    ...{ max: 1, connectionTimeoutMillis: longer, query_timeout: longer, keepAlive: true },
  });
  own.on('error', () => {});

  /** A refusal is an answer. */
  const isSilent = () =>
    Promise.race([
      own.query('SELECT 1').then(
        () => false,
        (error: unknown) => error instanceof Error && /timeout/i.test(error.message),
      ),
      sleep(pace.limitMs, true, { ref: false }),
    ]);

  const breakConnections = () => {
    onSilent();
    // With a statement under way this does not wait for the server.
    for (const client of used) (client as unknown as pg.Client).end().catch(() => {});
  };

  const keepLooking = async () => {
    for (let silent = 0; ;) {
      await sleep(pace.everyMs, undefined, { signal: closing.signal, ref: false });
      silent = used.size > 0 && (await isSilent()) ? silent + 1 : 0;
      if (silent < pace.looks) continue;
      breakConnections();
      silent = 0;
    }
  };
  const looking = keepLooking().catch(() => {});

  return {
    cover(pool) {
      pool.on('acquire', (client) => used.add(client));
      pool.on('release', (_error, client) => used.delete(client));
    },
    async close() {
      closing.abort();
      await looking;
      await own.end();
    },
  };
}
