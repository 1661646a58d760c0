import { randomUUID } from 'node:crypto';
import { type Contact, limits } from '@crmflow/contracts';
import { transaction } from '@crmflow/db';
import { audit } from '../access/audit.js';
import type { Access } from '../access/authorize.js';
import { type Ask, askOfClient } from '../ask.js';
import type { Deps } from '../deps.js';
import { AppError } from '../errors/app-error.js';
import { contactResource } from './change-contacts.js';
import { noSuchContact, readContact } from './read-contacts.js';

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

/** Before the merge; what the target has after it follows. */
const keep = `
  INSERT INTO "ContactMerge" (id, "intoId", source, before, after, "identityIds")
  SELECT $3, t.id, to_jsonb(s) - 'searched', to_jsonb(t) - 'searched', '{}',
         ARRAY(SELECT id FROM "ContactIdentity" WHERE "contactId" = s.id ORDER BY id)
    FROM "Contact" s, "Contact" t WHERE s.id = $1 AND t.id = $2`;

/** Earlier merges into the source go along, and wait for the undoing of this one. */
const hold = `
  UPDATE "ContactMerge" SET "intoId" = $2, "heldById" = coalesce("heldById", $3)
   WHERE "intoId" = $1`;

/**
 * Makes one contact of two: identities and conversations move to the other one, which keeps what it
 * has and gets what only the first one has. A block of either stays. What undoing it takes is kept.
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
    const mergeId = randomUUID();
    await ask(keep, [fromId, intoId, mergeId]);
    await ask(hold, [fromId, intoId, mergeId]);
    for (const table of ['ContactIdentity', 'Conversation']) {
      await ask(`UPDATE "${table}" SET "contactId" = $2 WHERE "contactId" = $1`, [fromId, intoId]);
    }
    await ask(merged, [fromId, intoId]);
    await ask(
      `UPDATE "ContactMerge" m SET after = to_jsonb(t) - 'searched'
         FROM "Contact" t WHERE m.id = $1 AND t.id = m."intoId"`,
      [mergeId],
    );
    await ask('DELETE FROM "Contact" WHERE id = $1', [fromId]);
    const resource = contactResource(intoId);
    await audit(ask, access, { action: 'contact.merge', resource, changes: { fromId } });
    return readContact(ask, intoId);
  });
}

/** The source as it was, under its id. */
const restore = `
  INSERT INTO "Contact" (id, "workspaceId", name, email, phone, locale, timezone, attributes, tags,
                         consent, "blockedAt", "createdAt", "lastSeenAt")
  SELECT s.id, t."workspaceId", s.name, s.email, s.phone, s.locale, s.timezone, s.attributes, s.tags,
         s.consent, s."blockedAt", s."createdAt", s."lastSeenAt"
    FROM "ContactMerge" m JOIN "Contact" t ON t.id = m."intoId",
         jsonb_populate_record(NULL::"Contact", m.source) s
   WHERE m.id = $1`;

const givenBack = (...columns: string[]) =>
  columns
    .map(
      (name) =>
        `"${name}" = CASE WHEN t."${name}" IS NOT DISTINCT FROM a."${name}" THEN b."${name}" ELSE t."${name}" END`,
    )
    .join(', ');

/** The target without what it got by the merge, unless that was changed since. */
const giveBack = `
  UPDATE "Contact" t SET
    ${givenBack('name', 'email', 'phone', 'locale', 'timezone', 'blockedAt', 'createdAt')},
    attributes = (SELECT coalesce(jsonb_object_agg(key, value), '{}') FROM jsonb_each(t.attributes)
                   WHERE b.attributes ? key OR value IS DISTINCT FROM a.attributes->key),
    tags = ARRAY(SELECT tag FROM unnest(t.tags) WITH ORDINALITY AS one(tag, place)
                  WHERE tag = ANY(b.tags) OR NOT tag = ANY(a.tags) ORDER BY place),
    consent = (SELECT coalesce(jsonb_agg(given ORDER BY place), '[]')
                 FROM jsonb_array_elements(t.consent) WITH ORDINALITY AS one(given, place)
                WHERE b.consent @> jsonb_build_array(given)
                   OR NOT a.consent @> jsonb_build_array(given)),
    "updatedAt" = now()
  FROM "ContactMerge" m, jsonb_populate_record(NULL::"Contact", m.before) b,
       jsonb_populate_record(NULL::"Contact", m.after) a
  WHERE m.id = $1 AND t.id = m."intoId"`;

/** Identities that have not been erased since, and what was said by them, also after the merge. */
const moveBack = [
  `UPDATE "ContactIdentity" i SET "contactId" = m.source->>'id' FROM "ContactMerge" m
    WHERE m.id = $1 AND i."contactId" = m."intoId" AND i.id = ANY(m."identityIds")`,
  `UPDATE "Conversation" c SET "contactId" = m.source->>'id' FROM "ContactMerge" m
    WHERE m.id = $1 AND c."contactId" = m."intoId" AND c."identityId" = ANY(m."identityIds")`,
];

/** Merges that went along are those of the source again. */
const release = `
  WITH RECURSIVE held AS (
    SELECT id FROM "ContactMerge" WHERE "heldById" = $1
    UNION ALL
    SELECT m.id FROM "ContactMerge" m JOIN held ON m."heldById" = held.id
  )
  UPDATE "ContactMerge" SET "intoId" = $2, "heldById" = nullif("heldById", $1)
   WHERE id IN (SELECT id FROM held)`;

async function findMerge(ask: Ask, mergeId: string, intoId: string): Promise<string> {
  const [found] = await ask<{ fromId: string }>(
    `SELECT source->>'id' AS "fromId" FROM "ContactMerge"
      WHERE id = $1 AND "intoId" = $2 AND "heldById" IS NULL
        AND at > now() - make_interval(days => ${limits.mergeDays})`,
    [mergeId, intoId],
  );
  if (found) return found.fromId;
  const detail = `This merge cannot be undone: it was undone already, or is more than ${limits.mergeDays} days old.`;
  throw new AppError('not_found', detail);
}

/**
 * Undoes a merge: the contact that was merged into another one is there again, under its id, with its
 * fields, its identities, and the conversations of these. The other one keeps its own, and what was
 * changed since.
 * @param intoId the contact that stayed
 * @returns the contact that is there again
 * @throws AppError `not_found`
 */
export async function undoMerge(
  pool: Deps['pool'],
  access: Access,
  intoId: string,
  mergeId: string,
): Promise<Contact> {
  return transaction(pool, async (client) => {
    const ask = askOfClient(client);
    // Others who merge it, or undo this too, wait.
    await ask('SELECT FROM "Contact" WHERE id = $1 FOR UPDATE', [intoId]);
    const fromId = await findMerge(ask, mergeId, intoId);
    await ask(restore, [mergeId]);
    for (const statement of [giveBack, ...moveBack]) await ask(statement, [mergeId]);
    await ask(release, [mergeId, fromId]);
    await ask('DELETE FROM "ContactMerge" WHERE id = $1', [mergeId]);
    const resource = contactResource(intoId);
    await audit(ask, access, { action: 'contact.unmerge', resource, changes: { fromId } });
    return readContact(ask, fromId);
  });
}
