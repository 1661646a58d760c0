import { type Conversation, limits, type TeamEvent } from '@crmflow/contracts';
import { publish, transaction } from '@crmflow/db';
import type { Pool } from 'pg';
import { type Act, audit } from '../access/audit.js';
import type { Access } from '../access/authorize.js';
import { membersWith } from '../access/members-with.js';
import { type Ask, askOfClient } from '../ask.js';
import { AppError } from '../errors/app-error.js';
import { conversationResource } from './claim.js';
import { mentionsIn } from './mentions.js';
import { noSuchConversation, readListed } from './read-conversations.js';
import { addTeamEvent, readTeamEvent, requireFewNotes, type TeamAct } from './team-events.js';

type Now = { status: string; assigneeId: string | null; snoozedUntil: Date | null };

/** What is to become of a conversation. */
type Change = {
  /** SQL, with its values from `$2` on. */
  set: string;
  values?: unknown[];
  act: TeamAct;
  audited: Pick<Act, 'action' | 'changes'>;
};

/** @throws AppError `not_found` */
async function lock(ask: Ask, id: string): Promise<Now> {
  const [now] = await ask<Now>(
    `SELECT status, "assigneeId", "snoozedUntil" FROM "Conversation"
      WHERE id = $1 FOR NO KEY UPDATE`,
    [id],
  );
  if (!now) throw noSuchConversation();
  return now;
}

/**
 * Changes a conversation, and tells everybody who looks at the inbox.
 * @param decide gives null if nothing has to change
 */
async function change(
  pool: Pool,
  access: Access,
  id: string,
  decide: (now: Now, ask: Ask) => Promise<Change | null> | Change | null,
): Promise<Conversation> {
  const { workspaceId, principal } = access;
  const { listed, isChanged } = await transaction(pool, async (client) => {
    const ask = askOfClient(client);
    const decided = await decide(await lock(ask, id), ask);
    if (decided) {
      const { set, values = [], act, audited } = decided;
      await ask(`UPDATE "Conversation" SET ${set} WHERE id = $1`, [id, ...values]);
      await addTeamEvent(ask, { conversationId: id, userId: principal.userId }, act);
      await audit(ask, access, { ...audited, resource: conversationResource(id) });
    }
    return { listed: await readListed(ask, access, id), isChanged: decided !== null };
  });
  if (isChanged) await publish(pool, { kind: 'inbox', workspaceId, conversationId: id });
  return listed;
}

const invalid = (path: string, message: string) =>
  new AppError('invalid', `${path} ${message}.`, { errors: [{ path, message }] });

/**
 * Gives a conversation to a member, or to nobody.
 * @throws AppError `invalid` if they are not a member who may answer
 */
export const assign = (pool: Pool, access: Access, id: string, userId: string | null) =>
  change(pool, access, id, async (now, ask) => {
    if (userId !== null) {
      const { workspaceId } = access;
      const [member] = await membersWith(ask, 'conversation.answer', { workspaceId, userId });
      if (!member) throw invalid('userId', 'must be a member of the workspace who may answer');
    }
    if (now.assigneeId === userId) return null;
    return {
      ...{ set: '"assigneeId" = $2', values: [userId] },
      act: { type: 'assigned', data: { assigneeId: userId } },
      audited: { action: 'conversation.assign', changes: { from: now.assigneeId, to: userId } },
    };
  });

const dayMs = 24 * 3600 * 1000;

/**
 * Puts a conversation aside until a time or the next message of its visitor; null ends that. One that
 * was closed is open again then.
 * @throws AppError `invalid` for a time that is past, or too far ahead
 */
export const snooze = (pool: Pool, access: Access, id: string, until: Date | null) =>
  change(pool, access, id, (now) => {
    const ms = until === null ? null : until.getTime() - Date.now();
    if (ms !== null && ms <= 0) throw invalid('until', 'must be in the future');
    if (ms !== null && ms > limits.snoozeDays * dayMs) {
      throw invalid('until', `must be within ${limits.snoozeDays} days`);
    }
    if ((now.snoozedUntil?.getTime() ?? null) === (until?.getTime() ?? null)) return null;
    const at = until?.toISOString() ?? null;
    const reopened = until === null ? '' : `, status = replace(status, 'closed', 'open')`;
    return {
      ...{ set: `"snoozedUntil" = $2${reopened}`, values: [until] },
      act: { type: 'snoozed', data: { until: at } },
      audited: { action: 'conversation.snooze', changes: { until: at } },
    };
  });

/** Closes a conversation: nobody waits there any more. Its next message opens it again. */
export const close = (pool: Pool, access: Access, id: string) =>
  change(pool, access, id, (now) => {
    if (now.status === 'closed') return null;
    return {
      set: `status = 'closed', "waitingSince" = NULL, "snoozedUntil" = NULL, unread = 0`,
      act: { type: 'closed', data: {} },
      audited: { action: 'conversation.close' },
    };
  });

/** Opens a conversation that was closed. */
export const reopen = (pool: Pool, access: Access, id: string) =>
  change(pool, access, id, (now) => {
    if (now.status !== 'closed') return null;
    return {
      set: `status = 'open'`,
      act: { type: 'reopened', data: {} },
      audited: { action: 'conversation.reopen' },
    };
  });

/**
 * Notes something for the team; visitors never see it.
 * @throws AppError `notes_full`
 */
export async function note(
  pool: Pool,
  access: Access,
  id: string,
  text: string,
): Promise<TeamEvent> {
  const { workspaceId, principal } = access;
  const { made, mentions } = await transaction(pool, async (client) => {
    const ask = askOfClient(client);
    await lock(ask, id);
    await requireFewNotes(ask, id);
    const told = mentionsIn(text, await membersWith(ask, 'transcript.read', { workspaceId }));
    const by = { conversationId: id, userId: principal.userId };
    const noted = await addTeamEvent(ask, by, { type: 'note', data: { text, mentions: told } });
    const act = { action: 'conversation.note', resource: conversationResource(id) } as const;
    await audit(ask, access, { ...act, changes: { characters: text.length } });
    return { made: await readTeamEvent(ask, noted), mentions: told };
  });
  // As many as fit into a message: who is not told by it reads it in the conversation.
  const some = mentions.slice(0, 100);
  await publish(pool, { kind: 'inbox', workspaceId, conversationId: id, mentions: some });
  return made;
}

/** Somebody of the team has seen what was said up to a number. */
export async function markRead(
  pool: Pool,
  { workspaceId }: Access,
  id: string,
  seq: number,
): Promise<void> {
  const isChanged = await transaction(pool, async (client) => {
    const ask = askOfClient(client);
    // What is told meanwhile is counted after this.
    await lock(ask, id);
    const changed = await ask(
      `UPDATE "Conversation" c SET unread = later.said
         FROM (SELECT count(*)::int AS said FROM "ConversationEvent"
                WHERE "conversationId" = $1 AND seq > $2 AND type = 'message'
                  AND data->>'role' = 'visitor') later
        WHERE c.id = $1 AND c.unread > later.said RETURNING c.id`,
      [id, seq],
    );
    return changed.length > 0;
  });
  if (isChanged) await publish(pool, { kind: 'inbox', workspaceId, conversationId: id });
}
