import type pg from 'pg';
import { type ForgetRuns, removeRunsOf } from '../run/remove-runs.js';

/** Few: what was said in many could take longer to delete than a statement may. */
const atOnce = 20;

const findRuns = 'SELECT id FROM "Run" WHERE "conversationId" = ANY ($1)';

/** What removing silent visitors needs to be told. */
export type RemoveSilentVisitors = {
  forgetRuns: ForgetRuns;
  /** How long it goes on beginning new batches, in milliseconds. */
  workMs: number;
  /** Called between steps, which are short: may throw to break off. */
  onStep?: () => void;
};

/**
 * Removes what strangers have left who said nothing within a day: conversations that a flow has begun,
 * identities, and tokens that have expired. Otherwise anyone could fill a workspace by opening its chat.
 * @returns how many conversations, identities and tokens
 * @throws what `forgetRuns` throws, or when the database does not answer; what is removed stays so
 */
export async function removeSilentVisitors(
  pool: pg.Pool,
  { forgetRuns, workMs, onStep }: RemoveSilentVisitors,
): Promise<number> {
  const until = Date.now() + workMs;
  let removed = 0;
  while (Date.now() < until) {
    onStep?.();
    const { rows } = await pool.query<{ id: string }>(
      `SELECT id FROM "Conversation"
        WHERE "contactId" IS NULL AND "createdAt" < now() - interval '1 day'
        ORDER BY "createdAt" LIMIT $1`,
      [atOnce],
    );
    const ids = rows.map(({ id }) => id);
    if (ids.length === 0) break;
    await removeRunsOf(pool, { find: findRuns, of: ids }, forgetRuns, onStep);
    await pool.query('DELETE FROM "Conversation" WHERE id = ANY ($1)', [ids]);
    removed += ids.length;
  }
  const statements = [
    'DELETE FROM "VisitorToken" WHERE "expiresAt" <= now()',
    `DELETE FROM "ContactIdentity" i
      WHERE "contactId" IS NULL AND "createdAt" < now() - interval '1 day'
        AND NOT EXISTS (SELECT FROM "Conversation" WHERE "identityId" = i.id)`,
  ];
  for (const statement of statements) removed += (await pool.query(statement)).rowCount ?? 0;
  return removed;
}
