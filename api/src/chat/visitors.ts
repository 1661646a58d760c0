import { randomUUID } from 'node:crypto';
import type { VisitorClaims } from '@crmflow/contracts';
import { transaction } from '@crmflow/db';
import type { Pool, PoolClient } from 'pg';
import { slugPattern } from '../deployments/slug.js';
import { AppError } from '../errors/app-error.js';
import { bearerToken, hashOfToken, newToken } from '../secret-token.js';
import { type Chat, chatColumns, type ChatRow, toChat } from './chats.js';

/** Somebody who talks at a chat. They may get at their own conversations there, and nothing else. */
export type Visitor = {
  /** Of their identity, as clients know it. */
  id: string;
  /** Null before their first message. */
  contactId: string | null;
  isVerified: boolean;
  isBlocked: boolean;
  chat: Chat;
};

/** A token as it is told once, and whose it is. */
export type NewVisitor = { token: string; visitorId: string; verified: boolean };

const tokenPrefix = 'crv_';
const tokenDays = 180;
/** Sliding a token once a day is enough. */
const slidesBelowDays = tokenDays - 1;

/** The token in an Authorization header; null where it holds none of a visitor. */
export function visitorToken(authorization: string | undefined): string | null {
  const token = bearerToken(authorization ?? '');
  return token?.startsWith(tokenPrefix) ? token : null;
}

type Row = ChatRow & {
  visitorId: string;
  contactId: string | null;
  isVerified: boolean;
  isBlocked: boolean;
  isOld: boolean;
};

/**
 * The visitor of a chat whose token this is; null for any other token, and for one that has ended. A
 * deleted chat keeps its visitors: their conversations continue.
 * @param slug any text
 */
export async function findVisitor(
  pool: Pool,
  slug: string,
  token: string,
): Promise<Visitor | null> {
  if (!slugPattern.test(slug)) return null;
  const id = hashOfToken(token);
  const { rows } = await pool.query<Row>({
    name: 'find-visitor',
    text: `SELECT ${chatColumns}, i.id AS "visitorId", i."contactId",
                  i."verifiedAt" IS NOT NULL AS "isVerified",
                  contact."blockedAt" IS NOT NULL AS "isBlocked",
                  t."expiresAt" < now() + make_interval(days => ${slidesBelowDays}) AS "isOld"
             FROM "VisitorToken" t
             JOIN "Deployment" d ON d.id = t."deploymentId"
             JOIN "Workspace" w ON w.id = d."workspaceId" AND w."deletingSince" IS NULL
             JOIN "ContactIdentity" i ON i.id = t."identityId"
             LEFT JOIN "Contact" contact ON contact.id = i."contactId"
            WHERE t.id = $1 AND d.slug = $2 AND t."expiresAt" > now()`,
    values: [id, slug],
  });
  const [row] = rows;
  if (!row) return null;
  const { visitorId, contactId, isVerified, isBlocked, isOld, ...chat } = row;
  if (isOld) {
    await pool.query(
      `UPDATE "VisitorToken" SET "expiresAt" = now() + make_interval(days => $2) WHERE id = $1`,
      [id, tokenDays],
    );
  }
  return { id: visitorId, contactId, isVerified, isBlocked, chat: toChat(chat) };
}

async function issueToken(client: PoolClient, chat: Chat, identityId: string): Promise<string> {
  const token = tokenPrefix + newToken();
  await client.query(
    `INSERT INTO "VisitorToken" (id, "identityId", "deploymentId", "expiresAt")
     VALUES ($1, $2, $3, now() + make_interval(days => $4))`,
    [hashOfToken(token), identityId, chat.id, tokenDays],
  );
  return token;
}

/** Somebody whom nobody knows yet. */
export function createAnonymous(pool: Pool, chat: Chat): Promise<NewVisitor> {
  const visitorId = randomUUID();
  return transaction(pool, async (client) => {
    await client.query(
      `INSERT INTO "ContactIdentity" (id, "workspaceId", kind, scope, value)
       VALUES ($1, $2, 'visitor', $3, $1)`,
      [visitorId, chat.workspaceId, chat.id],
    );
    return { token: await issueToken(client, chat, visitorId), visitorId, verified: false };
  });
}

/** What a site signs replaces what is known; what a visitor typed does not. */
const takeClaims = `
  UPDATE "Contact" SET name = coalesce(nullif($2, ''), name), email = coalesce($3, email),
         attributes = attributes || $4::jsonb, "updatedAt" = now(), "lastSeenAt" = now()
   WHERE id = $1`;

/**
 * Gives what a browser said so far to the user of the site whom it belongs to, once: the anonymous
 * identity is deleted. Both are locked, `to` already: what is said meanwhile waits, and goes along.
 */
async function link(
  client: PoolClient,
  fromId: string,
  to: { id: string; contactId: string | null },
): Promise<string | null> {
  const { rows } = await client.query<{ id: string; contactId: string | null; consent: string }>(
    `SELECT id, "contactId", coalesce(claims->'consent', '[]')::text AS consent
       FROM "ContactIdentity" WHERE id = $1 FOR UPDATE`,
    [fromId],
  );
  const [from] = rows;
  // Another page of the same browser was quicker.
  if (!from) return to.contactId;
  const contactId = to.contactId ?? from.contactId;
  await client.query('UPDATE "ContactIdentity" SET "contactId" = $2 WHERE id = $1', [
    to.id,
    contactId,
  ]);
  // A request that both have made once led to two conversations: one of them loses its name.
  await client.query(
    `UPDATE "Conversation" c
        SET "identityId" = $2, "contactId" = CASE WHEN c."contactId" IS NULL THEN NULL ELSE $3 END,
            "requestId" = CASE WHEN EXISTS (
              SELECT FROM "Conversation" other
               WHERE other."identityId" = $2 AND other."requestId" = c."requestId")
            THEN c.id ELSE c."requestId" END
      WHERE "identityId" = $1`,
    [from.id, to.id, contactId],
  );
  // What they agreed to before their first message; after that their contact has it.
  await client.query(
    contactId === null
      ? `UPDATE "ContactIdentity" SET claims = jsonb_set(claims, '{consent}',
           coalesce(claims->'consent', '[]') || $2::jsonb) WHERE id = $1 AND $2::jsonb <> '[]'`
      : `UPDATE "Contact" SET consent = consent || $2::jsonb
          WHERE id = $1 AND NOT consent @> $2::jsonb`,
    [contactId ?? to.id, from.contactId === null ? from.consent : '[]'],
  );
  await client.query('DELETE FROM "ContactIdentity" WHERE id = $1', [from.id]);
  if (from.contactId !== null && from.contactId !== contactId) {
    await client.query(
      `WITH gone AS (
         DELETE FROM "Contact" c WHERE id = $1
            AND NOT EXISTS (SELECT FROM "ContactIdentity" WHERE "contactId" = c.id)
            AND NOT EXISTS (SELECT FROM "Conversation" WHERE "contactId" = c.id)
         RETURNING *
       )
       UPDATE "Contact" kept
          SET name = coalesce(nullif(kept.name, ''), gone.name),
              email = coalesce(kept.email, gone.email), phone = coalesce(kept.phone, gone.phone),
              consent = kept.consent || gone.consent
         FROM gone WHERE kept.id = $2`,
      [from.contactId, contactId],
    );
  }
  return contactId;
}

/**
 * Somebody for whom the site vouches: the same one on every device.
 * @param before who the browser was so far, where it was anonymous
 */
export function createVerified(
  pool: Pool,
  chat: Chat,
  { sub, name = '', email, attributes = {} }: VisitorClaims,
  before: Visitor | null,
): Promise<NewVisitor> {
  const claims = JSON.stringify({ name, email, attributes });
  return transaction(pool, async (client) => {
    const { rows } = await client.query<{ id: string; contactId: string | null }>(
      `INSERT INTO "ContactIdentity"
              (id, "workspaceId", kind, scope, value, claims, "verifiedAt")
       VALUES ($1, $2, 'external', $3, $4, $5, now())
       ON CONFLICT ("workspaceId", kind, scope, value)
       DO UPDATE SET claims = "ContactIdentity".claims || excluded.claims, "verifiedAt" = now()
       RETURNING id, "contactId"`,
      [randomUUID(), chat.workspaceId, chat.id, sub, claims],
    );
    const identity = rows[0]!;
    const isAnonymous = before !== null && !before.isVerified && before.chat.id === chat.id;
    const contactId = isAnonymous ? await link(client, before.id, identity) : identity.contactId;
    if (contactId !== null) {
      await client.query(takeClaims, [contactId, name, email ?? null, JSON.stringify(attributes)]);
    }
    return {
      token: await issueToken(client, chat, identity.id),
      visitorId: identity.id,
      verified: true,
    };
  });
}

/** @throws AppError `contact_blocked` */
export function requireWelcome({ isBlocked }: Visitor): void {
  if (!isBlocked) return;
  throw new AppError('contact_blocked', 'You cannot write here any more.');
}
