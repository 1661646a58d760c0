import { randomUUID } from 'node:crypto';
import {
  type HandBackConversation,
  isFinal,
  type OperatorMessage,
  type TakeOverConversation,
} from '@crmflow/contracts';
import { tellConversation } from '@crmflow/db';
import type { PersonSignal } from '@crmflow/workflows';
import type { Pool } from 'pg';
import type { Access } from '../access/authorize.js';
import { findChatOf } from '../chat/chats.js';
import {
  type ConversationDeps,
  isGone,
  mostRuns,
  nextRequestId,
  startNext,
} from '../chat/conversations.js';
import type { RunDeps } from '../deps.js';
import { AppError } from '../errors/app-error.js';
import { isTemporalUnavailable } from '../errors/temporal.js';
import { launchStored } from '../runs/launch.js';
import { readRunHead } from '../runs/run-head.js';
import { type MessageAccepted, requireShort } from '../runs/send-message.js';
import { nodeIdsOf, requireNodes } from '../runs/steps/flow-nodes.js';
import { claim, type Claim, release, stampOfHolder } from './claim.js';

/** Somebody as runs and customers know them: by the name of their profile. */
async function personOf(pool: Pool, { principal }: Access) {
  const { userId } = principal;
  const { rows } = await pool.query<{ name: string }>('SELECT name FROM "User" WHERE id = $1', [
    userId,
  ]);
  return { userId, name: rows[0]?.name ?? '' };
}

/** Tells a run what a person does. @returns false where it takes no more */
async function tellRun(deps: RunDeps, runId: string, input: PersonSignal): Promise<boolean> {
  try {
    const { status, launched } = await readRunHead(deps.pool, runId);
    if (isFinal(status)) return false;
    // Temporal may know nothing of it yet.
    if (!launched) await launchStored(deps, runId);
    return await deps.engine.tellOfPerson(runId, input);
  } catch (error) {
    if (isGone(error)) return false;
    throw error;
  }
}

/** Takes the conversation over in its run, or in the next one where that has ended. */
async function tellTaken(
  deps: ConversationDeps,
  conversationId: string,
  { runId: current, at }: Claim,
  by: PersonSignal['by'],
): Promise<string> {
  const taken = { id: randomUUID(), by, at };
  let runId = current;
  for (let runs = 0; ; runs += 1) {
    if (runId !== null && (await tellRun(deps, runId, { kind: 'takeOver', ...taken }))) {
      return runId;
    }
    if (runs === mostRuns) {
      const detail =
        'The flow ends again and again without waiting. Try again once it was corrected.';
      throw new AppError('run_finished', detail);
    }
    // All of it is told before another run begins.
    await tellConversation(deps.pool, conversationId);
    const chat = await findChatOf(deps.pool, conversationId);
    const requestId = nextRequestId(runId);
    try {
      const next = await startNext(deps, { chat }, conversationId, { requestId }, taken);
      if (next.created) return next.runId;
      ({ runId } = next);
    } catch (error) {
      // It is written down, and begins once Temporal is back.
      const begun = isTemporalUnavailable(error) ? await begunBy(deps.pool, taken.id) : null;
      if (begun === null) throw error;
      return begun;
    }
  }
}

/** The run that a take-over has written down. */
async function begunBy(pool: Pool, takenId: string): Promise<string | null> {
  const { rows } = await pool.query<{ id: string }>(
    `SELECT id FROM "Run" WHERE "takenOver"->>'id' = $1 AND "launchedAt" IS NULL`,
    [takenId],
  );
  return rows[0]?.id ?? null;
}

/**
 * Takes a conversation over: the flow falls silent. Of all who expect the same at once, one does.
 * @throws AppError `already_taken`, with `takenBy`; the codes of `startRun` where its run has ended;
 *   the client's error where Temporal does not answer: then nobody has taken it
 */
export async function takeOver(
  deps: ConversationDeps,
  access: Access,
  conversationId: string,
  { expect }: TakeOverConversation,
): Promise<{ runId: string }> {
  const { pool } = deps;
  const by = await personOf(pool, access);
  const claimed = await claim(pool, access, conversationId, expect);
  try {
    return { runId: await tellTaken(deps, conversationId, claimed, by) };
  } catch (error) {
    await claimed.undo();
    throw error;
  }
}

/** Whether what a person says was told already, by this or an earlier run. */
async function wasSaid(pool: Pool, conversationId: string, messageId: string): Promise<boolean> {
  const { rows } = await pool.query<{ was: boolean }>(
    `SELECT EXISTS (
       SELECT FROM "ConversationEvent"
        WHERE "conversationId" = $1 AND type = 'message' AND starts_with(key, $2)) AS was`,
    [conversationId, `operator ${messageId} `],
  );
  return rows[0]?.was ?? false;
}

/**
 * Says something in place of the flow; accepted once Temporal holds it. The same messageId counts once.
 * @throws AppError `not_in_control`, `message_too_large`; the client's error where Temporal does not
 *   answer: then send it again with the same messageId
 */
export async function sayAsOperator(
  deps: RunDeps,
  access: Access,
  conversationId: string,
  { messageId, text }: OperatorMessage,
): Promise<MessageAccepted> {
  const { pool } = deps;
  requireShort(text);
  if (await wasSaid(pool, conversationId, messageId)) return { accepted: true, duplicate: true };
  const by = await personOf(pool, access);
  const { runId, at } = await stampOfHolder(pool, access, conversationId);
  const said = { kind: 'say', messageId, text, by, at } as const;
  if (runId !== null && (await tellRun(deps, runId, said))) {
    return { accepted: true, duplicate: false };
  }
  const detail = 'The run of this conversation has ended. Take the conversation over again.';
  throw new AppError('not_in_control', detail);
}

/**
 * Hands a conversation back to its flow.
 * @throws AppError `not_in_control`, `invalid` for a node that is not in the flow; the client's error
 *   where Temporal does not answer: then it is still yours
 */
export async function handBack(
  deps: RunDeps,
  access: Access,
  conversationId: string,
  { how, nodeId, note }: HandBackConversation,
): Promise<{ accepted: true }> {
  const { pool } = deps;
  const by = await personOf(pool, access);
  if (nodeId !== undefined) {
    const { runId } = await stampOfHolder(pool, access, conversationId);
    const known = await nodeIdsOf(pool, runId ?? '');
    requireNodes(known, [{ path: 'nodeId', nodeId }]);
  }
  const released = await release(pool, access, conversationId, { how });
  const { runId, at } = released;
  try {
    const input: PersonSignal = {
      kind: 'handBack',
      ...{ id: randomUUID(), how, by, at, keepsInstants: true },
      ...(nodeId !== undefined && { nodeId }),
      ...(note !== undefined && note.trim() !== '' && { note }),
    };
    // A run that has ended meanwhile has nothing to continue.
    if (runId !== null) await tellRun(deps, runId, input);
    return { accepted: true };
  } catch (error) {
    await released.undo();
    throw error;
  }
}
