import type { MessageRole, TranscriptMessage } from '@crmflow/contracts';
import type pg from 'pg';

type Row = {
  at: Date;
  nodeId: string | null;
  data: { id: string; role: MessageRole; text: string };
};

/**
 * The newest messages of a run's transcript, oldest first.
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
      SELECT at, "nodeId", data FROM "ExecutionLog"
       WHERE "runId" = $1 AND type = 'message' AND seq <= $2
       ORDER BY seq DESC LIMIT $3`,
    values: [runId, upToSeq ?? 2 ** 31 - 1, limit],
  });
  return rows.reverse().map(({ at, nodeId, data: { id, role, text } }) => ({
    id,
    role,
    text,
    ...(nodeId === null ? {} : { nodeId }),
    at: at.toISOString(),
  }));
}
