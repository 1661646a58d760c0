import type pg from 'pg';

/** How often a worker that polls says so, in milliseconds. */
export const heartbeatIntervalMs = 1_000;

/** A worker process and the task queue that it polls. */
export type WorkerIdentity = { id: string; taskQueue: string };

/** The id of the installation that a database belongs to. */
export async function readInstallationId(pool: pg.Pool): Promise<string> {
  const { rows } = await pool.query<{ id: string }>('SELECT id FROM "Installation"');
  const [row] = rows;
  if (!row) throw new Error('The table "Installation" has no row. Restore the database.');
  return row.id;
}

/** Notes that a worker polls right now; forgets workers that have said nothing for an hour. */
export async function beat(pool: pg.Pool, { id, taskQueue }: WorkerIdentity): Promise<void> {
  await pool.query(
    `WITH gone AS (DELETE FROM "WorkerHeartbeat" WHERE at < now() - interval '1 hour' AND id <> $1)
     INSERT INTO "WorkerHeartbeat" (id, "taskQueue") VALUES ($1, $2)
     ON CONFLICT (id) DO UPDATE SET "taskQueue" = $2, at = now()`,
    [id, taskQueue],
  );
}

/** Notes that a worker stops, so that nobody waits for its silence. */
export async function retire(pool: pg.Pool, id: string): Promise<void> {
  await pool.query('DELETE FROM "WorkerHeartbeat" WHERE id = $1', [id]);
}

/**
 * How long ago any worker of a task queue said that it polls, by the database's clock.
 * @returns milliseconds, or null where none has
 */
export async function lastBeatAgeMs(pool: pg.Pool, taskQueue: string): Promise<number | null> {
  const { rows } = await pool.query<{ age: number | null }>(
    `SELECT (extract(epoch FROM now() - max(at)) * 1000)::float8 AS age
       FROM "WorkerHeartbeat" WHERE "taskQueue" = $1`,
    [taskQueue],
  );
  return rows[0]?.age ?? null;
}
