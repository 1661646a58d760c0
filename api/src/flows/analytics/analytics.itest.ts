import { randomUUID } from 'node:crypto';
import type { RunEvent, RunStatus } from '@crmflow/contracts';
import { recordRun } from '@crmflow/db';
import { beforeAll, describe, expect, it } from 'vitest';
import { ask, newUser } from '../../testing/ask.js';
import { useTestApi } from '../../testing/test-api.js';

let token: string;
let stranger: string;
const api = useTestApi();
beforeAll(async () => {
  ({ token } = await newUser(api));
  stranger = (await newUser(api)).token;
});

const position = { x: 0, y: 0 };
const nodes = [
  { id: 'start', type: 'trigger', label: 'Start', position, data: { kind: 'chat' } },
  { id: 'ask', type: 'listen', label: 'Ask', position, data: { variable: 'it' } },
  { id: 'answer', type: 'ai', label: 'Answer', position, data: { prompt: 'Answer' } },
  { id: 'bye', type: 'speak', label: 'Bye', position, data: { text: 'Bye' } },
];
const out = (source: string, target: string) => ({
  ...{ id: `${source}-${target}`, source, sourceHandle: 'out', target },
});
const edges = [out('start', 'ask'), out('ask', 'answer'), out('answer', 'bye')];

/** A published flow of these four nodes in a row. */
async function newFlow(): Promise<string> {
  const json = { name: 'Four', nodes, edges };
  const { body } = await ask(api, 'POST /api/workflows', { token, json });
  const published = await ask(api, `POST /api/workflows/${body.id}/publish`, { token });
  expect(published.status).toBe(201);
  return body.id;
}

type Step = { type: RunEvent['type']; nodeId?: string; data?: object };
const come = (nodeId: string): Step => ({ type: 'node.activated', nodeId, data: nameOf(nodeId) });
const go = (nodeId: string, durationMs: number): Step => ({
  ...{ type: 'node.completed', nodeId, data: { handle: 'out', durationMs } },
});
const used = (inputTokens: number, outputTokens: number): Step => ({
  type: 'ai.completed',
  nodeId: 'answer',
  data: { text: '…', usage: { inputTokens, outputTokens } },
});
function nameOf(nodeId: string) {
  const { label, type } = nodes.find(({ id }) => id === nodeId) ?? { label: 'Old', type: 'speak' };
  return { label, type };
}

/** Stores a run with these events. */
async function seedRun(
  workflowId: string,
  status: RunStatus,
  steps: Step[],
  {
    startedAt = new Date(),
    version = 1,
    copied = 0,
  }: { startedAt?: Date; version?: number | null; copied?: number } = {},
): Promise<void> {
  const { db, pool } = api.deps;
  const { workspaceId } = await db.workflow.findUniqueOrThrow({ where: { id: workflowId } });
  const kept = await db.workflowVersion.findFirst({ where: { workflowId, number: version } });
  const { id: versionId } =
    kept ??
    (await db.workflowVersion.create({ data: { workflowId, contentHash: 'd', graph: {} } }));
  const runId = `run-${randomUUID()}`;
  const origin = copied > 0 && { origin: { runId: 'other', nodeId: 'ask', visit: 1, seq: copied } };
  await db.run.create({
    data: { id: runId, workflowId, versionId, workspaceId, startedAt, ...origin },
  });
  const events = steps.map(
    (step, i) => ({ data: {}, visit: 1, ...step, seq: i + 1, at: startedAt.getTime() }) as RunEvent,
  );
  const view = { status, currentNodes: [], variables: {}, lastSeq: events.length };
  await recordRun(pool, { runId, events, view });
}

const read = async (id: string, query = '', as = token) =>
  ask(api, `GET /api/analytics/workflows/${id}${query}`, { token: as });

const nothing = {
  ...{ reached: 0, visits: 0, dropped: 0, medianMs: null },
  ...{ tokens: 0, usage: { inputTokens: 0, outputTokens: 0 } },
};

describe('GET /api/analytics/workflows/:id', () => {
  it('200: lists every node of the draft before the first run', async () => {
    const id = await newFlow();
    const { status, body } = await read(id);
    expect(status).toBe(200);
    expect(body).toEqual({
      workflowId: id,
      from: expect.any(String),
      to: expect.any(String),
      runs: {
        total: 0,
        byStatus: {
          ...{ running: 0, waiting: 0, paused: 0 },
          ...{ completed: 0, failed: 0, cancelled: 0, timed_out: 0 },
        },
      },
      completionRate: null,
      nodes: nodes.map(({ id: nodeId, label, type }) => ({
        ...{ nodeId, label, type, inDraft: true },
        ...nothing,
      })),
    });
    const days = (Date.parse(body.to) - Date.parse(body.from)) / 86_400_000;
    expect(days).toBe(30);
  });

  it('200: counts runs by status, and visits, drop-offs, durations and costs by node', async () => {
    const id = await newFlow();
    const toAsk = [come('start'), go('start', 0), come('ask')];
    const toAnswer = [...toAsk, go('ask', 1000), come('answer')];
    await seedRun(id, 'completed', [
      ...toAnswer,
      used(100, 20),
      ...[go('answer', 300), come('bye'), go('bye', 0)],
    ]);
    // Round once more: the visits count, the run counts once.
    await seedRun(id, 'completed', [
      ...[...toAnswer, used(10, 2), go('answer', 100), come('ask'), go('ask', 3000)],
      ...[come('answer'), used(1, 3), go('answer', 200), come('bye'), go('bye', 0)],
    ]);
    await seedRun(id, 'timed_out', toAsk);
    await seedRun(id, 'cancelled', toAsk);
    await seedRun(id, 'failed', toAnswer);
    await seedRun(id, 'waiting', toAsk);
    const { body } = await read(id);
    expect(body.runs).toMatchObject({
      total: 6,
      byStatus: { completed: 2, timed_out: 1, cancelled: 1, failed: 1, waiting: 1, running: 0 },
    });
    expect(body.completionRate).toBeCloseTo(2 / 5);
    const figures = Object.fromEntries(
      body.nodes.map(({ nodeId, ...rest }: { nodeId: string }) => [nodeId, rest]),
    );
    expect(figures).toMatchObject({
      start: { reached: 6, visits: 6, dropped: 0, medianMs: 0, tokens: 0 },
      ask: { reached: 6, visits: 7, dropped: 2, medianMs: 1000 },
      answer: {
        ...{ reached: 3, visits: 4, dropped: 1, medianMs: 200 },
        ...{ tokens: 136, usage: { inputTokens: 111, outputTokens: 25 } },
      },
      bye: { reached: 2, visits: 2, dropped: 0, medianMs: 0 },
    });
  });

  it('200: counts runs that started in the period, including its start', async () => {
    const id = await newFlow();
    for (const day of [1, 2, 3]) {
      const startedAt = new Date(`2026-01-0${day}T00:00:00Z`);
      await seedRun(id, 'completed', [come('start')], { startedAt });
    }
    await seedRun(id, 'completed', [come('start')]);
    const total = async (query: string) => (await read(id, query)).body.runs.total;
    expect(await total('')).toBe(1);
    expect(await total('?from=2026-01-01T00:00:00Z')).toBe(4);
    expect(await total('?from=2026-01-02T00:00:00Z&to=2026-01-03T00:00:00Z')).toBe(1);
    expect(await total('?from=2026-01-02T02:00:00%2B02:00&to=2026-01-03T00:00:00.001Z')).toBe(2);
    expect(await total('?to=2026-01-03T00:00:00Z')).toBe(2);
  });

  it('200: counts the runs of one version, or of drafts', async () => {
    const id = await newFlow();
    await seedRun(id, 'completed', [come('start')]);
    await seedRun(id, 'failed', [come('start')], { version: null });
    const statusOf = async (query: string) => {
      const { byStatus, total } = (await read(id, query)).body.runs;
      return [total, byStatus.completed, byStatus.failed];
    };
    expect(await statusOf('')).toEqual([2, 1, 1]);
    expect(await statusOf('?version=1')).toEqual([1, 1, 0]);
    expect(await statusOf('?version=draft')).toEqual([1, 0, 1]);
    expect(await statusOf('?version=2')).toEqual([0, 0, 0]);
  });

  it('200: counts the visits of a fork, but not those that it copied', async () => {
    const id = await newFlow();
    const copied = [
      come('start'),
      go('start', 5),
      come('answer'),
      used(100, 10),
      go('answer', 500),
    ];
    await seedRun(id, 'completed', [...copied, come('ask'), go('ask', 70)], {
      copied: copied.length,
    });
    const { body } = await read(id);
    const [start, asked, answer] = body.nodes;
    expect(start).toMatchObject({ reached: 1, medianMs: null });
    expect(answer).toMatchObject({ reached: 1, medianMs: null, tokens: 0 });
    expect(asked).toMatchObject({ reached: 1, medianMs: 70 });
  });

  it('200: leaves skipped nodes out of the durations', async () => {
    const id = await newFlow();
    const skipped = { handle: 'out', durationMs: 90_000, skipped: true };
    await seedRun(id, 'completed', [
      ...[come('ask'), { type: 'node.completed', nodeId: 'ask', data: skipped } as const],
      ...[come('ask'), go('ask', 20)],
    ]);
    const { body } = await read(id);
    expect(body.nodes[1]).toMatchObject({ visits: 2, medianMs: 20 });
  });

  it('200: lists nodes that the draft no longer has', async () => {
    const id = await newFlow();
    await seedRun(id, 'failed', [come('start'), go('start', 0), come('gone')]);
    const { body } = await read(id);
    expect(body.nodes).toHaveLength(5);
    expect(body.nodes[4]).toMatchObject({
      ...{ nodeId: 'gone', label: 'Old', type: 'speak', inDraft: false },
      ...{ reached: 1, dropped: 1 },
    });
  });

  it.each([
    ['?from=yesterday', 'from'],
    ['?to=2026-02-30T00:00:00Z', 'to'],
    ['?from=2026-01-01', 'from'],
    ['?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z', 'from'],
    ['?version=0', 'version'],
  ])('400 for %s, and says which part', async (query, path) => {
    const { status, body } = await read(await newFlow(), query);
    expect([status, body.code, body.errors[0].path]).toEqual([400, 'bad_request', path]);
  });

  it('404 for others, also of a public flow; 401 for nobody', async () => {
    const { body: flow } = await ask(api, 'POST /api/workflows', {
      token,
      json: { name: 'Public', isPublic: true },
    });
    expect(await read(flow.id, '', stranger)).toMatchObject({
      status: 404,
      body: { code: 'not_found' },
    });
    expect((await read(randomUUID())).status).toBe(404);
    expect((await ask(api, `GET /api/analytics/workflows/${flow.id}`)).status).toBe(401);
  });
});
