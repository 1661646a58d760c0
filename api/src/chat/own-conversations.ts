import type { ListQuery, Page, VisitorConversation } from '@crmflow/contracts';
import type { Pool } from 'pg';
import { AppError } from '../errors/app-error.js';
import { cursorParams, toPage } from '../http/cursor.js';
import type { Visitor } from './visitors.js';

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
