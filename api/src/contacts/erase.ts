import { removeConversations, transaction } from '@crmflow/db';
import { forgetRuns } from '@crmflow/temporal-config';
import { type Ask, askOfClient } from '../ask.js';
import type { Deps } from '../deps.js';

type Needed = Pick<Deps, 'pool' | 'temporal'>;

/** Few: what was said in many could take longer to delete than a statement may. */
const atOnce = 20;

/** Whom to forget: SQL by an id, `$1`. */
type Scope = {
  /** The conversations; those in which nothing was said have no contact yet. */
  conversations: string;
  /** Locks what conversations refer to, so that none is added meanwhile. */
  lock: readonly string[];
  /** Deletes the rest. */
  remove: readonly string[];
};

const contact: Scope = {
  conversations: `
    SELECT id FROM "Conversation" WHERE "contactId" = $1
    UNION
    SELECT c.id FROM "ContactIdentity" i JOIN "Conversation" c ON c."identityId" = i.id
     WHERE i."contactId" = $1`,
  lock: [
    'SELECT FROM "Contact" WHERE id = $1 FOR UPDATE',
    'SELECT FROM "ContactIdentity" WHERE "contactId" = $1 ORDER BY id FOR UPDATE',
  ],
  remove: [
    'DELETE FROM "ContactIdentity" WHERE "contactId" = $1',
    'DELETE FROM "Contact" WHERE id = $1 RETURNING id',
  ],
};

const identity: Scope = {
  conversations: 'SELECT id FROM "Conversation" WHERE "identityId" = $1',
  lock: [
    `SELECT FROM "Contact" WHERE id = (SELECT "contactId" FROM "ContactIdentity" WHERE id = $1)
        FOR UPDATE`,
    'SELECT FROM "ContactIdentity" WHERE id = $1 FOR UPDATE',
  ],
  remove: [
    // What undoing a merge takes tells of whoever it belonged to.
    `DELETE FROM "ContactMerge" m USING "ContactIdentity" i
      WHERE i.id = $1 AND m."intoId" = i."contactId" AND i.id = ANY(m."identityIds")`,
    `DELETE FROM "Contact" c USING "ContactIdentity" i
      WHERE i.id = $1 AND c.id = i."contactId"
        AND NOT EXISTS (SELECT FROM "ContactIdentity" other
                         WHERE other."contactId" = c.id AND other.id <> i.id)
        AND NOT EXISTS (SELECT FROM "Conversation" WHERE "contactId" = c.id)`,
    'DELETE FROM "ContactIdentity" WHERE id = $1 RETURNING id',
  ],
};

/**
 * Removes the rest, once no conversations are left.
 * @returns conversations that have to be removed first; none: all is gone
 */
async function removeRest(
  ask: Ask,
  { conversations, lock, remove }: Scope,
  id: string,
  within: (tx: Ask) => Promise<void>,
): Promise<string[]> {
  const some = () => ask<{ id: string }>(`${conversations} LIMIT ${atOnce}`, [id]);
  let found = await some();
  if (found.length === 0) {
    for (const statement of lock) await ask(statement, [id]);
    // One may have begun before the locks.
    found = await some();
  }
  if (found.length > 0) return found.map((one) => one.id);
  let removed: object[] = [];
  for (const statement of remove) removed = await ask(statement, [id]);
  // Of several who erase it at once, one has done so.
  if (removed.length > 0) await within(ask);
  return [];
}

async function erase(
  { pool, temporal }: Needed,
  scope: Scope,
  id: string,
  within: (tx: Ask) => Promise<void> = async () => undefined,
): Promise<void> {
  for (;;) {
    const first = await transaction(pool, (client) =>
      removeRest(askOfClient(client), scope, id, within),
    );
    if (first.length === 0) return;
    await removeConversations(pool, first, { forgetRuns: (runs) => forgetRuns(temporal, runs) });
  }
}

/**
 * Erases a contact with all that was said: the runs of its conversations from Temporal and the
 * database, its conversations, identities and tokens. Safe to repeat and to break off: what is
 * erased stays so.
 * @param within more to do in the transaction that removes the contact itself
 * @throws the client's error where Temporal does not answer
 */
export const eraseContact = (
  deps: Needed,
  contactId: string,
  within?: (tx: Ask) => Promise<void>,
): Promise<void> => erase(deps, contact, contactId, within);

/**
 * Erases what one identity has said, as `eraseContact` does; the contact too, where nothing else
 * belongs to it.
 * @throws the client's error where Temporal does not answer
 */
export const eraseIdentity = (deps: Needed, identityId: string): Promise<void> =>
  erase(deps, identity, identityId);
