import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { schemaDiff } from '../tools/schema-diff.mjs';
import { createDb, type Db } from './create-db.js';
import { createPool } from './create-pool.js';
import { event, flushOf, said } from './testing/flush.js';
import { newRun } from './testing/new-run.js';
import { migratedDatabase, type ScratchDatabase } from './testing/scratch-database.js';
import { acceptMessage, reserveMessage } from './run/inbox.js';
import { recordRun } from './run/record-run.js';

let database: ScratchDatabase;
let db: Db;
let pool: pg.Pool;
beforeAll(async () => {
  database = await migratedDatabase();
  db = createDb(database.url);
  pool = createPool(database.url);
});
afterAll(async () => {
  await db.$disconnect();
  await pool.end();
  await database.drop();
});

describe('the migrations', () => {
  it('make exactly what schema.prisma describes', async () => {
    expect(await schemaDiff(database.url)).toBe('');
  });
});

/** Rows of the tables that hang on a run or its flow. */
async function counts(): Promise<Record<string, number>> {
  const tables = [
    'Workflow',
    'WorkflowVersion',
    'Run',
    'ExecutionLog',
    'RunMessage',
    'MessageReservation',
  ];
  const entries = tables.map(async (table) => {
    const { rows } = await pool.query<{ n: number }>(`SELECT count(*)::int AS n FROM "${table}"`);
    return [table, rows[0]?.n ?? 0] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

describe('deleting', () => {
  it.each([
    ['a workspace', (id: string) => db.workspace.delete({ where: { id } })],
    ['a flow', (id: string) => db.workflow.delete({ where: { id } })],
  ])('%s takes all below with it', async (_, remove) => {
    const before = await counts();
    const runId = await newRun(pool);
    await recordRun(pool, flushOf(runId, [event(1, 'a'), said(2, 'user', 'm1')]));
    await reserveMessage(pool, { runId, messageId: 'm3', bytes: 1 });
    await acceptMessage(pool, { runId, messageId: 'm2', bytes: 1, text: 't', generation: 0 });
    await remove(runId);
    expect(await counts()).toEqual(before);
  });

  it('spares a version that a run executes', async () => {
    const id = await newRun(pool);
    await expect(db.workflowVersion.delete({ where: { id } })).rejects.toMatchObject({
      code: 'P2003',
    });
  });
});

describe('a draft', () => {
  it('is kept once by its content, beside a published version of the same content', async () => {
    const workflowId = await newRun(pool);
    const draft = { workflowId, contentHash: 'same', graph: {} };
    const { count } = await db.workflowVersion.createMany({
      data: [draft, draft],
      skipDuplicates: true,
    });
    expect(count).toBe(1);
    await db.workflowVersion.create({ data: { ...draft, number: 1 } });
    await expect(
      db.workflowVersion.create({ data: { ...draft, number: 1 } }),
    ).rejects.toMatchObject({ code: 'P2002' });
  });
});

const page = (table: string, column: string, where: string) =>
  `SELECT * FROM "${table}" WHERE ${where} AND ("${column}", id) < (now(), 'x')
    ORDER BY "${column}" DESC, id DESC LIMIT 50`;

describe('the lists of the contract', () => {
  it.each([
    ['flows of a workspace', page('Workflow', 'createdAt', `"workspaceId" = 'x'`)],
    ['public flows', page('Workflow', 'createdAt', `"isPublic"`)],
    ['templates', page('Workflow', 'createdAt', `"isTemplate"`)],
    ['runs of a workspace', page('Run', 'startedAt', `"workspaceId" = 'x'`)],
    ['runs with a status', page('Run', 'startedAt', `"workspaceId" = 'x' AND status = 'failed'`)],
    ['runs of a flow', page('Run', 'startedAt', `"workflowId" = 'x' AND "workspaceId" = 'x'`)],
    [
      'runs of a flow with a status',
      page('Run', 'startedAt', `"workflowId" = 'x' AND "workspaceId" = 'x' AND status = 'failed'`),
    ],
    ['sessions of a user', page('Session', 'createdAt', `"userId" = 'x'`)],
    ['knowledge of a workspace', page('KnowledgeItem', 'createdAt', `"workspaceId" = 'x'`)],
    ['audit log', page('AuditEntry', 'at', `"workspaceId" = 'x'`)],
    ['API tokens', page('ApiToken', 'createdAt', `"workspaceId" = 'x'`)],
    ['invitations', page('WorkspaceInvitation', 'createdAt', `"workspaceId" = 'x'`)],
    [
      'versions of a flow',
      `SELECT * FROM "WorkflowVersion" WHERE "workflowId" = 'x' AND number < 9
        ORDER BY number DESC LIMIT 50`,
    ],
    [
      'messages of a run',
      `SELECT * FROM "ExecutionLog" WHERE "runId" = 'x' AND type = 'message' AND seq <= 9
        ORDER BY seq DESC LIMIT 200`,
    ],
    [
      'runs of a version that are past their time',
      `SELECT id FROM "Run" WHERE "versionId" = 'x' AND "finishedAt" <= now()
        ORDER BY "finishedAt" LIMIT 20 FOR UPDATE SKIP LOCKED`,
    ],
    [
      'open runs',
      `SELECT * FROM "Run" WHERE "finishedAt" IS NULL ORDER BY "startedAt", id LIMIT 50`,
    ],
  ])('%s are read in the order of an index', async (_, sql) => {
    const client = await pool.connect();
    try {
      await client.query(
        'BEGIN; SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off',
      );
      const { rows } = await client.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${sql}`);
      await client.query('ROLLBACK');
      const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
      expect(plan).toMatch(/Index (Only )?Scan/);
      expect(plan).not.toContain('Sort');
    } finally {
      client.release();
    }
  });
});
