import { transaction } from '@crmflow/db';
import type { Pool } from 'pg';
import { audit } from '../access/audit.js';
import type { Access } from '../access/authorize.js';
import { askOfClient } from '../ask.js';
import { AppError } from '../errors/app-error.js';
import { noSuchConversation } from './read-conversations.js';

/** The audit log names a conversation by its id alone: entries outlive what was erased. */
export const conversationResource = (id: string) => ({ kind: 'conversation', id, name: id });

/**
 * The next stamp of a person's doing. It only grows, so two people's inputs are in order wherever
 * their requests are handled.
 */
const nextStamp = `greatest(clock_timestamp(), c."controlAt" + interval '1 ms')`;

/** A conversation that was changed: its run, and the stamp of the change in epoch milliseconds. */
export type Claim = { runId: string | null; at: number };

type Row = { runId: string | null; at: Date; before: string | null };

type Holder = { userId: string; name: string };

async function holderOf(pool: Pool, conversationId: string): Promise<Holder | null> {
  const { rows } = await pool.query<{ userId: string | null; name: string | null }>(
    `SELECT c."assigneeId" AS "userId", coalesce(nullif(u.name, ''), u.email) AS name
       FROM "Conversation" c LEFT JOIN "User" u ON u.id = c."assigneeId"
      WHERE c.id = $1`,
    [conversationId],
  );
  if (!rows[0]) throw noSuchConversation();
  const { userId, name } = rows[0];
  return userId === null ? null : { userId, name: name ?? '' };
}

async function alreadyTaken(pool: Pool, conversationId: string): Promise<AppError> {
  const takenBy = await holderOf(pool, conversationId);
  const who = takenBy ? takenBy.name || 'A former member' : 'Nobody';
  return new AppError('already_taken', `${who} has this conversation.`, { extra: { takenBy } });
}

/** Takes back what was claimed, unless somebody has done something since. */
type Undo = () => Promise<void>;

/**
 * Claims a conversation: of all who expect the same at once, one. Whoever has it may claim it again, as
 * when an answer was lost.
 * @param expect the assignee that it must have
 * @returns what was claimed, and how to take it back where the run cannot be told
 * @throws AppError `already_taken`, `not_found`
 */
export async function claim(
  pool: Pool,
  access: Access,
  conversationId: string,
  expect: string | null,
): Promise<Claim & { undo: Undo }> {
  const { userId } = access.principal;
  const row = await transaction(pool, async (client) => {
    const { rows } = await client.query<Row>(
      `UPDATE "Conversation" c
          SET "assigneeId" = $2, "heldBy" = $2, "controlAt" = ${nextStamp}
         FROM (SELECT id, "heldBy" FROM "Conversation" WHERE id = $1 FOR NO KEY UPDATE) found
        WHERE c.id = found.id
          AND (c."assigneeId" IS NOT DISTINCT FROM $3 OR (c."assigneeId" = $2 AND c."heldBy" = $2))
       RETURNING c."currentRunId" AS "runId", c."controlAt" AS at, found."heldBy" AS before`,
      [conversationId, userId, expect],
    );
    if (!rows[0]) return undefined;
    const resource = conversationResource(conversationId);
    await audit(askOfClient(client), access, { action: 'conversation.takeOver', resource });
    return rows[0];
  });
  if (!row) throw await alreadyTaken(pool, conversationId);
  const { runId, at, before } = row;
  return {
    ...{ runId, at: at.getTime() },
    undo: () => restore(pool, conversationId, at, { assigneeId: expect, heldBy: before }),
  };
}

async function restore(
  pool: Pool,
  conversationId: string,
  at: Date,
  { assigneeId, heldBy }: { assigneeId: string | null; heldBy: string | null },
): Promise<void> {
  await pool.query(
    `UPDATE "Conversation" SET "assigneeId" = $3, "heldBy" = $4
      WHERE id = $1 AND "controlAt" = $2`,
    [conversationId, at, assigneeId, heldBy],
  );
}

const notInControl = () =>
  new AppError('not_in_control', 'You do not have this conversation. Take it over first.');

/**
 * Stamps what somebody says who has a conversation.
 * @throws AppError `not_in_control`
 */
export async function stampOfHolder(
  pool: Pool,
  { principal }: Pick<Access, 'principal'>,
  conversationId: string,
): Promise<Claim> {
  const { rows } = await pool.query<Row>(
    `UPDATE "Conversation" c SET "controlAt" = ${nextStamp}
      WHERE id = $1 AND "heldBy" = $2 RETURNING "currentRunId" AS "runId", "controlAt" AS at`,
    [conversationId, principal.userId],
  );
  if (!rows[0]) throw notInControl();
  return { runId: rows[0].runId, at: rows[0].at.getTime() };
}

/**
 * Gives up a conversation: nobody has it then. Where nobody has it and its run does not know that yet,
 * anybody may give it up, as when whoever did has died before the run was told.
 * @throws AppError `not_in_control`
 */
export async function release(
  pool: Pool,
  access: Access,
  conversationId: string,
  changes: { how: string },
): Promise<Claim & { undo: Undo }> {
  const { userId } = access.principal;
  const row = await transaction(pool, async (client) => {
    const { rows } = await client.query<Row>(
      `UPDATE "Conversation" c
            SET "assigneeId" = NULL, "heldBy" = NULL, "controlAt" = ${nextStamp}
        WHERE id = $1 AND ("heldBy" = $2 OR ("heldBy" IS NULL AND control = 'human'))
        RETURNING "currentRunId" AS "runId", "controlAt" AS at`,
      [conversationId, userId],
    );
    if (!rows[0]) throw notInControl();
    const resource = conversationResource(conversationId);
    const act = { action: 'conversation.handBack', resource, changes } as const;
    await audit(askOfClient(client), access, act);
    return rows[0];
  });
  const held = { assigneeId: userId, heldBy: userId };
  return {
    ...{ runId: row.runId, at: row.at.getTime() },
    undo: () => restore(pool, conversationId, row.at, held),
  };
}
