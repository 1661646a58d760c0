import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ask } from '../testing/ask.js';
import { newChat, newConversation } from '../testing/conversations.js';
import { openRunHarness, type RunHarness } from '../testing/run-harness.js';

let harness: RunHarness;
let token: string;
beforeAll(async () => {
  harness = await openRunHarness();
  ({ token } = await harness.newUser());
});
afterAll(() => harness.close());

const post = (path: string, json: object) => ask(harness.api, `POST /api/${path}`, { token, json });
const finish = (runId: string, status: 'completed' | 'cancelled') =>
  harness.record(runId, 1, [{ type: 'run.finished', data: { status } }], { status });
const runsOf = async (workflowId: string) => {
  const { rows } = await harness.pool.query<{ id: string; launchedAt: Date | null }>(
    'SELECT id, "launchedAt" FROM "Run" WHERE "workflowId" = $1',
    [workflowId],
  );
  return rows;
};

describe('starting', () => {
  it('starts one run for a requestId, however many requests come at once', async () => {
    const id = await harness.saveFlow(token);
    const json = { version: 'draft', requestId: 'many' };
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => post(`workflows/${id}/runs`, json)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array(7).fill(200), 201]);
    expect(new Set(answers.map(({ body }) => body.runId)).size).toBe(1);
    expect(await runsOf(id)).toHaveLength(1);
    const other = await post(`workflows/${id}/runs`, { ...json, input: { a: 1 } });
    expect([other.status, other.body.code]).toEqual([409, 'request_id_reused']);
  });

  it('needs a version, and a flow without errors', async () => {
    const id = await harness.saveFlow(token);
    expect((await post(`workflows/${id}/runs`, {})).body.code).toBe('no_version');
    expect((await post(`workflows/${id}/runs`, { version: 3 })).body.code).toBe('no_version');
    const empty = await harness.saveFlow(token, { name: 'Empty' });
    const { status, body } = await post(`workflows/${empty}/runs`, { version: 'draft' });
    expect([status, body.code]).toEqual([422, 'flow_invalid']);
    expect(body.errors.length).toBeGreaterThan(0);
  });

  it('runs a draft only at the revision that was asked for', async () => {
    const id = await harness.saveFlow(token);
    const { status, body } = await post(`workflows/${id}/runs`, { version: 'draft', revision: 2 });
    expect([status, body.code, body.currentRevision]).toEqual([409, 'stale_revision', 1]);
    const published = await post(`workflows/${id}/runs`, { revision: 1 });
    expect([published.status, published.body.code]).toEqual([422, 'invalid']);
    const json = { version: 'draft', revision: 1, requestId: 'at-1' };
    const started = await post(`workflows/${id}/runs`, json);
    expect(started.status).toBe(201);
    expect((await post(`workflows/${id}/runs`, json)).body).toEqual(started.body);
    const other = await post(`workflows/${id}/runs`, { ...json, revision: 2 });
    expect(other.body.code).toBe('request_id_reused');
  });

  it.each([
    [{ locale: 'de-AT', timezone: 'Europe/Vienna' }, ['de-AT', 'Europe/Vienna']],
    [{ locale: 'fr' }, ['fr', 'UTC']],
    [{}, ['en', 'UTC']],
  ])('keeps how the customer of %j writes', async (said, kept) => {
    const id = await harness.saveFlow(token);
    const { body } = await post(`workflows/${id}/runs`, { version: 'draft', ...said });
    const { rows } = await harness.pool.query<{ locale: string; timezone: string }>(
      'SELECT locale, timezone FROM "Run" WHERE id = $1',
      [body.runId],
    );
    expect(rows.map(({ locale, timezone }) => [locale, timezone])).toEqual([kept]);
  });

  it.each([
    { timezone: 'Berlin' },
    { timezone: '' },
    { locale: 'german language' },
    { locale: '' },
  ])('refuses %j', async (said) => {
    const id = await harness.saveFlow(token);
    const { status, body } = await post(`workflows/${id}/runs`, { version: 'draft', ...said });
    expect([status, body.code]).toEqual([422, 'invalid']);
    expect(body.errors).toMatchObject([{ path: Object.keys(said)[0] }]);
  });

  it('keeps a draft by its content', async () => {
    const id = await harness.saveFlow(token);
    await post(`workflows/${id}/runs`, { version: 'draft' });
    await post(`workflows/${id}/runs`, { version: 'draft' });
    const { rows } = await harness.pool.query(
      'SELECT number FROM "WorkflowVersion" WHERE "workflowId" = $1',
      [id],
    );
    expect(rows).toEqual([{ number: null }]);
  });

  it('without Temporal, keeps only runs with a requestId, and starts them later', async () => {
    const id = await harness.saveFlow(token);
    const json = { version: 'draft', requestId: 'again' };
    harness.toTemporal.cut();
    const answers = await Promise.all([
      post(`workflows/${id}/runs`, { version: 'draft' }),
      post(`workflows/${id}/runs`, json),
    ]);
    harness.toTemporal.restore();
    expect(answers.map(({ body }) => body.code)).toEqual([
      'temporal_unavailable',
      'temporal_unavailable',
    ]);
    const [kept, ...others] = await runsOf(id);
    expect([kept?.launchedAt, others]).toEqual([null, []]);
    await vi.waitFor(
      async () => {
        const { status, body } = await post(`workflows/${id}/runs`, json);
        expect([status, body.runId]).toEqual([200, kept?.id]);
      },
      { timeout: 20_000 },
    );
    expect((await runsOf(id))[0]?.launchedAt).toBeInstanceOf(Date);
  });
});

describe('a message', () => {
  it('counts once, and is a duplicate also after the end', async () => {
    const runId = await harness.startRun(token);
    const send = (messageId: string, message = 'Hello') =>
      post(`runs/${runId}/messages`, { message, messageId });
    expect(await send('1')).toMatchObject({
      status: 202,
      body: { accepted: true, duplicate: false },
    });
    expect((await send('1')).body).toEqual({ accepted: true, duplicate: true });
    expect(await send('2', 'ü'.repeat(8_001))).toMatchObject({
      status: 413,
      body: { code: 'message_too_large' },
    });
    await finish(runId, 'completed');
    expect((await send('1')).body).toEqual({ accepted: true, duplicate: true });
    expect(await send('3')).toMatchObject({ status: 409, body: { code: 'run_finished' } });
  });

  it('refuses the 101st queued message', async () => {
    const runId = await harness.startRun(token);
    const { send } = await harness.connect(token);
    const answers = await Promise.all(
      Array.from({ length: 103 }, (_, index) =>
        send('user:message', { runId, message: 'Hi', messageId: `${index}` }),
      ),
    );
    expect(answers.slice(0, 100).every(({ accepted }) => accepted === true)).toBe(true);
    expect(answers.slice(100).map(({ error }) => error.code)).toEqual(Array(3).fill('queue_full'));
  });

  it('finds the queue full by its bytes, also for those who come at once', async () => {
    const runId = await harness.startRun(token);
    const send = (index: number) =>
      post(`runs/${runId}/messages`, { message: 'x'.repeat(12_000), messageId: `${index}` });
    const answers = await Promise.all(Array.from({ length: 60 }, (_, index) => send(index)));
    const accepted = answers.filter(({ status }) => status === 202);
    expect(accepted).toHaveLength(21);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202, 429]));
  });
});

describe('looking', () => {
  it('tells the end as it was stored, never stale', async () => {
    const runId = await harness.startRun(token);
    await harness.record(
      runId,
      1,
      [
        { type: 'message', data: { id: 'm', role: 'system', text: 'Hello' } },
        { type: 'run.finished', data: { status: 'completed' } },
      ],
      { status: 'completed' },
    );
    const { body } = await ask(harness.api, `GET /api/runs/${runId}`, { token });
    expect(body).toMatchObject({ runId, status: 'completed', lastSeq: 2, version: 'draft' });
    expect(body.messages).toMatchObject([{ id: 'm', role: 'system', text: 'Hello' }]);
    expect(body).not.toHaveProperty('stale');
  });

  it('pages through runs and through the log', async () => {
    const id = await harness.saveFlow(token);
    for (let n = 0; n < 3; n++) await post(`workflows/${id}/runs`, { version: 'draft' });
    const first = await ask(harness.api, `GET /api/runs?workflowId=${id}&limit=2`, { token });
    const path = `GET /api/runs?workflowId=${id}&limit=2&cursor=${first.body.nextCursor}`;
    const second = await ask(harness.api, path, { token });
    const ids = [...first.body.items, ...second.body.items].map(({ runId }) => runId);
    expect([new Set(ids).size, second.body.nextCursor]).toEqual([3, null]);
    await finish(ids[0], 'completed');
    const done = await ask(harness.api, `GET /api/runs?workflowId=${id}&status=completed`, {
      token,
    });
    expect(done.body.items).toMatchObject([{ runId: ids[0], status: 'completed' }]);

    await harness.record(ids[1], 1, Array(3).fill({ type: 'paused', data: { reason: 'x' } }));
    const events = await ask(harness.api, `GET /api/runs/${ids[1]}/events?afterSeq=1&limit=1`, {
      token,
    });
    expect(events.body).toMatchObject({ items: [{ seq: 2 }], nextCursor: '2' });
  });
});

describe('what a run executes', () => {
  it('is the draft as it was at the start, whatever became of it', async () => {
    const id = await harness.saveFlow(token);
    const { body: flow } = await ask(harness.api, `GET /api/workflows/${id}`, { token });
    const { runId } = (await post(`workflows/${id}/runs`, { version: 'draft' })).body;
    const label = 'Renamed since';
    const json = { ...flow, nodes: flow.nodes.map((node: object) => ({ ...node, label })) };
    await ask(harness.api, `PUT /api/workflows/${id}`, { token, json });
    const { body } = await ask(harness.api, `GET /api/runs/${runId}/flow`, { token });
    const { nodes, edges, variables } = flow;
    const about = { workflowId: id, workflowName: flow.name, version: 'draft' };
    expect(body).toEqual({ ...about, nodes, edges, variables });
    const { token: stranger } = await harness.newUser();
    const answer = await ask(harness.api, `GET /api/runs/${runId}/flow`, { token: stranger });
    expect([answer.status, answer.body.code]).toEqual([404, 'not_found']);
  });

  it('names the node where the run is, as it was called at the start', async () => {
    const id = await harness.saveFlow(token);
    const { runId } = (await post(`workflows/${id}/runs`, { version: 'draft' })).body;
    await harness.pool.query(`UPDATE "Run" SET "currentNode" = 't' WHERE id = $1`, [runId]);
    const { body } = await ask(harness.api, `GET /api/runs?workflowId=${id}`, { token });
    const [run] = body.items;
    expect(run).toMatchObject({ currentNode: 't', currentLabel: 'Start' });
    expect(run.lastEventAt).toBe(run.startedAt);
    await harness.record(runId, 1, [{ type: 'paused', data: { reason: 'step' } }]);
    const { body: later } = await ask(harness.api, `GET /api/runs?workflowId=${id}`, { token });
    const listed = await ask(harness.api, `GET /api/runs/${runId}/events`, { token });
    expect(later.items[0].lastEventAt).toBe(listed.body.items.at(-1).at);
  });
});

describe('cancelling', () => {
  it('is taken once and again, but not after another end', async () => {
    const [ended, cancelled] = await Promise.all([
      harness.startRun(token),
      harness.startRun(token),
    ]);
    await finish(ended, 'completed');
    expect((await post(`runs/${ended}/cancel`, {})).body.code).toBe('run_finished');
    expect((await post(`runs/${cancelled}/cancel`, {})).status).toBe(202);
    await finish(cancelled, 'cancelled');
    expect(await post(`runs/${cancelled}/cancel`, {})).toMatchObject({
      status: 202,
      body: { runId: cancelled, status: 'cancelled' },
    });
  });
});

it('names the conversation of runs that have one', async () => {
  const { token: own, user } = await harness.newUser();
  const test = await harness.startRun(own);
  await harness.pool.query('INSERT INTO "Contact" (id, "workspaceId") VALUES ($1, $1)', [user.id]);
  const deploymentId = await newChat(harness.pool, user.id);
  const chat = { workspaceId: user.id, deploymentId, contactId: user.id };
  const { id, runId } = await newConversation(harness.pool, chat);
  const { body } = await ask(harness.api, 'GET /api/runs', { token: own });
  const listed = body.items.map((run: { runId: string; conversationId?: string }) => [
    run.runId,
    run.conversationId,
  ]);
  expect(listed).toEqual([
    [runId, id],
    [test, undefined],
  ]);
  const snapshot = await ask(harness.api, `GET /api/runs/${runId}`, { token: own });
  expect(snapshot.body.conversationId).toBe(id);
});
