import type pg from 'pg';
import { type ForgetRuns, removeRuns, runsAtOnce } from './run/remove-runs.js';
import { transaction } from './transaction.js';

/** Random: one that has much to remove is not always before the same others. */
const workspacesWithRetention = `
  SELECT id FROM "Workspace"
   WHERE "deletingSince" IS NULL AND num_nonnulls(settings->>'runDays', settings->>'testRunDays') > 0
   ORDER BY random()`;

/**
 * Locks runs of workspace `$1` that are past their time at `$2`, by its settings as they are at that
 * moment. Asks version by version, since runs of drafts have a time of their own: with the limit within,
 * it reads an index for each version and no run that is kept. Days have 24 hours, whatever the clocks do.
 *
 * A run that is being retried or forked is skipped, and one that is locked cannot be: otherwise Temporal
 * could be told to forget a run that has just been opened again.
 */
const lockExpired = `
  SELECT run.id, run."conversationId"
    FROM "Workspace" w
    JOIN "Workflow" flow ON flow."workspaceId" = w.id
    JOIN "WorkflowVersion" v ON v."workflowId" = flow.id
   CROSS JOIN LATERAL (
     SELECT id, "conversationId" FROM "Run"
      WHERE "versionId" = v.id
        AND "finishedAt" <= $2::timestamptz - interval '24 hours' * (
          w.settings->>CASE WHEN v.number IS NULL THEN 'testRunDays' ELSE 'runDays' END)::int
      ORDER BY "finishedAt" LIMIT $3
        FOR UPDATE SKIP LOCKED) run
   WHERE w.id = $1
   LIMIT $3`;

/** What removing expired runs needs to be told. */
export type RemoveExpiredRuns = {
  /** None is on its way there once it settles. */
  forgetRuns: ForgetRuns;
  /** How long it goes on beginning new batches, in milliseconds. */
  workMs: number;
  /** Which runs are past their time by then; the current time unless told otherwise. */
  at?: Date;
  /** Called between steps, which are short: may throw to break off. */
  onStep?: () => void;
  /** Told how many runs were removed, when they are. */
  onRemoved?: (runs: number) => void;
};

/**
 * Removes a batch of a workspace's runs: from Temporal first, so that what is left in the database always
 * says what is still to be removed.
 * @returns how many
 */
const removeBatch = (
  pool: pg.Pool,
  workspaceId: string,
  { forgetRuns, onStep, at = new Date() }: RemoveExpiredRuns,
): Promise<number> =>
  transaction(pool, async (client) => {
    const { rows } = await client.query<{ id: string; conversationId: string | null }>(
      lockExpired,
      [workspaceId, at, runsAtOnce],
    );
    const ids = rows.map(({ id }) => id);
    if (ids.length === 0) return 0;
    await forgetRuns(ids);
    await removeRuns(client, ids, onStep);
    // What was said in its last run goes with that.
    await client.query(
      `DELETE FROM "Conversation" c WHERE id = ANY ($1)
          AND NOT EXISTS (SELECT FROM "Run" WHERE "conversationId" = c.id)`,
      [rows.flatMap(({ conversationId }) => conversationId ?? [])],
    );
    return ids.length;
  });

/**
 * Removes runs that ended longer ago than their workspace keeps them, with all that belongs to them. Never
 * an open run. Workspaces take turns, a batch each. Safe to repeat, to break off anywhere, and to run twice
 * at once.
 * @returns how many; what was not reached in time is for the next call
 * @throws what `forgetRuns` or `onStep` throws, or when the database does not answer; what is removed stays
 *   so
 */
export async function removeExpiredRuns(
  pool: pg.Pool,
  options: RemoveExpiredRuns,
): Promise<number> {
  const until = Date.now() + options.workMs;
  let removed = 0;
  const { rows } = await pool.query<{ id: string }>(workspacesWithRetention);
  const turns = rows.map(({ id }) => id);
  for (let id = turns.shift(); id !== undefined && Date.now() < until; id = turns.shift()) {
    options.onStep?.();
    const batch = await removeBatch(pool, id, options);
    removed += batch;
    if (batch > 0) options.onRemoved?.(batch);
    if (batch === runsAtOnce) turns.push(id);
  }
  return removed;
}
