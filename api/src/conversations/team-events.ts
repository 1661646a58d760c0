import { randomUUID } from 'node:crypto';
import { type Json, limits, type ListQuery, type Page, type TeamEvent } from '@crmflow/contracts';
import type { Pool } from 'pg';
import type { Ask } from '../ask.js';
import { AppError } from '../errors/app-error.js';
import { cursorParams, toPage } from '../http/cursor.js';

/** What a team event holds besides who and when: people by their ids, times in ISO 8601. */
export type TeamAct =
  | { type: 'note'; data: { text: string; mentions: string[] } }
  | { type: 'assigned'; data: { assigneeId: string | null } }
  | { type: 'snoozed'; data: { until: string | null } }
  | { type: 'closed' | 'reopened'; data: Record<string, never> };

type Row = {
  id: string;
  at: Date;
  type: TeamEvent['type'];
  userId: string;
  data: { text?: string; mentions?: string[]; assigneeId?: string | null; until?: string | null };
  /** What the people in it are called, by id. */
  names: Record<string, string> | null;
};

function toTeamEvent({ id, at, type, userId, data, names }: Row): TeamEvent {
  const named = (one: string) => ({ id: one, name: names?.[one] ?? '' });
  const { text, mentions, assigneeId, until } = data;
  return {
    ...{ id, at: at.toISOString(), type, by: named(userId) },
    ...(text !== undefined && { text }),
    ...(mentions && { mentions: mentions.map(named) }),
    ...(assigneeId !== undefined && { assignee: assigneeId === null ? null : named(assigneeId) }),
    ...(until !== undefined && { until }),
  };
}

const select = `
  SELECT e.id, e.at, e.type, e."userId", e.data, (
           SELECT jsonb_object_agg(u.id, coalesce(nullif(u.name, ''), u.email)) FROM "User" u
            WHERE u.id = e."userId" OR u.id = e.data->>'assigneeId'
               OR e.data->'mentions' ? u.id) AS names
    FROM "TeamEvent" e`;

/** What the team did with a conversation and noted there, the oldest first. */
export async function listTeamEvents(
  pool: Pool,
  conversationId: string,
  { cursor, limit }: ListQuery,
): Promise<Page<TeamEvent>> {
  const { at, id } = cursorParams(cursor);
  const { rows } = await pool.query<Row>(
    `${select} WHERE e."conversationId" = $1
        AND ($2::timestamptz IS NULL OR (e.at, e.id) > ($2, $3))
      ORDER BY e.at, e.id LIMIT $4`,
    [conversationId, at, id, limit + 1],
  );
  return toPage(rows, limit, (row) => ({ at: row.at, id: row.id }), toTeamEvent);
}

/** @throws AppError `notes_full` */
export async function requireFewNotes(ask: Ask, conversationId: string): Promise<void> {
  const [row] = await ask<{ notes: number }>(
    `SELECT count(*)::int AS notes FROM "TeamEvent" WHERE "conversationId" = $1 AND type = 'note'`,
    [conversationId],
  );
  if ((row?.notes ?? 0) < limits.teamNotes) return;
  const detail = `The conversation has ${limits.teamNotes} notes, which is the limit.`;
  throw new AppError('notes_full', detail);
}

/** Adds to what the team did. Notes are all kept; of the rest, only the newest. */
export async function addTeamEvent(
  ask: Ask,
  { conversationId, userId }: { conversationId: string; userId: string },
  { type, data }: TeamAct,
): Promise<string> {
  const id = randomUUID();
  await ask(
    `INSERT INTO "TeamEvent" (id, "conversationId", type, "userId", data) VALUES ($1, $2, $3, $4, $5)`,
    [id, conversationId, type, userId, JSON.stringify(data satisfies Json)],
  );
  if (type !== 'note') {
    await ask(
      `DELETE FROM "TeamEvent" WHERE id IN (
         SELECT id FROM "TeamEvent" WHERE "conversationId" = $1 AND type <> 'note'
          ORDER BY at DESC, id DESC OFFSET ${limits.teamActs})`,
      [conversationId],
    );
  }
  return id;
}

/** One team event. @throws Error if it does not exist */
export async function readTeamEvent(ask: Ask, id: string): Promise<TeamEvent> {
  const [row] = await ask<Row>(`${select} WHERE e.id = $1`, [id]);
  if (!row) throw new Error(`The team event ${id} is gone`);
  return toTeamEvent(row);
}
