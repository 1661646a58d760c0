import type pg from 'pg';
import { deleteRows } from '../delete-rows.js';
import { type ForgetRuns, removeRuns, runsAtOnce } from '../run/remove-runs.js';
import { transaction } from '../transaction.js';

/** What removing conversations needs to be told. */
export type RemoveConversations = {
  forgetRuns: ForgetRuns;
  /** Called between steps, which are short: may throw to break off. */
  onStep?: () => void;
};

/** Deletes conversations, unless they have runs. @returns some of these runs: Temporal knows them */
function removeWithoutRuns(pool: pg.Pool, ids: readonly string[]): Promise<string[]> {
  return transaction(pool, async (client) => {
    // While they are locked, no run is added to them.
    await client.query('SELECT FROM "Conversation" WHERE id = ANY ($1) ORDER BY id FOR UPDATE', [
      ids,
    ]);
    const { rows } = await client.query<{ id: string }>(
      'SELECT id FROM "Run" WHERE "conversationId" = ANY ($1) LIMIT $2',
      [ids, runsAtOnce],
    );
    if (rows.length === 0) {
      await client.query('DELETE FROM "Conversation" WHERE id = ANY ($1)', [ids]);
    }
    return rows.map(({ id }) => id);
  });
}

/**
 * Removes conversations with their runs: from Temporal first, so that what is left in the database always
 * says what is still to be removed. Safe to repeat, and to break off anywhere.
 * @throws what `forgetRuns` throws, or when the database does not answer; what is removed stays so
 */
export async function removeConversations(
  pool: pg.Pool,
  conversationIds: readonly string[],
  { forgetRuns, onStep }: RemoveConversations,
): Promise<void> {
  for (;;) {
    const runs = await removeWithoutRuns(pool, conversationIds);
    if (runs.length === 0) return;
    await forgetRuns(runs);
    await removeRuns(pool, runs, onStep);
  }
}

/** Few: what was said in many could take longer to delete than a statement may. */
const atOnce = 20;

/**
 * Removes what strangers have left who said nothing within a day: conversations that a flow has begun,
 * identities, and tokens that have expired. Otherwise anyone could fill a workspace by opening its chat.
 * @param workMs how long it goes on beginning new batches, in milliseconds
 * @returns how many conversations, identities and tokens
 * @throws what `forgetRuns` throws, or when the database does not answer; what is removed stays so
 */
export async function removeSilentVisitors(
  pool: pg.Pool,
  { workMs, forgetRuns, onStep }: RemoveConversations & { workMs: number },
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
    await removeConversations(pool, ids, { forgetRuns, ...(onStep && { onStep }) });
    removed += ids.length;
  }
  removed += await deleteRows(pool, [
    'DELETE FROM "VisitorToken" WHERE "expiresAt" <= now()',
    `DELETE FROM "ContactIdentity" i
      WHERE "contactId" IS NULL AND "createdAt" < now() - interval '1 day'
        AND NOT EXISTS (SELECT FROM "Conversation" WHERE "identityId" = i.id)`,
  ]);
  return removed;
}
