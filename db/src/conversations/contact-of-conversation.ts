import type { ChangedContact, JsonObject, RunContact } from '@crmflow/contracts';
import type pg from 'pg';
import { transaction } from '../transaction.js';

/** Where what is known of somebody is kept: in their contact, or with their identity until there is one. */
type Place = { identityId: string; contactId: string | null };

const contactColumns = `
  p.id, p.name, p.email, p.phone, p.locale, p.timezone, p.attributes, p.tags`;

/**
 * What flows have set is kept apart from what the site has signed, so that nobody takes the one for the
 * other.
 */
export const knownOfIdentity = `i.claims || coalesce(i.claims->'set', '{}')`;

const textOf = (value: unknown) => (typeof value === 'string' ? value : '');

function toRunContact(known: Record<string, unknown>): RunContact {
  return {
    id: textOf(known['id']),
    name: textOf(known['name']),
    email: textOf(known['email']),
    phone: textOf(known['phone']),
    locale: textOf(known['locale']),
    timezone: textOf(known['timezone']),
    attributes: (known['attributes'] ?? {}) as JsonObject,
    tags: (known['tags'] ?? []) as string[],
  };
}

/**
 * What is known of whom a conversation is with.
 * @returns undefined where there is no such conversation
 */
export async function readContactOfConversation(
  pool: Pick<pg.Pool, 'query'>,
  conversationId: string,
): Promise<RunContact | undefined> {
  const { rows } = await pool.query<{ known: Record<string, unknown> }>({
    name: 'contact-of-conversation',
    text: `SELECT coalesce((SELECT to_jsonb(contact) FROM (
                     SELECT ${contactColumns} FROM "Contact" p
                      WHERE p.id = coalesce(c."contactId", i."contactId")) contact),
                   ${knownOfIdentity}) AS known
             FROM "Conversation" c JOIN "ContactIdentity" i ON i.id = c."identityId"
            WHERE c.id = $1`,
    values: [conversationId],
  });
  return rows[0] && toRunContact(rows[0].known);
}

const findPlace = `
  SELECT i.id AS "identityId", coalesce(c."contactId", i."contactId") AS "contactId"
    FROM "Run" run
    JOIN "Conversation" c ON c.id = run."conversationId"
    JOIN "ContactIdentity" i ON i.id = c."identityId"
   WHERE run.id = $1`;

/** Locks what is known; null where it is kept elsewhere since its place was read. */
async function lockKnown(
  client: pg.PoolClient,
  { identityId, contactId }: Place,
): Promise<RunContact | null> {
  const { rows } =
    contactId === null
      ? await client.query<{ known: Record<string, unknown> }>(
          `SELECT ${knownOfIdentity} AS known FROM "ContactIdentity" i
            WHERE i.id = $1 AND i."contactId" IS NULL FOR UPDATE`,
          [identityId],
        )
      : await client.query<{ known: Record<string, unknown> }>(
          `SELECT (SELECT to_jsonb(contact) FROM (SELECT ${contactColumns}) contact) AS known
             FROM "Contact" p WHERE p.id = $1 FOR NO KEY UPDATE`,
          [contactId],
        );
  return rows[0] ? toRunContact(rows[0].known) : null;
}

async function write(
  client: pg.PoolClient,
  { identityId, contactId }: Place,
  { id: _, ...contact }: RunContact,
): Promise<void> {
  const { name, email, phone, locale, timezone, attributes, tags } = contact;
  if (contactId === null) {
    await client.query(
      `UPDATE "ContactIdentity" SET claims = jsonb_set(claims, '{set}', $2::jsonb) WHERE id = $1`,
      [identityId, JSON.stringify(contact)],
    );
    return;
  }
  await client.query(
    `UPDATE "Contact" SET name = $2, email = nullif($3, ''), phone = nullif($4, ''),
            locale = nullif($5, ''), timezone = nullif($6, ''), attributes = $7, tags = $8,
            "updatedAt" = now()
      WHERE id = $1`,
    [contactId, name, email, phone, locale, timezone, JSON.stringify(attributes), tags],
  );
}

/**
 * Changes the contact of a run's conversation. Before the first message there is none; what is set is
 * kept with the identity then, and the contact begins with it.
 * @param change called with what is known now; what it returns is written, unless it is a fault
 * @returns null where the run is part of no conversation: nothing is written
 */
export function changeContactOfRun(
  pool: pg.Pool,
  runId: string,
  change: (contact: RunContact) => ChangedContact,
): Promise<ChangedContact | null> {
  return transaction(pool, async (client) => {
    for (;;) {
      const { rows } = await client.query<Place>(findPlace, [runId]);
      const [place] = rows;
      if (!place) return null;
      const known = await lockKnown(client, place);
      // It was made, or merged into another one, a moment ago.
      if (!known) continue;
      const changed = change(known);
      if ('contact' in changed) await write(client, place, changed.contact);
      return changed;
    }
  });
}
