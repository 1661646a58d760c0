import type { NodeAnalytics } from '@crmflow/contracts';
import type { PoolClient } from 'pg';
import { isSelected, type RunSelection, valuesOf } from './run-selection.js';

/** What the log says of a node. */
export type NodeFigures = Omit<NodeAnalytics, 'label' | 'type' | 'inDraft'>;

/** The figures of the nodes that were reached, and a run in which each was. */
export type Measured = { figures: Map<string, NodeFigures>; reachedIn: Map<string, string> };

/** A run counts once, however often it came by; so does a retry, whose events are logged again. */
const reached = `
  SELECT "nodeId", count(*)::int AS reached, sum(visits)::int AS visits, max("runId") AS "runId"
    FROM (SELECT l."nodeId", l."runId", count(*) AS visits
            FROM "Run" r JOIN "ExecutionLog" l ON l."runId" = r.id
           WHERE ${isSelected} AND l.type = 'node.activated'
           GROUP BY 1, 2) AS come
   GROUP BY 1`;

/** From the end of the log: the last node is among its few last rows. */
const dropped = `
  SELECT last."nodeId", count(*)::int AS dropped
    FROM "Run" r,
         LATERAL (SELECT "nodeId" FROM "ExecutionLog"
                   WHERE "runId" = r.id AND type = 'node.activated'
                   ORDER BY seq DESC LIMIT 1) AS last
   WHERE ${isSelected} AND r.status IN ('failed', 'cancelled', 'timed_out')
   GROUP BY 1`;

/** What a fork did itself: the events before are copies of another run's. */
const itsOwn = `l.seq > coalesce((r.origin->>'seq')::int, 0)`;

/**
 * The time of each visit, waiting for a reply included, and the tokens. What was left by hand says
 * nothing about time.
 */
const spent = `
  SELECT l."nodeId",
         percentile_cont(0.5) WITHIN GROUP (ORDER BY (l.data->>'durationMs')::float8)
           FILTER (WHERE l.type = 'node.completed' AND NOT l.data ? 'skipped') AS "medianMs",
         sum((l.data#>>'{usage,inputTokens}')::float8) AS "inputTokens",
         sum((l.data#>>'{usage,outputTokens}')::float8) AS "outputTokens"
    FROM "Run" r JOIN "ExecutionLog" l ON l."runId" = r.id
   WHERE ${isSelected} AND l.type IN ('node.completed', 'ai.completed') AND ${itsOwn}
   GROUP BY 1`;

type Row = { nodeId: string; runId?: string } & {
  [K in 'reached' | 'visits' | 'dropped' | 'medianMs' | 'inputTokens' | 'outputTokens']?:
    number | null;
};

/**
 * What happened at each node that a selected run came to: `reached` (runs), `visits`, `dropped`
 * (runs that ended there otherwise than completed), the median of the visits' times in
 * milliseconds, and the tokens that the model used there.
 */
export async function measureNodes(client: PoolClient, selection: RunSelection): Promise<Measured> {
  const found = new Map<string, Row>();
  for (const statement of [reached, dropped, spent]) {
    const { rows } = await client.query<Row>(statement, valuesOf(selection));
    for (const row of rows) found.set(row.nodeId, { ...found.get(row.nodeId), ...row });
  }
  const rows = [...found.values()];
  return {
    figures: new Map(rows.map((row) => [row.nodeId, figuresOf(row.nodeId, row)])),
    reachedIn: new Map(rows.map(({ nodeId, runId = '' }) => [nodeId, runId])),
  };
}

/** The figures of a node; without a row, of one that nobody came to. */
export function figuresOf(nodeId: string, row?: Row): NodeFigures {
  const inputTokens = row?.inputTokens ?? 0;
  const outputTokens = row?.outputTokens ?? 0;
  return {
    nodeId,
    reached: row?.reached ?? 0,
    visits: row?.visits ?? 0,
    dropped: row?.dropped ?? 0,
    medianMs: row?.medianMs ?? null,
    tokens: inputTokens + outputTokens,
    usage: { inputTokens, outputTokens },
  };
}
