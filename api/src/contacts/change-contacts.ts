import { randomUUID } from 'node:crypto';
import type { Contact, UpdateContact } from '@crmflow/contracts';
import { transaction } from '@crmflow/db';
import { audit } from '../access/audit.js';
import type { Access } from '../access/authorize.js';
import { type Ask, askOfClient } from '../ask.js';
import type { Deps } from '../deps.js';
import { AppError } from '../errors/app-error.js';
import { noSuchContact, readContact } from './read-contacts.js';

/**
 * A contact as the audit log names it: by its id alone. Entries cannot be changed, so a name in them
 * would outlive the contact that was erased.
 */
export const contactResource = (id: string) => ({ kind: 'contact', id, name: id });

/** Columns by name with the values that are sent for them. */
function columnsOf({
  tags,
  attributes,
  name,
  email,
  phone,
  locale,
  timezone,
}: Omit<UpdateContact, 'blocked'>): Record<string, unknown> {
  const sent = {
    ...{ name, email, phone, locale, timezone },
    attributes: attributes && JSON.stringify(attributes),
    tags: tags && [...new Set(tags)],
  };
  return Object.fromEntries(Object.entries(sent).filter(([, value]) => value !== undefined));
}

/** Adds a contact to a workspace. @throws AppError `installation_full` */
export async function createContact(
  { pool, budgets }: Pick<Deps, 'pool' | 'budgets'>,
  { workspaceId }: Access,
  sent: Omit<UpdateContact, 'blocked'>,
): Promise<Contact> {
  await budgets.requireInstallation();
  const all = { id: randomUUID(), workspaceId, ...columnsOf(sent) };
  const names = Object.keys(all).map((name) => `"${name}"`);
  const ask = askOfClient(pool);
  await ask(
    `INSERT INTO "Contact" (${names.join(', ')})
     VALUES (${names.map((_, index) => `$${index + 1}`).join(', ')})`,
    Object.values(all),
  );
  return readContact(ask, all.id);
}

/** Changes a contact; what is left out stays. @throws AppError `not_found` */
export async function updateContact(
  pool: Deps['pool'],
  access: Access,
  id: string,
  { blocked, ...sent }: UpdateContact,
): Promise<Contact> {
  const changed = columnsOf(sent);
  const sets = Object.keys(changed).map((name, index) => `"${name}" = $${index + 2}`);
  if (blocked === true) sets.push('"blockedAt" = coalesce("blockedAt", now())');
  if (blocked === false) sets.push('"blockedAt" = NULL');
  return transaction(pool, async (client) => {
    const ask = askOfClient(client);
    const found = await ask(
      `UPDATE "Contact" SET ${[...sets, '"updatedAt" = now()'].join(', ')} WHERE id = $1
       RETURNING id`,
      [id, ...Object.values(changed)],
    );
    if (found.length === 0) throw noSuchContact();
    const changes = {
      fields: Object.keys(changed),
      ...(blocked !== undefined && { blocked }),
    };
    const resource = contactResource(id);
    await audit(ask, access, { action: 'contact.change', resource, changes });
    return readContact(ask, id);
  });
}

/** What the target of a merge has afterwards: its own, and what only the source has. */
const merged = `
  UPDATE "Contact" t SET
    name = CASE WHEN t.name = '' THEN s.name ELSE t.name END,
    email = coalesce(t.email, s.email), phone = coalesce(t.phone, s.phone),
    locale = coalesce(t.locale, s.locale), timezone = coalesce(t.timezone, s.timezone),
    attributes = s.attributes || t.attributes,
    tags = ARRAY(SELECT tag FROM unnest(t.tags || s.tags) WITH ORDINALITY AS one(tag, place)
                  GROUP BY tag ORDER BY min(place)),
    consent = (SELECT coalesce(jsonb_agg(given ORDER BY given->>'at'), '[]')
                 FROM (SELECT DISTINCT jsonb_array_elements(t.consent || s.consent) AS given) one),
    "blockedAt" = coalesce(t."blockedAt", s."blockedAt"),
    "createdAt" = least(t."createdAt", s."createdAt"),
    "lastSeenAt" = greatest(t."lastSeenAt", s."lastSeenAt"),
    "updatedAt" = now()
  FROM "Contact" s WHERE s.id = $1 AND t.id = $2`;

async function move(ask: Ask, fromId: string, intoId: string): Promise<void> {
  for (const table of ['ContactIdentity', 'Conversation']) {
    await ask(`UPDATE "${table}" SET "contactId" = $2 WHERE "contactId" = $1`, [fromId, intoId]);
  }
}

/**
 * Makes one contact of two: identities and conversations move to the other one, which keeps what it
 * has and gets what only the first one has. A block of either stays.
 * @throws AppError `not_found` also for another workspace's; `invalid` for a merge into itself
 */
export async function mergeContact(
  pool: Deps['pool'],
  access: Access,
  fromId: string,
  intoId: string,
): Promise<Contact> {
  if (fromId === intoId) {
    const message = 'must be another contact';
    const detail = 'A contact cannot be merged into itself.';
    throw new AppError('invalid', detail, { errors: [{ path: 'intoId', message }] });
  }
  return transaction(pool, async (client) => {
    const ask = askOfClient(client);
    const both = await ask(
      `SELECT id FROM "Contact" WHERE id IN ($1, $2) AND "workspaceId" = $3
        ORDER BY id FOR UPDATE`,
      [fromId, intoId, access.workspaceId],
    );
    if (both.length < 2) throw noSuchContact();
    await move(ask, fromId, intoId);
    await ask(merged, [fromId, intoId]);
    await ask('DELETE FROM "Contact" WHERE id = $1', [fromId]);
    const resource = contactResource(intoId);
    await audit(ask, access, { action: 'contact.merge', resource, changes: { fromId } });
    return readContact(ask, intoId);
  });
}
