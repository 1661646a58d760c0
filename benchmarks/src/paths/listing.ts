import { createDb, type Db } from '@crmflow/db';
import type { Pool } from 'pg';
import { flowAnalytics } from '../../../api/src/flows/analytics/flow-analytics.js';
import { listEvents } from '../../../api/src/runs/read-run.js';
import { listRuns } from '../../../api/src/runs/list-runs.js';
import { listFlows } from '../../../api/src/flows/list-flows.js';
import { inTurns, median, took } from '../measure.js';
import type { Harness } from '../harness.js';
import type { Line } from '../table.js';
import { fillMillionRows, type MillionRows } from './million-rows.js';

/** Something to ask for: over HTTP, by the API's own code, and by the bare statement. */
type Question = {
  what: string;
  address: string;
  code: () => Promise<unknown>;
  sql: [text: string, values: unknown[]];
  rounds?: number;
};

const runColumns = `
  SELECT r.id, r."workflowId", w.name, v.number, r.status, r.mode, r."currentNode", r."lastSeq",
         r."startedAt", r."finishedAt", r.error
    FROM "Run" r JOIN "Workflow" w ON w.id = r."workflowId"
    JOIN "WorkflowVersion" v ON v.id = r."versionId"`;

function lists(db: Db, pool: Pool, { workspaceId, bigFlow, runId }: MillionRows): Question[] {
  const filter = { workflowId: bigFlow, status: 'failed' as const };
  const filtered = `?workflowId=${bigFlow}&status=failed&limit=50`;
  return [
    {
      what: 'the newest 50 of 25,000 runs',
      address: '/api/runs?limit=50',
      code: () => listRuns(pool, workspaceId, { limit: 50 }),
      sql: [
        `${runColumns} WHERE r."workspaceId" = $1 ORDER BY r."startedAt" DESC, r.id DESC LIMIT 51`,
        [workspaceId],
      ],
    },
    {
      what: 'the newest 50 failed runs of a flow',
      address: `/api/runs${filtered}`,
      code: () => listRuns(pool, workspaceId, { ...filter, limit: 50 }),
      sql: [
        `${runColumns} WHERE r."workspaceId" = $1 AND r."workflowId" = $2 AND r.status = 'failed'
          ORDER BY r."startedAt" DESC, r.id DESC LIMIT 51`,
        [workspaceId, bigFlow],
      ],
    },
    {
      what: 'all 20 events of a run, of a million',
      address: `/api/runs/${runId}/events`,
      code: () => listEvents(pool, runId, { afterSeq: 0, limit: 1000 }),
      sql: ['SELECT * FROM "ExecutionLog" WHERE "runId" = $1 ORDER BY seq LIMIT 1001', [runId]],
    },
    {
      what: 'a search by name among 1,011 flows',
      address: '/api/workflows?q=number%2050&limit=50',
      code: () => listFlows(db, workspaceId, { q: 'number 50', sort: 'changed', limit: 50 }),
      sql: [
        `SELECT w.*, (SELECT count(*) FROM "Node" n WHERE n."workflowId" = w.id) FROM "Workflow" w
          WHERE w."workspaceId" = $1 AND w.name ILIKE '%number 50%'
          ORDER BY w."createdAt" DESC, w.id DESC LIMIT 51`,
        [workspaceId],
      ],
    },
  ];
}

/** The floor of analytics is one pass over the rows that they speak of, without their figures. */
function analyses(pool: Pool, { bigFlow, smallFlow }: MillionRows): Question[] {
  const from = new Date(Date.now() - 30 * 24 * 3600 * 1000);
  const of = (what: string, workflowId: string): Question => ({
    what,
    address: `/api/analytics/workflows/${workflowId}`,
    code: () => flowAnalytics({ pool }, workflowId, {}),
    sql: [
      `SELECT l."nodeId", l.type, count(*) FROM "Run" r JOIN "ExecutionLog" l ON l."runId" = r.id
        WHERE r."workflowId" = $1 AND r."startedAt" >= $2 GROUP BY 1, 2`,
      [workflowId, from],
    ],
    rounds: 7,
  });
  return [
    of('analytics of 30 days, 215,000 rows', bigFlow),
    of('analytics of 30 days, 21,500 rows', smallFlow),
  ];
}

async function compare({ user, pool }: Harness, question: Question): Promise<Line[]> {
  const { what, address, code, sql, rounds = 40 } = question;
  const [text, values] = sql;
  const floor = () => took(() => pool.query(text, values));
  const overHttp = async () => {
    const { status } = await user.call('GET', address);
    if (status !== 200) throw new Error(`GET ${address} answered ${status}`);
  };
  const lines: Line[] = [];
  for (const [how, path] of [
    ['by code', code],
    ['over HTTP', overHttp],
  ] as const) {
    const pair = await inTurns(rounds, { path: () => took(path), floor }, 2);
    lines.push({
      what: `${what}, ${how}`,
      ...{ path: median(pair.path), floor: median(pair.floor), unit: 'ms' },
    });
  }
  return lines;
}

/** Lists, searches and analytics over a million rows of log in 200 workspaces, against bare SQL. */
export async function listing(harness: Harness): Promise<Line[]> {
  const rows = await fillMillionRows(harness);
  const db = createDb(harness.databaseUrl);
  try {
    const lines: Line[] = [];
    for (const question of [...lists(db, harness.pool, rows), ...analyses(harness.pool, rows)]) {
      lines.push(...(await compare(harness, question)));
    }
    return lines;
  } finally {
    await db.$disconnect();
  }
}
