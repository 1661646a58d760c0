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
import { askOfClient } from '../ask.js';
import { AppError } from '../errors/app-error.js';
import { decodeCursor, toPage } from '../http/cursor.js';
import { wordsOf } from './said.js';

/** The error for a conversation that does not exist, or in which nothing was said. */
export const noSuchConversation = () => new AppError('not_found', 'Conversation not found.');

type Time = 'waitingSince' | 'lastMessageAt' | 'createdAt';

type Row = Omit<Conversation, Time | 'contact'> & {
  contactName: string;
  contactEmail: Contact['email'];
  waitingSince: Date | null;
  lastMessageAt: Date;
  createdAt: Date;
};

const select = `
  SELECT c.id, c."contactId", p.name AS "contactName", p.email AS "contactEmail",
         c."deploymentId", d.name AS "deploymentName", c."workflowId", w.name AS "workflowName",
         c."currentRunId", r.status AS "runStatus", c.control, c.status, c."assigneeId", c.unread,
         c."waitingSince", c."lastMessageAt", c."lastMessage", c.rating, c."createdAt"
    FROM "Conversation" c
    JOIN "Contact" p ON p.id = c."contactId"
    JOIN "Deployment" d ON d.id = c."deploymentId"
    JOIN "Workflow" w ON w.id = c."workflowId"
    LEFT JOIN "Run" r ON r.id = c."currentRunId"`;

/** Conversations as those see them who may read what was said, or not. */
const tellerOf =
  ({ may }: Pick<Access, 'may'>) =>
  ({ contactName, contactEmail, ...row }: Row): Conversation => ({
    ...row,
    contact: { id: row.contactId, name: contactName, email: contactEmail },
    waitingSince: row.waitingSince?.toISOString() ?? null,
    lastMessageAt: row.lastMessageAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    ...(!may('transcript.read') && { lastMessage: null, rating: withoutText(row.rating) }),
  });

/** A rating without what its visitor wrote. */
const withoutText = (rating: Conversation['rating']): Conversation['rating'] =>
  rating && { score: rating.score, at: rating.at };

/** Which conversations each view shows. @param me SQL of the id of who asks */
const views: Record<ListConversations['view'], (me: () => string) => string> = {
  mine: (me) => `c."assigneeId" = ${me()} AND c.status <> 'closed'`,
  unassigned: () => `c."assigneeId" IS NULL AND c.status IN ('open', 'waiting')`,
  waiting: () => 'c."waitingSince" IS NOT NULL',
  snoozed: () => `c.status = 'snoozed'`,
  closed: () => `c.status = 'closed'`,
  all: () => 'true',
};

/** Which conversations, and which page of them. */
export type ConversationFilter = ListConversations & { contactId?: string };

/**
 * The conversations of a workspace in which something was said, the last ones first.
 * @throws AppError `forbidden` for a search by those who may not read what was said
 */
export async function listConversations(
  pool: Pool,
  access: Access,
  { view, q, cursor, limit, ...filter }: ConversationFilter,
): Promise<Page<Conversation>> {
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
    const words = await wordsOf(askOfClient(pool), q);
    if (words === null) return { items: [], nextCursor: null };
    conditions.push(`EXISTS (
      SELECT FROM "ConversationEvent" e
       WHERE e."conversationId" = c.id AND e.words @@ ${value(words)}::tsquery)`);
  }
  if (cursor !== undefined) {
    const { at, id } = decodeCursor(cursor);
    conditions.push(`(c."lastMessageAt", c.id) < (${value(at)}, ${value(id)})`);
  }
  const { rows } = await pool.query<Row>(
    `${select} WHERE ${conditions.join(' AND ')}
      ORDER BY c."lastMessageAt" DESC, c.id DESC LIMIT ${value(limit + 1)}`,
    values,
  );
  const position = ({ lastMessageAt, id }: Row) => ({ at: lastMessageAt, id });
  return toPage(rows, limit, position, tellerOf(access));
}

type RunRow = { runId: string; status: RunStatus; startedAt: Date };

/** A conversation with its runs, the oldest first. @throws AppError `not_found` */
export async function readConversation(
  pool: Pool,
  access: Access,
  id: string,
): Promise<ConversationDetail> {
  const { rows } = await pool.query<Row>(`${select} WHERE c.id = $1`, [id]);
  if (!rows[0]) throw noSuchConversation();
  const { rows: runs } = await pool.query<RunRow>(
    `SELECT id AS "runId", status, "startedAt" FROM "Run"
      WHERE "conversationId" = $1 ORDER BY "startedAt", id`,
    [id],
  );
  return {
    ...tellerOf(access)(rows[0]),
    runs: runs.map((run) => ({ ...run, startedAt: run.startedAt.toISOString() })),
  };
}
