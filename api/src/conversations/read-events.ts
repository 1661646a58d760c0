import { type ConversationEvent, limits, type Page } from '@crmflow/contracts';
import type { Pool } from 'pg';
import { noSuchConversation } from './read-conversations.js';

type Row = {
  lastSeq: number;
  seq: number | null;
  at: Date;
  type: ConversationEvent['type'];
  data: object;
};

/**
 * A page of what was said in a conversation: the events after `afterSeq`. It ends after about 1 MB,
 * with one event at least. `nextCursor` is the `afterSeq` of the next page, null at the end.
 * @throws AppError `not_found`
 */
export async function listConversationEvents(
  pool: Pool,
  id: string,
  { afterSeq, limit }: { afterSeq: number; limit: number },
): Promise<Page<ConversationEvent>> {
  const { rows } = await pool.query<Row>(
    `SELECT c."lastSeq", e.seq, e.at, e.type, e.data
       FROM "Conversation" c
       LEFT JOIN LATERAL (
         SELECT * FROM (
           SELECT seq, at, type, data, sum(octet_length(data::text)) OVER (ORDER BY seq)
                  - octet_length(data::text) AS before
             FROM (SELECT * FROM "ConversationEvent"
                    WHERE "conversationId" = c.id AND seq > $2 ORDER BY seq LIMIT $3) page
         ) sized WHERE before < ${limits.logPageBytes}
       ) e ON true
      WHERE c.id = $1 ORDER BY e.seq`,
    [id, afterSeq, limit],
  );
  if (!rows[0]) throw noSuchConversation();
  const items = rows.flatMap(({ seq, at, type, data }) =>
    seq === null ? [] : [{ ...data, seq, at: at.toISOString(), type } as ConversationEvent],
  );
  const last = items.at(-1);
  const hasMore = last !== undefined && last.seq < rows[0].lastSeq;
  return { items, nextCursor: hasMore ? String(last.seq) : null };
}
