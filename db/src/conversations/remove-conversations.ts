import type pg from 'pg';
import { removeRuns, runsAtOnce } from '../run/remove-runs.js';

/** What removing conversations needs to be told. */
export type RemoveConversations = {
  /** Removes runs from Temporal. */
  forgetRuns: (runIds: readonly string[]) => Promise<void>;
  /** Called between steps, which are short: may throw to break off. */
  onStep?: () => void;
};

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
    const { rows } = await pool.query<{ id: string }>(
      'SELECT id FROM "Run" WHERE "conversationId" = ANY ($1) LIMIT $2',
      [conversationIds, runsAtOnce],
    );
    if (rows.length === 0) break;
    const ids = rows.map(({ id }) => id);
    await forgetRuns(ids);
    await removeRuns(pool, ids, onStep);
  }
  await pool.query('DELETE FROM "Conversation" WHERE id = ANY ($1)', [conversationIds]);
}

const atOnce = 20;

/**
 * Removes what strangers have left who said nothing within a day: conversations that a flow has begun,
 * identities, and tokens that have expired. Otherwise anyone could fill a workspace by opening its chat.
 * @param workMs how long it goes on beginning new batches, in milliseconds
 * @returns how many conversations, identities and tokens
 */
export async function removeSilentVisitors(
  pool: pg.Pool,
  { workMs, ...options }: RemoveConversations & { workMs: number },
): Promise<number> {
  const until = Date.now() + workMs;
  let removed = 0;
  while (Date.now() < until) {
    options.onStep?.();
    const { rows } = await pool.query<{ id: string }>(
      `SELECT id FROM "Conversation"
        WHERE "contactId" IS NULL AND "createdAt" < now() - interval '1 day'
        ORDER BY "createdAt" LIMIT $1`,
      [atOnce],
    );
    if (rows.length === 0) break;
    await removeConversations(
      pool,
      rows.map(({ id }) => id),
      options,
    );
    removed += rows.length;
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
