import type {
  Contact,
  Conversation,
  ConversationDetail,
  ListConversations,
  Page,
  RunStatus,
} from '@crmflow/contracts';
import type { Pool } from 'pg';
import { type Access, requireAlso } from '../access/authorize.js';
import { type Ask, askOfClient } from '../ask.js';
import { AppError } from '../errors/app-error.js';
import { decodeCursor, toPage } from '../http/cursor.js';
import { wordsOf } from './said.js';
import { readUnsaid } from './suggestion.js';

/** The error for a conversation that does not exist, or in which nothing was said. */
export const noSuchConversation = () => new AppError('not_found', 'Conversation not found.');

type Time = 'waitingSince' | 'snoozedUntil' | 'lastMessageAt' | 'createdAt';

type Row = Omit<Conversation, Time | 'contact'> & {
  contactName: string;
  contactEmail: Contact['email'];
  waitingSince: Date | null;
  snoozedUntil: Date | null;
  lastMessageAt: Date;
  createdAt: Date;
};

const isSnoozed = `(c."snoozedUntil" > now() AND c.status <> 'closed')`;
/** Somebody of the team may have to do something now. */
const isDue = `c.status <> 'closed' AND (c."snoozedUntil" IS NULL OR c."snoozedUntil" <= now())`;

const nameOfUser = (id: string) =>
  `(SELECT coalesce(nullif(name, ''), email) FROM "User" WHERE "User".id = ${id})`;

/** Names are looked up one by one: to plan a join of seven tables takes longer than to read a page. */
const select = `
  SELECT c.id, c."contactId", p.name AS "contactName", p.email AS "contactEmail", c."deploymentId",
         (SELECT name FROM "Deployment" d WHERE d.id = c."deploymentId") AS "deploymentName",
         c."workflowId", (SELECT name FROM "Workflow" w WHERE w.id = c."workflowId") AS "workflowName",
         c."currentRunId", (SELECT status FROM "Run" r WHERE r.id = c."currentRunId") AS "runStatus",
         c.control, CASE WHEN ${isSnoozed} THEN 'snoozed' ELSE c.status END AS status,
         c."assigneeId", ${nameOfUser('c."assigneeId"')} AS "assigneeName",
         CASE WHEN c."heldBy" IS NOT NULL THEN jsonb_build_object(
           'userId', c."heldBy", 'name', coalesce(${nameOfUser('c."heldBy"')}, '')) END AS "heldBy",
         c.unread,
         c."waitingSince", CASE WHEN ${isSnoozed} THEN c."snoozedUntil" END AS "snoozedUntil",
         c."lastMessageAt", c."lastMessage", c.rating, c."createdAt"
    FROM "Conversation" c JOIN "Contact" p ON p.id = c."contactId"`;

/** Conversations as those see them who may read what was said, or not. */
const tellerOf =
  ({ may }: Pick<Access, 'may'>) =>
  ({ contactName, contactEmail, ...row }: Row): Conversation => ({
    ...row,
    contact: { id: row.contactId, name: contactName, email: contactEmail },
    waitingSince: row.waitingSince?.toISOString() ?? null,
    snoozedUntil: row.snoozedUntil?.toISOString() ?? null,
    lastMessageAt: row.lastMessageAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    ...(!may('transcript.read') && { lastMessage: null, rating: withoutText(row.rating) }),
  });

/** A rating without what its visitor wrote. */
const withoutText = (rating: Conversation['rating']): Conversation['rating'] =>
  rating && { score: rating.score, at: rating.at };

/** Which conversations each view shows. @param me SQL of the id of who asks */
export const views: Record<ListConversations['view'], (me: () => string) => string> = {
  mine: (me) => `c."assigneeId" = ${me()} AND ${isDue}`,
  unassigned: () => `c."assigneeId" IS NULL AND ${isDue}`,
  waiting: () => `c."waitingSince" IS NOT NULL AND ${isDue}`,
  snoozed: () => isSnoozed,
  closed: () => `c.status = 'closed'`,
  all: () => 'true',
};

/** Which conversations, and which page of them. */
export type ConversationFilter = ListConversations & { contactId?: string };

/** The order of a list: by a time and the id. */
type Order = { by: 'lastMessageAt' | 'waitingSince'; first: 'ASC' | 'DESC' };

const newestFirst: Order = { by: 'lastMessageAt', first: 'DESC' };
const longestFirst: Order = { by: 'waitingSince', first: 'ASC' };

/**
 * The conversations of a workspace in which something was said: the last ones first, of those that
 * wait the one that has waited longest.
 * @throws AppError `forbidden` for a search by those who may not read what was said
 */
export async function listConversations(
  pool: Pool,
  access: Access,
  { view, q, cursor, limit, ...filter }: ConversationFilter,
): Promise<Page<Conversation>> {
  const { by, first } = view === 'waiting' ? longestFirst : newestFirst;
  const values: unknown[] = [];
  const value = (given: unknown) => `$${values.push(given)}`;
  const conditions = [
    `c."workspaceId" = ${value(access.workspaceId)}`,
    'c."contactId" IS NOT NULL AND c."lastMessageAt" IS NOT NULL',
    views[view](() => value(access.principal.userId)),
  ];
  for (const name of ['contactId', 'deploymentId', 'workflowId'] as const) {
    if (filter[name] !== undefined) conditions.push(`c."${name}" = ${value(filter[name])}`);
  }
  if (q !== undefined && q.trim() !== '') {
    requireAlso(access, 'transcript.read');
    const words = await wordsOf(askOfClient(pool), access.workspaceId, q);
    if (words === null) return { items: [], nextCursor: null };
    conditions.push(`EXISTS (
      SELECT FROM "ConversationEvent" e
       WHERE e."conversationId" = c.id AND e.words @@ ${value(words)}::tsquery)`);
  }
  if (cursor !== undefined) {
    const { at, id } = decodeCursor(cursor);
    const after = first === 'ASC' ? '>' : '<';
    conditions.push(`(c."${by}", c.id) ${after} (${value(at)}, ${value(id)})`);
  }
  const { rows } = await pool.query<Row>(
    `${select} WHERE ${conditions.join(' AND ')}
      ORDER BY c."${by}" ${first}, c.id ${first} LIMIT ${value(limit + 1)}`,
    values,
  );
  const position = (row: Row) => ({ at: row[by] ?? row.lastMessageAt, id: row.id });
  return toPage(rows, limit, position, tellerOf(access));
}

/** One conversation as lists have it. @throws AppError `not_found` */
export async function readListed(ask: Ask, access: Access, id: string): Promise<Conversation> {
  const [row] = await ask<Row>(`${select} WHERE c.id = $1`, [id]);
  if (!row) throw noSuchConversation();
  return tellerOf(access)(row);
}

type RunRow = { runId: string; status: RunStatus; startedAt: Date };

/** A conversation with its runs, the oldest first. @throws AppError `not_found` */
export async function readConversation(
  pool: Pool,
  access: Access,
  id: string,
): Promise<ConversationDetail> {
  const listed = await readListed(askOfClient(pool), access, id);
  const { rows: runs } = await pool.query<RunRow>(
    `SELECT id AS "runId", status, "startedAt" FROM "Run"
      WHERE "conversationId" = $1 ORDER BY "startedAt", id`,
    [id],
  );
  return {
    ...listed,
    suggestion: access.may('transcript.read') ? await readUnsaid(pool, id) : null,
    runs: runs.map((run) => ({ ...run, startedAt: run.startedAt.toISOString() })),
  };
}
