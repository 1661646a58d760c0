import { userOf } from '../../../tests/support/client.js';
import { row, say } from '../../../tests/support/flows.js';
import type { Harness } from '../harness.js';

/**
 * A log of a million rows in 200 workspaces: 50,000 ended runs of 20 events, a run a minute. Every
 * second run is of the workspace that is measured.
 */
export type MillionRows = {
  workspaceId: string;
  /** Has half of its runs. */
  bigFlow: string;
  /** Has a twentieth of them. */
  smallFlow: string;
  /** Any of the runs. */
  runId: string;
};

/** Other workspaces, each with a flow of one version. */
const insertOthers = `
  WITH w AS (
    INSERT INTO "Workspace" (id, name)
    SELECT gen_random_uuid(), 'Workspace ' || i FROM generate_series(1, 199) AS i RETURNING id
  ), f AS (
    INSERT INTO "Workflow" (id, "workspaceId", name, "updatedAt")
    SELECT gen_random_uuid(), id, 'Of another workspace', now() FROM w RETURNING id, "workspaceId"
  ), v AS (
    INSERT INTO "WorkflowVersion" (id, "workflowId", number, "contentHash", graph)
    SELECT gen_random_uuid(), id, 1, 'hash', '{"nodes": []}' FROM f
  )
  SELECT array_agg(id) AS flows FROM f`;

const insertRuns = `
  INSERT INTO "Run" (id, "workflowId", "versionId", "workspaceId", status, "lastSeq", "startedAt",
                     "launchedAt", "finishedAt")
  SELECT 'run-' || gen_random_uuid(), v."workflowId", v.id, w."workspaceId",
         (ARRAY['completed', 'completed', 'failed', 'timed_out'])[1 + i % 4], 20, began, began, began
    FROM (SELECT i, now() - i * interval '1 minute' AS began,
                 CASE WHEN i % 2 = 0 THEN ($2::text[])[1 + (i / 2) % 199]
                      WHEN i % 4 = 1 THEN ($1::text[])[1]
                      ELSE ($1::text[])[2 + (i / 4) % 10] END AS flow
            FROM generate_series(1, 50000) AS i) AS fresh
    JOIN "WorkflowVersion" v ON v."workflowId" = flow
    JOIN "Workflow" w ON w.id = flow`;

/** Per run: its start, four nodes of four events, one that is not left, and its end. */
const insertLog = `
  INSERT INTO "ExecutionLog" ("runId", seq, at, type, "nodeId", visit, data)
  SELECT r.id, seq, r."startedAt" + seq * interval '1 second', type,
         CASE WHEN seq BETWEEN 2 AND 19 THEN 'n' || (seq - 2) / 4 END,
         CASE WHEN seq BETWEEN 2 AND 19 THEN 1 END,
         CASE type
           WHEN 'node.activated' THEN '{"label": "A question", "type": "listen"}'
           WHEN 'message' THEN '{"id": "m", "role": "system", "text": "A sentence of about the usual length, said by the flow."}'
           WHEN 'ai.completed' THEN '{"text": "An answer as long as most.", "usage": {"inputTokens": 100, "outputTokens": 20}}'
           WHEN 'node.completed' THEN jsonb_build_object('handle', 'out', 'durationMs', (random() * 1000)::int)
           ELSE '{}'
         END
    FROM "Run" r, generate_series(1, 20) AS seq,
         LATERAL (SELECT CASE seq WHEN 1 THEN 'run.started' WHEN 20 THEN 'run.finished' ELSE
           (ARRAY['node.activated', 'message', 'ai.completed', 'node.completed'])[1 + (seq - 2) % 4]
           END AS type) AS told`;

/** Fills the harness's database; flows to search among besides. */
export async function fillMillionRows({ user, pool }: Harness): Promise<MillionRows> {
  const nodes = ['n0', 'n1', 'n2', 'n3', 'n4'].map((id) => say(id, 'Hello'));
  const flows: string[] = [];
  for (let i = 0; i < 11; i += 1) {
    const id = await user.save(row(nodes, { name: `Measured ${i}` }));
    await user.call('POST', `/api/workflows/${id}/publish`);
    flows.push(id);
  }
  const { id: workspaceId } = await userOf(user);
  await pool.query(
    `INSERT INTO "Workflow" (id, "workspaceId", name, "updatedAt")
     SELECT gen_random_uuid(), $1, 'Flow number ' || i, now() FROM generate_series(1, 1000) AS i`,
    [workspaceId],
  );
  const others = await pool.query<{ flows: string[] }>(insertOthers);
  await pool.query(insertRuns, [flows, others.rows[0]?.flows]);
  await pool.query(insertLog);
  for (const table of ['Workflow', 'Run', 'ExecutionLog']) {
    await pool.query(`VACUUM ANALYZE "${table}"`);
  }
  const [bigFlow = '', smallFlow = ''] = flows;
  const { rows } = await pool.query<{ id: string }>(
    'SELECT id FROM "Run" WHERE "workflowId" = $1 LIMIT 1',
    [bigFlow],
  );
  return { workspaceId, bigFlow, smallFlow, runId: rows[0]?.id ?? '' };
}
