import { randomUUID } from 'node:crypto';
import type { CreateConversation, JsonObject, VisitorMessage } from '@crmflow/contracts';
import { tellConversation, transaction } from '@crmflow/db';
import type { RunStart } from '@crmflow/workflows';
import type { Pool, PoolClient } from 'pg';
import { canonicalHash } from '../canonical-hash.js';
import type { Deps, RunDeps } from '../deps.js';
import { AppError } from '../errors/app-error.js';
import { type MessageAccepted, requireShort, sendMessage } from '../runs/send-message.js';
import { startRun } from '../runs/start-run.js';
import { burstOf } from './burst-of.js';
import { requireOpen } from './chats.js';
import { ensureContact } from './ensure-contact.js';
import type { OwnConversation } from './own-conversations.js';
import { requireWelcome, type Visitor } from './visitors.js';

/** What starting and feeding conversations needs. */
export type ConversationDeps = RunDeps & Pick<Deps, 'budgets' | 'starts'>;

/**
 * Counts also what begins at this moment and has no run yet. What never got one, because the workspace
 * was over its budget, say, is soon no longer counted.
 * @throws AppError `over_limit`
 */
async function requireFew(pool: Pool | PoolClient, { id, chat }: Visitor): Promise<void> {
  const most = chat.settings.limits.openConversations;
  const { rows } = await pool.query<{ open: number }>(
    `SELECT count(*)::int AS open
       FROM "Conversation" c LEFT JOIN "Run" run ON run.id = c."currentRunId"
      WHERE c."identityId" = $1 AND run."finishedAt" IS NULL
        AND (run.id IS NOT NULL OR c."createdAt" > now() - interval '1 minute')`,
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

type Begun = { id: string; requestHash: string };

async function findBegun(pool: Pool, visitor: Visitor, requestId: string): Promise<Begun | null> {
  const { rows } = await pool.query<Begun>(
    `SELECT id, "requestHash" FROM "Conversation" WHERE "identityId" = $1 AND "requestId" = $2`,
    [visitor.id, requestId],
  );
  return rows[0] ?? null;
}

/** By what the next run of a conversation is asked for, whoever asks: so there is one. */
export const nextRequestId = (currentRunId: string | null): string =>
  currentRunId === null ? 'start' : `after ${currentRunId}`;

type Next = { runId: string; created: boolean };

/** The run that a request of a conversation has led to. */
async function findNext(pool: Pool, conversationId: string, requestId: string): Promise<Next> {
  const { rows } = await pool.query<{ id: string }>(
    `SELECT id FROM "Run"
      WHERE "conversationId" = $1 AND "requestScope" = $1 AND "requestId" = $2`,
    [conversationId, requestId],
  );
  if (!rows[0]) throw new AppError('not_found', 'Conversation not found.');
  return { runId: rows[0].id, created: false };
}

/**
 * Starts the next run of a conversation, or finds it where somebody else just did: of its first
 * message and the request that began it, say, or before and after the chat got another version. Only
 * one of them decides what the run is given.
 * @param takenOver who has the conversation, where the run is to begin under a person
 */
export async function startNext(
  deps: ConversationDeps,
  { chat }: Pick<Visitor, 'chat'>,
  conversationId: string,
  request: { requestId: string; input?: JsonObject; locale?: string; timezone?: string },
  takenOver?: RunStart['takenOver'],
): Promise<Next> {
  const { workspaceId, workflowId, version, settings } = chat;
  const of = {
    ...{ scope: conversationId, conversationId, burst: burstOf(settings) },
    ...(takenOver && { takenOver }),
  };
  const starter = { workspaceId, userId: null, ...of };
  try {
    const { runId, created } = await startRun(deps, starter, workflowId, {
      ...request,
      ...(version !== null && { version }),
    });
    return { runId, created };
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'request_id_reused')) throw error;
    return findNext(deps.pool, conversationId, request.requestId);
  }
}

/**
 * Stores a conversation, unless its request has done so before. Conversations of one visitor begin one
 * after the other, so that all are counted.
 * @throws AppError `over_limit`
 */
async function insertConversation(
  pool: Pool,
  visitor: Visitor,
  { requestId, hash }: { requestId: string; hash: string },
): Promise<void> {
  const { id, chat } = visitor;
  await transaction(pool, async (client) => {
    const { rowCount } = await client.query(
      'SELECT FROM "ContactIdentity" WHERE id = $1 FOR NO KEY UPDATE',
      [id],
    );
    if (rowCount === 0) throw new AppError('not_found', 'The visitor was deleted.');
    const { rowCount: begun } = await client.query(
      'SELECT FROM "Conversation" WHERE "identityId" = $1 AND "requestId" = $2',
      [id, requestId],
    );
    if (begun !== 0) return;
    await requireFew(client, visitor);
    await client.query(
      `INSERT INTO "Conversation" (id, "workspaceId", "deploymentId", "workflowId", "identityId",
                                   "requestId", "requestHash")
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [randomUUID(), chat.workspaceId, chat.id, chat.workflowId, id, requestId, hash],
    );
  });
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
    await insertConversation(pool, visitor, { requestId, hash });
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

/** How a run says that it takes no more: it has ended, or its workspace keeps it no longer. */
const gone: ReadonlySet<string> = new Set(['run_finished', 'not_found']);

/** Whether a run takes no more. */
export const isGone = (error: unknown) => error instanceof AppError && gone.has(error.code);

/** Others may start a run and see its end while a message looks for one: so often it looks further. */
export const mostRuns = 3;

/**
 * Gives a visitor's message to the run of their conversation. Where that has ended the flow begins
 * again, by the version for new conversations.
 * @throws AppError those of `sendMessage`, `run_finished` only where the flow ends without listening;
 *   `contact_blocked`; those of `startRun`
 */
export async function say(
  deps: ConversationDeps,
  visitor: Visitor,
  conversation: OwnConversation,
  { messageId, text }: VisitorMessage,
): Promise<MessageAccepted> {
  const { pool } = deps;
  requireWelcome(visitor);
  requireShort(text, visitor.chat.settings.limits.messageBytes);
  if (conversation.contactId === null) await ensureContact(pool, visitor, conversation.id);
  if (await wasTakenBefore(pool, conversation, messageId)) {
    return { accepted: true, duplicate: true };
  }
  const message = { message: text, messageId };
  let runId = conversation.currentRunId;
  for (let runs = 0; ; runs += 1) {
    let isNew = false;
    if (runId === null || runs > 0) {
      const requestId = nextRequestId(runId);
      ({ runId, created: isNew } = await startNext(deps, visitor, conversation.id, { requestId }));
    }
    try {
      return await sendMessage(deps, runId, message);
    } catch (error) {
      if (!isGone(error) || isNew || runs === mostRuns) throw error;
    }
    // All of it is told before another run speaks.
    await tellConversation(pool, conversation.id);
  }
}
