import { limits, type MessageRole, type TranscriptMessage } from '@crmflow/contracts';
import type pg from 'pg';

type Row = {
  at: Date;
  nodeId: string | null;
  data: { id: string; role: MessageRole; name?: string; text: string; finishReason?: 'MAX_TOKENS' };
};

/**
 * The newest messages of a run's transcript, oldest first; fewer where they are large
 * (`limits.logPageBytes`).
 * @param upToSeq leaves out what came after this event
 */
export async function readMessages(
  pool: pg.Pool,
  runId: string,
  { upToSeq, limit }: { upToSeq?: number; limit: number },
): Promise<TranscriptMessage[]> {
  const { rows } = await pool.query<Row>({
    name: 'read-messages',
    text: `
      WITH RECURSIVE page AS (
        (SELECT seq, 1 AS place, octet_length(data::text) AS bytes FROM "ExecutionLog"
          WHERE "runId" = $1 AND type = 'message' AND seq <= $2 ORDER BY seq DESC LIMIT 1)
        UNION ALL
        SELECT next.seq, place + 1, page.bytes + next.bytes
          FROM page, LATERAL (
            SELECT seq, octet_length(data::text) AS bytes FROM "ExecutionLog"
             WHERE "runId" = $1 AND type = 'message' AND seq < page.seq
             ORDER BY seq DESC LIMIT 1) next
         WHERE place < $3 AND page.bytes < ${limits.logPageBytes})
      SELECT at, "nodeId", data FROM "ExecutionLog"
       WHERE "runId" = $1 AND type = 'message' AND seq <= $2
         AND seq >= (SELECT min(seq) FROM page)
       ORDER BY seq DESC`,
    values: [runId, upToSeq ?? 2 ** 31 - 1, limit],
  });
  return rows.reverse().map(({ at, nodeId, data: { id, role, name, text, finishReason } }) => ({
    id,
    role,
    ...(name !== undefined && { name }),
    text,
    ...(finishReason !== undefined && { finishReason }),
    ...(nodeId === null ? {} : { nodeId }),
    at: at.toISOString(),
  }));
}
