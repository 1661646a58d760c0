import type pg from 'pg';

/** A visit to a node, as the log tells it. */
export type FoundVisit = {
  /** Of its first event. */
  seq: number;
  visit: number;
  /** Whether it ended well, or was skipped: neither failed nor broke off. */
  succeeded: boolean;
};

type Row = {
  seq: number;
  visit: number;
  type: 'node.activated' | 'node.completed' | 'node.failed';
};

/**
 * The last visit to a node, or the last telling of a certain visit to it.
 * @returns null where the log tells of none
 */
export async function findVisit(
  pool: pg.Pool,
  runId: string,
  { nodeId, visit }: { nodeId: string; visit?: number | undefined },
): Promise<FoundVisit | null> {
  const { rows } = await pool.query<Row>(
    `SELECT seq, visit, type FROM "ExecutionLog"
      WHERE "runId" = $1 AND "nodeId" = $2 AND ($3::int IS NULL OR visit = $3)
        AND type IN ('node.activated', 'node.completed', 'node.failed')
      ORDER BY seq DESC LIMIT 3`,
    [runId, nodeId, visit ?? null],
  );
  const [last] = rows;
  if (!last) return null;
  const same = rows.filter((row) => row.visit === last.visit);
  const begun = same.findIndex(({ type }) => type === 'node.activated');
  const telling = begun < 0 ? [last] : same.slice(0, begun + 1);
  const types = telling.map(({ type }) => type);
  return {
    seq: telling.at(-1)?.seq ?? last.seq,
    visit: last.visit,
    succeeded: types.includes('node.completed') && !types.includes('node.failed'),
  };
}

/** The node that a run has reached last; null where it reached none. */
export async function lastNode(pool: pg.Pool, runId: string): Promise<string | null> {
  const { rows } = await pool.query<{ nodeId: string }>(
    `SELECT "nodeId" FROM "ExecutionLog"
      WHERE "runId" = $1 AND type = 'node.activated' ORDER BY seq DESC LIMIT 1`,
    [runId],
  );
  return rows[0]?.nodeId ?? null;
}
