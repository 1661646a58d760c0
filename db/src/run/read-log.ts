import type { RunEvent, WireEvent } from '@crmflow/contracts';
import type pg from 'pg';

/** A stretch of a run's log, and how far the log goes. */
export type LogPage = {
  /** Ascending by seq. */
  events: WireEvent[];
  lastSeq: number;
  /** Another one than the reader knows: what it has read may be told no more (`rewoundTo`). */
  epoch: number;
};

type Row = {
  lastSeq: number;
  epoch: number;
  seq: number | null;
  at: Date;
  type: RunEvent['type'];
  nodeId: string | null;
  visit: number | null;
  data: RunEvent['data'];
};

const statement = {
  name: 'read-events',
  text: `
    SELECT run."lastSeq", run.epoch, l.seq, l.at, l.type, l."nodeId", l.visit, l.data
      FROM "Run" run
      LEFT JOIN LATERAL (
        SELECT * FROM "ExecutionLog" WHERE "runId" = run.id AND seq > $2 ORDER BY seq LIMIT $3
      ) l ON true
     WHERE run.id = $1
     ORDER BY l.seq`,
};

/**
 * The events after `afterSeq`, at most `limit` of them.
 * @returns null where there is no such run
 */
export async function readEvents(
  pool: pg.Pool,
  runId: string,
  afterSeq: number,
  limit: number,
): Promise<LogPage | null> {
  const { rows } = await pool.query<Row>({ ...statement, values: [runId, afterSeq, limit] });
  const [first] = rows;
  if (!first) return null;
  const events = rows.flatMap(({ seq, at, type, nodeId, visit, data }): WireEvent[] =>
    seq === null
      ? []
      : [
          {
            runId,
            seq,
            at: at.toISOString(),
            type,
            ...(nodeId === null ? {} : { nodeId }),
            ...(visit === null ? {} : { visit }),
            data,
          },
        ],
  );
  return { events, lastSeq: first.lastSeq, epoch: first.epoch };
}
