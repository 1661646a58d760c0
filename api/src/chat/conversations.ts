import { randomUUID } from 'node:crypto';
import {
  type CreateConversation,
  type JsonObject,
  type ListQuery,
  type Page,
  utf8Bytes,
  type VisitorConversation,
  type VisitorMessage,
} from '@crmflow/contracts';
import { tellConversation } from '@crmflow/db';
import type { Pool } from 'pg';
import { canonicalHash } from '../canonical-hash.js';
import type { Deps, RunDeps } from '../deps.js';
import { AppError } from '../errors/app-error.js';
import { cursorParams, toPage } from '../http/cursor.js';
import { type MessageAccepted, sendMessage } from '../runs/send-message.js';
import { startRun } from '../runs/start-run.js';
import { requireOpen } from './chats.js';
import { ensureContact } from './ensure-contact.js';
import { requireWelcome, type Visitor } from './visitors.js';

/** What starting and feeding conversations needs. */
export type ConversationDeps = RunDeps & Pick<Deps, 'budgets' | 'starts'>;

/** A conversation of the visitor who asks. */
export type OwnConversation = {
  id: string;
  contactId: string | null;
  currentRunId: string | null;
};

/**
 * The conversation of a visitor with this id.
 * @throws AppError `not_found` for those of others, and of other chats
 */
export async function requireOwn(
  pool: Pool,
  visitor: Visitor,
  conversationId: string,
): Promise<OwnConversation> {
  const { rows } = await pool.query<OwnConversation>({
    name: 'own-conversation',
    text: `SELECT id, "contactId", "currentRunId" FROM "Conversation"
            WHERE id = $1 AND "identityId" = $2 AND "deploymentId" = $3`,
    values: [conversationId, visitor.id, visitor.chat.id],
  });
  if (rows[0]) return rows[0];
  throw new AppError('not_found', 'Conversation not found.');
}

/** The conversations of a visitor, the newest first. */
export async function listOwn(
  pool: Pool,
  visitor: Visitor,
  { cursor, limit }: ListQuery,
): Promise<Page<VisitorConversation>> {
  const { at, id } = cursorParams(cursor);
  const { rows } = await pool.query<{
    id: string;
    isFinished: boolean;
    lastSeq: number;
    lastMessage: VisitorConversation['lastMessage'];
    lastMessageAt: Date | null;
    createdAt: Date;
  }>(
    `SELECT c.id, run."finishedAt" IS NOT NULL AS "isFinished", c."lastSeq", c."lastMessage",
            c."lastMessageAt", c."createdAt"
       FROM "Conversation" c LEFT JOIN "Run" run ON run.id = c."currentRunId"
      WHERE c."identityId" = $1 AND c."deploymentId" = $2
        AND ($3::timestamptz IS NULL OR (c."createdAt", c.id) < ($3, $4))
      ORDER BY c."createdAt" DESC, c.id DESC LIMIT $5`,
    [visitor.id, visitor.chat.id, at, id, limit + 1],
  );
  return toPage(
    rows,
    limit,
    (row) => ({ at: row.createdAt, id: row.id }),
    ({ createdAt, lastMessageAt, ...row }) => ({
      ...row,
      lastMessageAt: lastMessageAt?.toISOString() ?? null,
      createdAt: createdAt.toISOString(),
    }),
  );
}

/** @throws AppError `over_limit` */
async function requireFew(pool: Pool, { id, chat }: Visitor): Promise<void> {
  const most = chat.settings.limits.openConversations;
  const { rows } = await pool.query<{ open: number }>(
    `SELECT count(*)::int AS open
       FROM "Conversation" c JOIN "Run" run ON run.id = c."currentRunId"
      WHERE c."identityId" = $1 AND run."finishedAt" IS NULL`,
    [id],
  );
  if ((rows[0]?.open ?? 0) < most) return;
  const detail = `You have ${most} open conversations here. Continue one of them.`;
  throw new AppError('over_limit', detail, { retryAfterSeconds: 60 });
}

/** What the site says of its visitor goes to the flow as `input.visitor`; nobody else sets that. */
async function inputOf(
  pool: Pool,
  visitor: Visitor,
  { input = {} }: CreateConversation,
): Promise<JsonObject> {
  const { visitor: _, ...rest } = input;
  if (!visitor.isVerified) return rest;
  const { rows } = await pool.query<{ value: string; claims: JsonObject }>(
    'SELECT value, claims FROM "ContactIdentity" WHERE id = $1',
    [visitor.id],
  );
  const { name = '', email = null, attributes = {} } = rows[0]?.claims ?? {};
  return { ...rest, visitor: { id: rows[0]?.value ?? '', name, email, attributes } };
}

/** @throws AppError `consent_required` */
async function takeConsent(
  pool: Pool,
  { id, contactId, chat }: Visitor,
  given: string | undefined,
): Promise<void> {
  const { consent } = chat.settings;
  if (!consent) return;
  if (given !== consent.version) {
    const detail = 'Agree to the text of this chat first: send its version as `consent`.';
    throw new AppError('consent_required', detail);
  }
  const at = new Date().toISOString();
  const entry = JSON.stringify([{ deploymentId: chat.id, ...consent, at }]);
  const known = JSON.stringify([{ deploymentId: chat.id, version: consent.version }]);
  if (contactId !== null) {
    await pool.query(
      `UPDATE "Contact" SET consent = consent || $2::jsonb
        WHERE id = $1 AND NOT consent @> $3::jsonb`,
      [contactId, entry, known],
    );
    return;
  }
  await pool.query(
    `UPDATE "ContactIdentity" SET claims = jsonb_set(claims, '{consent}', $2::jsonb) WHERE id = $1`,
    [id, entry],
  );
}

type Begun = { id: string; requestHash: string; currentRunId: string | null };

async function findBegun(pool: Pool, visitor: Visitor, requestId: string): Promise<Begun | null> {
  const { rows } = await pool.query<Begun>(
    `SELECT id, "requestHash", "currentRunId" FROM "Conversation"
      WHERE "identityId" = $1 AND "requestId" = $2`,
    [visitor.id, requestId],
  );
  return rows[0] ?? null;
}

async function startNext(
  deps: ConversationDeps,
  { chat }: Visitor,
  conversationId: string,
  request: { requestId: string; input?: JsonObject; locale?: string; timezone?: string },
): Promise<string> {
  const { workspaceId, workflowId, version } = chat;
  const starter = { workspaceId, userId: null, scope: conversationId, conversationId };
  const started = await startRun(deps, starter, workflowId, {
    ...request,
    ...(version !== null && { version }),
  });
  return started.runId;
}

/**
 * Begins a conversation, or finds the one that the same request has begun.
 * @param admit counts it against the limits of its address, where it is a new one
 * @throws AppError `deployment_paused`, `contact_blocked`, `consent_required`, `over_limit`,
 *   `request_id_reused`; the codes of `startRun`
 */
export async function beginConversation(
  deps: ConversationDeps,
  visitor: Visitor,
  request: CreateConversation,
  admit: () => Promise<void>,
): Promise<{ conversationId: string; created: boolean }> {
  const { pool } = deps;
  const { requestId, locale, timezone } = request;
  const { chat } = visitor;
  const hash = canonicalHash([request.input ?? {}, locale ?? null, timezone ?? null]);
  let begun = await findBegun(pool, visitor, requestId);
  const created = begun === null;
  if (!begun) {
    requireOpen(chat);
    requireWelcome(visitor);
    await requireFew(pool, visitor);
    await takeConsent(pool, visitor, request.consent);
    await admit();
    await pool.query(
      `INSERT INTO "Conversation" (id, "workspaceId", "deploymentId", "workflowId", "identityId",
                                   "contactId", "requestId", "requestHash")
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
       ON CONFLICT ("identityId", "requestId") DO NOTHING`,
      [
        ...[randomUUID(), chat.workspaceId, chat.id, chat.workflowId, visitor.id],
        ...[null, requestId, hash],
      ],
    );
    begun = await findBegun(pool, visitor, requestId);
  }
  if (!begun) throw new AppError('not_found', 'The visitor was deleted.');
  if (begun.requestHash !== hash) {
    const detail =
      'This requestId already began a conversation with other input. Use a new one for each.';
    throw new AppError('request_id_reused', detail);
  }
  // Also where whoever began it has died, or Temporal was away.
  await startNext(deps, visitor, begun.id, {
    requestId: 'start',
    input: await inputOf(pool, visitor, request),
    ...(locale !== undefined && { locale }),
    ...(timezone !== undefined && { timezone }),
  });
  return { conversationId: begun.id, created };
}

/** Whether an earlier run of the conversation has the message. */
async function wasTakenBefore(
  pool: Pool,
  { id, currentRunId }: OwnConversation,
  messageId: string,
): Promise<boolean> {
  const { rows } = await pool.query<{ was: boolean }>({
    name: 'message-of-earlier-run',
    text: `SELECT EXISTS (
             SELECT FROM "Run" run JOIN "RunMessage" m ON m."runId" = run.id
              WHERE run."conversationId" = $1 AND run.id <> $2 AND m."messageId" = $3) AS was`,
    values: [id, currentRunId, messageId],
  });
  return rows[0]?.was ?? false;
}

/** @throws AppError `message_too_large` */
function requireShort({ chat }: Visitor, text: string): void {
  const bytes = utf8Bytes(text);
  const most = chat.settings.limits.messageBytes;
  if (bytes <= most) return;
  const detail = `The message has ${bytes} bytes of UTF-8; the limit is ${most}. Shorten it.`;
  throw new AppError('message_too_large', detail);
}

/** How a run says that it takes no more: it has ended, or its workspace keeps it no longer. */
const gone: ReadonlySet<string> = new Set(['run_finished', 'not_found']);

/**
 * Gives a visitor's message to the run of their conversation. Where that has ended the flow begins
 * again, by the version for new conversations.
 * @throws AppError those of `sendMessage` but `run_finished`; `contact_blocked`; those of `startRun`
 */
export async function say(
  deps: ConversationDeps,
  visitor: Visitor,
  conversation: OwnConversation,
  { messageId, text }: VisitorMessage,
): Promise<MessageAccepted> {
  const { pool } = deps;
  requireWelcome(visitor);
  requireShort(visitor, text);
  if (conversation.contactId === null) await ensureContact(pool, visitor, conversation.id);
  if (await wasTakenBefore(pool, conversation, messageId)) {
    return { accepted: true, duplicate: true };
  }
  const message = { message: text, messageId };
  let runId = conversation.currentRunId;
  if (runId !== null) {
    try {
      return await sendMessage(deps, runId, message);
    } catch (error) {
      if (!(error instanceof AppError && gone.has(error.code))) throw error;
    }
    // All of it is told before another run speaks.
    await tellConversation(pool, conversation.id);
  }
  runId = await startNext(deps, visitor, conversation.id, {
    requestId: runId === null ? 'start' : `after ${runId}`,
  });
  return sendMessage(deps, runId, message);
}

/** Keeps what a visitor thinks of a conversation; the newest counts. */
export async function rate(
  pool: Pool,
  conversationId: string,
  { score, text }: { score: number; text?: string | undefined },
): Promise<void> {
  const rating = { score, ...(text && { text }), at: new Date().toISOString() };
  await pool.query('UPDATE "Conversation" SET rating = $2 WHERE id = $1', [
    conversationId,
    JSON.stringify(rating),
  ]);
}
