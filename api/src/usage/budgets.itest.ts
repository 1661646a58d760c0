import { randomUUID } from 'node:crypto';
import { type Budget, limits } from '@crmflow/contracts';
import { createPool, recordRun } from '@crmflow/db';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { knowledgeRoutes } from '../knowledge/routes.js';
import { keyRoutes } from '../keys/routes.js';
import { ask, newUser } from '../testing/ask.js';
import { greeting } from '../testing/flows.js';
import { useTestApi } from '../testing/test-api.js';
import { runRoutes } from '../runs/routes.js';
import { workspaceRoutes } from '../workspaces/routes.js';
import { createBudgets } from './budgets.js';
import { usageRoutes } from './routes.js';

const api = useTestApi({
  routes: (deps) => [
    ...keyRoutes(deps),
    ...knowledgeRoutes(deps),
    ...runRoutes(deps),
    ...usageRoutes(deps),
    ...workspaceRoutes(deps),
  ],
});

/** Somebody new, with what they can ask and how much they use. */
async function someone() {
  const { token, user } = await newUser(api);
  const as = (what: string, json?: object) => ask(api, what, { token, ...(json && { json }) });
  const usage = async () => {
    const { body } = await as('GET /api/usage');
    return Object.fromEntries((body.budgets as Budget[]).map((one) => [one.budget, one]));
  };
  return { as, usage, workspaceId: user.id };
}

/** Gives a user so many flows, of so many bytes each. */
const fill = (workspaceId: string, flows: number, bytes = 0) =>
  api.deps.pool.query(
    `INSERT INTO "Workflow" (id, "workspaceId", name, bytes, "updatedAt")
     SELECT gen_random_uuid(), $1, 'Flow', $3, now() FROM generate_series(1, $2)`,
    [workspaceId, flows, bytes],
  );

async function run(workspaceId: string) {
  const { db } = api.deps;
  const { id: workflowId } = await db.workflow.create({ data: { workspaceId, name: 'Flow' } });
  const data = { workflowId, contentHash: randomUUID(), graph: {} };
  const { id: versionId } = await db.workflowVersion.create({ data });
  const { id } = await db.run.create({
    data: { id: `run-${randomUUID()}`, workflowId, versionId, workspaceId },
  });
  return id;
}

const at = Date.now();
const codesOf = (answers: { status: number; body: { code?: string } }[]) =>
  answers.map(({ status, body }) => body.code ?? status).sort();

describe('what a user may have', () => {
  it('is so many flows, however many are created at once', async () => {
    const { as, workspaceId } = await someone();
    await fill(workspaceId, limits.flows - 2);
    const create = () => as('POST /api/workflows', greeting);
    const answers = await Promise.all(Array.from({ length: 5 }, create));
    expect(codesOf(answers)).toEqual([201, 201, 'flows_full', 'flows_full', 'flows_full']);
    expect(answers.find(({ status }) => status !== 201)?.status).toBe(422);
  });

  it('is so much of flows, cloned or grown', async () => {
    const { as, workspaceId } = await someone();
    const { body: flow } = await as('POST /api/workflows', greeting);
    await fill(workspaceId, 1, limits.flowStorageBytes - 500);
    const clone = await as(`POST /api/workflows/${flow.id}/clone`);
    const notes = [{ id: 'n', text: 'x'.repeat(1_000), position: { x: 0, y: 0 } }];
    const grown = await as(`PUT /api/workflows/${flow.id}`, { ...flow, notes });
    const same = await as(`PUT /api/workflows/${flow.id}`, { ...flow, name: 'Renamed' });
    expect([clone.body.code, grown.body.code]).toEqual(['flow_storage_full', 'flow_storage_full']);
    expect(same.status).toBe(200);
  });

  it('is so many versions of a flow', async () => {
    const { as } = await someone();
    const { body: flow } = await as('POST /api/workflows', greeting);
    await api.deps.db.workflowVersion.create({
      data: { workflowId: flow.id, number: limits.flowVersions, contentHash: 'x', graph: {} },
    });
    const { status, body } = await as(`POST /api/workflows/${flow.id}/publish`);
    expect([status, body.code]).toEqual([422, 'versions_full']);
  });

  it('is so many keys; one that is known can be replaced', async () => {
    const { as, workspaceId } = await someone();
    const store = (service: string) => as('POST /api/keys', { service, key: '0123456789' });
    await store('known');
    await api.deps.pool.query(
      `INSERT INTO "ApiKey" (id, "workspaceId", service, ciphertext, "keyVersion", last4, "updatedAt")
       SELECT gen_random_uuid(), $1, n::text, '', 1, '', now() FROM generate_series(1, $2) n`,
      [workspaceId, limits.keys - 2],
    );
    const answers = await Promise.all(['a', 'b', 'c'].map(store));
    expect(codesOf(answers)).toEqual([201, 'keys_full', 'keys_full']);
    expect((await store('known')).status).toBe(200);
  });

  it('is so much knowledge', async () => {
    const { as, workspaceId } = await someone();
    const add = () => as('POST /api/knowledge/manual', { name: 'x', content: 'x' });
    await api.deps.pool.query(
      `INSERT INTO "KnowledgeItem" (id, "workspaceId", type, name, chunks, status, generation, "updatedAt")
       VALUES (gen_random_uuid(), $1, 'url', 'x', $2, 'ready', 1, now())`,
      [workspaceId, limits.knowledgeStorageBytes / 4_000 + 1],
    );
    expect((await add()).body.code).toBe('knowledge_full');
  });

  it('is what the workspace has in which a run starts, not what its starter has', async () => {
    const { as, workspaceId } = await someone();
    const { body: team } = await as('POST /api/workspaces', { name: 'Team' });
    const create = async (id: string) =>
      (await as(`POST /api/workflows?workspaceId=${id}`, greeting)).body.id as string;
    const flows = [await create(team.id), await create(workspaceId)];
    const runId = await run(team.id);
    await api.deps.db.run.update({
      where: { id: runId },
      data: { logBytes: limits.logsBytes, status: 'failed' },
    });
    const answers = await Promise.all([
      ...flows.map((id) => as(`POST /api/workflows/${id}/runs`, {})),
      as(`POST /api/runs/${runId}/retry`, {}),
      as(`POST /api/runs/${runId}/fork`, { nodeId: 'x' }),
    ]);
    expect(answers.map(({ body }) => body.code)).toEqual([
      ...['logs_full', 'no_version', 'logs_full', 'logs_full'],
    ]);
  });

  it('is so much of logs, and so many runs', async () => {
    const { workspaceId } = await someone();
    const { pool, budgets } = api.deps;
    const runId = await run(workspaceId);
    await expect(budgets.requireRun(workspaceId)).resolves.toBeUndefined();
    await pool.query(`UPDATE "Run" SET "logBytes" = $2 WHERE id = $1`, [runId, limits.logsBytes]);
    await expect(budgets.requireRun(workspaceId, true)).rejects.toMatchObject({
      code: 'logs_full',
    });
    // Nearly full, it is looked up each time.
    await pool.query(`UPDATE "Run" SET "logBytes" = 0 WHERE id = $1`, [runId]);
    await expect(budgets.requireRun(workspaceId)).resolves.toBeUndefined();
  });
});

describe('GET /api/usage', () => {
  it('says what is used of each budget, and warns from 80 % on', async () => {
    const { as, usage, workspaceId } = await someone();
    await fill(workspaceId, 0.8 * limits.flows - 1);
    expect((await usage())['flows']).toEqual({
      ...{ budget: 'flows', unit: 'count', used: 799, limit: 1_000, warning: false },
    });
    await as('POST /api/workflows', greeting);
    const runId = await run(workspaceId);
    await recordRun(api.deps.pool, {
      runId,
      events: [{ seq: 1, at, type: 'paused', data: { reason: 'x'.repeat(1_000) } }],
      view: { status: 'paused', currentNodes: [], variables: {}, lastSeq: 1 },
    });
    const used = await usage();
    expect(used['flows']).toMatchObject({ used: 801, warning: true });
    expect(used['flowStorage']?.used).toBeGreaterThan(300);
    expect(used['openRuns']).toMatchObject({ used: 1, warning: false });
    expect(used['runLog']?.used).toBe(used['logs']?.used);
    expect(used['logs']?.used).toBeGreaterThan(1_000);
    expect(used).not.toHaveProperty('database');
  });

  it('is one’s own', async () => {
    const one = await someone();
    await fill(one.workspaceId, 10);
    expect((await (await someone()).usage())['flows']).toMatchObject({ used: 0 });
  });
});

describe('an installation whose database is full', () => {
  let pool: ReturnType<typeof createPool>;
  beforeAll(() => (pool = createPool(api.deps.config.databaseUrl)));
  afterAll(() => pool?.end());

  it('takes nothing new, and says so to everybody', async () => {
    const { workspaceId } = await someone();
    const full = createBudgets(pool, { ...api.deps.config, databaseLimitBytes: 1_000 });
    const refused = { code: 'installation_full', status: 507 };
    await expect(full.requireInstallation()).rejects.toMatchObject(refused);
    await expect(full.requireRun(workspaceId)).rejects.toMatchObject(refused);
    const database = (await full.of(workspaceId)).find(({ budget }) => budget === 'database');
    expect(database).toMatchObject({ limit: 1_000, warning: true });
    expect((await full.ofInstallation()).database).toBeGreaterThan(1);
  });
});
