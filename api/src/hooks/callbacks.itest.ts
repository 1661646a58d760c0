import { recordRun } from '@crmflow/db';
import type { Json, RunEvent, RunStatus, RunView } from '@crmflow/contracts';
import { callbackToken } from '@crmflow/workflows';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { canonicalHash } from '../canonical-hash.js';
import { runRoutes } from '../runs/routes.js';
import { deliverOverdue } from '../runs/reconcile/deliver-overdue.js';
import { callbacksOf } from '../runs/callback-secret.js';
import { hashOfToken } from '../secret-token.js';
import { ask, newUser } from '../testing/ask.js';
import { useTestApi } from '../testing/test-api.js';
import { callbackRoutes } from './callback-routes.js';
import { hookRoutes } from './hook-routes.js';

const logged: string[] = [];
const api = useTestApi({
  environment: { CRMFLOW_REGISTRATION: 'open', PUBLIC_URL: 'https://crm.example' },
  routes: (deps) => [...runRoutes(deps), ...hookRoutes(deps), ...callbackRoutes(deps)],
  onLog: (line) => logged.push(line),
});

const position = { x: 0, y: 0 };
const flow = {
  name: 'Approval',
  nodes: [
    { id: 'start', type: 'trigger', label: 'Start', position, data: { kind: 'manual' } },
    { id: 'link', type: 'speak', label: 'Link', position, data: { text: '{{ callbackUrl() }}' } },
    {
      ...{ id: 'approve', type: 'listen', label: 'Approve', position },
      data: { variable: 'approval', expect: 'callback' },
    },
  ],
  edges: [
    { id: 'a', source: 'start', sourceHandle: 'out', target: 'link' },
    { id: 'b', source: 'link', sourceHandle: 'out', target: 'approve' },
  ],
};

let owner: Awaited<ReturnType<typeof newUser>>;
let other: Awaited<ReturnType<typeof newUser>>;
beforeAll(async () => {
  [owner, other] = await Promise.all([newUser(api), newUser(api)]);
});

const as = (what: string, json?: unknown, { token } = owner) =>
  ask(api, what, { token, ...(json !== undefined && { json }) });

type State = { status?: RunStatus; deadline?: string; node?: string };

/** Tells events as a worker would, and the state after them. */
async function record(
  runId: string,
  firstSeq: number,
  events: { type: string; nodeId?: string; visit?: number; data?: object }[],
  { status = 'waiting', deadline, node = 'approve' }: State = {},
) {
  const numbered = events.map(
    (event, index) => ({ seq: firstSeq + index, at: Date.now(), data: {}, ...event }) as RunEvent,
  );
  const view: RunView = {
    status,
    currentNodes: [{ nodeId: node, visit: 1, state: 'waiting' }],
    ...(node === 'approve' && {
      waiting: {
        nodeId: node,
        label: 'Approve',
        expect: 'callback',
        ...(deadline && { deadline }),
      },
    }),
    variables: {},
    lastSeq: firstSeq + events.length - 1,
  };
  const token = tokenOf(runId);
  await recordRun(api.deps.pool, {
    ...{ runId, events: numbered, view },
    callbacks: [{ nodeId: 'approve', visit: 1, tokenHash: hashOfToken(token) }],
    ...(status === 'failed' && { finishedAt: Date.now() }),
  });
  return token;
}

const tokenOf = (runId: string) =>
  callbackToken(callbacksOf(api.deps.config, runId).secret, 'approve', 1);

/** A run of a new flow that waits at its callback node. */
async function waitingRun(state: State = {}) {
  const { body } = await as('POST /api/workflows', flow);
  const started = await as(`POST /api/workflows/${body.id}/runs`, { version: 'draft' });
  expect(started.status, started.text).toBe(201);
  const { runId } = started.body as { runId: string };
  const events = [
    { type: 'run.started' },
    { type: 'node.activated', nodeId: 'approve', visit: 1, data: { label: 'Approve' } },
  ];
  const token = await record(runId, 1, events, state);
  return { runId, token, path: `/hooks/waits/${token}` };
}

type Sent = { headers?: Record<string, string>; raw?: string; query?: string };

const call = (path: string, json?: unknown, { query = '', ...sent }: Sent = {}) =>
  ask(api, `POST ${path}${query}`, { ...sent, ...(json !== undefined && { json }) });

/** What Temporal has been told for a run. */
async function signalsOf(runId: string): Promise<Json[]> {
  const { events } = await api.deps.temporal.workflow.getHandle(runId).fetchHistory();
  return (events ?? []).flatMap(({ workflowExecutionSignaledEventAttributes: signal }) =>
    signal?.signalName === 'callback'
      ? [JSON.parse(Buffer.from(signal.input?.payloads?.[0]?.data ?? []).toString()) as Json]
      : [],
  );
}

describe('POST /hooks/waits/:token', () => {
  it('gives the run what was sent, once', async () => {
    const { runId, path } = await waitingRun();
    const first = await call(path, { decision: 'yes' });
    expect([first.status, first.body]).toEqual([202, { accepted: true }]);
    const [signal, ...others] = await signalsOf(runId);
    expect(others).toEqual([]);
    const value = { decision: 'yes' };
    expect(signal).toEqual({ nodeId: 'approve', visit: 1, value, at: expect.any(Number) });
    const again = await call(path, { decision: 'yes' });
    expect([again.status, again.body]).toEqual([202, { accepted: true }]);
    const another = await call(path, { decision: 'no' });
    expect([another.status, another.body.code]).toEqual([409, 'callback_used']);
    expect(await signalsOf(runId)).toHaveLength(1);
  });

  it('answers the same after the run has gone on and ended', async () => {
    const { runId, path } = await waitingRun();
    await call(path, { decision: 'yes' });
    await record(runId, 3, [
      { type: 'node.completed', nodeId: 'approve', visit: 1, data: { handle: 'out' } },
    ]);
    expect((await call(path, { decision: 'yes' })).status).toBe(202);
    expect((await call(path, { decision: 'no' })).body.code).toBe('callback_used');
  });

  it('takes one of many calls at once', async () => {
    const { runId, path } = await waitingRun();
    const all = await Promise.all(Array.from({ length: 20 }, (_, n) => call(path, { n: n % 10 })));
    expect(all.map(({ status }) => status).filter((status) => status === 202)).toHaveLength(2);
    expect(new Set(all.map(({ status }) => status))).toEqual(new Set([202, 409]));
    const values = (await signalsOf(runId)).map((one) =>
      JSON.stringify((one as { value: Json }).value),
    );
    expect(new Set(values).size).toBe(1);
  });

  it.each<[string, unknown, Sent, Json]>([
    ['JSON', { a: [1] }, {}, { a: [1] }],
    ['nothing', undefined, {}, {}],
    [
      'a query',
      undefined,
      { query: '?decision=yes&tag=a&tag=b' },
      { decision: 'yes', tag: ['a', 'b'] },
    ],
    ['a query beside fields', { b: 2 }, { query: '?a=1&b=1' }, { a: '1', b: 2 }],
    ['a query beside a list', [1], { query: '?a=1' }, { a: '1', body: [1] }],
    [
      'a form',
      undefined,
      { raw: 'ok=on&ok=off', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
      { ok: ['on', 'off'] },
    ],
    ['text', undefined, { raw: 'Fine\u0000', headers: { 'content-type': 'text/plain' } }, 'Fine'],
  ])('takes %s', async (_, json, sent, value) => {
    const { runId, path } = await waitingRun();
    expect((await call(path, json, sent)).status).toBe(202);
    expect(await signalsOf(runId)).toMatchObject([{ value }]);
  });

  it.each<[string, number, string, (path: string) => ReturnType<typeof call>]>([
    [
      'a body that isn’t JSON',
      400,
      'bad_request',
      (path) =>
        call(path, undefined, { raw: '{', headers: { 'content-type': 'application/json' } }),
    ],
    ['what is too large', 413, 'too_large', (path) => call(path, { a: 'x'.repeat(61_000) })],
    [
      'a picture',
      415,
      'unsupported_media_type',
      (path) => call(path, undefined, { raw: 'x', headers: { 'content-type': 'image/png' } }),
    ],
    ['another method', 405, 'method_not_allowed', (path) => ask(api, `PUT ${path}`)],
  ])('refuses %s, and stays open', async (_, status, code, send) => {
    const { path } = await waitingRun();
    const refused = await send(path);
    expect([refused.status, refused.body.code]).toEqual([status, code]);
    expect((await call(path, {})).status).toBe(202);
  });

  it('refuses anything but the token of this run, node and visit', async () => {
    const { runId, token } = await waitingRun();
    const { secret } = callbacksOf(api.deps.config, runId);
    const forged = [
      token.slice(0, -1) + (token.endsWith('0') ? '1' : '0'),
      token.toUpperCase().replace(/[A-F]/, 'f'),
      callbackToken(secret, 'approve', 2),
      callbackToken(secret, 'link', 1),
      callbackToken(callbacksOf(api.deps.config, `${runId}x`).secret, 'approve', 1),
      callbackToken(runId, 'approve', 1),
      hashOfToken(token),
      `${runId}:approve:1`,
      '%00',
      '..%2fapi',
    ];
    for (const one of forged) {
      const { status } = await call(`/hooks/waits/${one}`, {});
      expect([400, 404], one).toContain(status);
    }
    expect(await signalsOf(runId)).toEqual([]);
  });

  it('keeps no token: neither in the database nor in the log', async () => {
    const { runId, token, path } = await waitingRun();
    await call(path, { ok: 1 });
    const { rows } = await api.deps.pool.query<{ row: string }>(
      'SELECT c::text AS row FROM "RunCallback" c WHERE "runId" = $1',
      [runId],
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]?.row).not.toContain(token);
    expect(logged.join('')).not.toContain(token);
  });

  it.each<[string, (one: { runId: string }) => Promise<unknown>]>([
    ['its time limit has passed', async () => undefined],
    [
      'the node was left',
      ({ runId }) =>
        record(
          runId,
          3,
          [{ type: 'node.completed', nodeId: 'approve', visit: 1, data: { handle: 'timeout' } }],
          { node: 'link' },
        ),
    ],
    [
      'the node was visited again',
      ({ runId }) =>
        record(runId, 3, [{ type: 'node.activated', nodeId: 'approve', visit: 2 }], {
          node: 'link',
        }),
    ],
    [
      'the run has ended',
      ({ runId }) => record(runId, 3, [{ type: 'run.finished' }], { status: 'failed' }),
    ],
  ])('is over once %s', async (why, happen) => {
    const deadline = why.includes('limit') ? '2020-01-01T00:00:00.000Z' : undefined;
    const one = await waitingRun(deadline === undefined ? {} : { deadline });
    await happen(one);
    for (const content of [{ a: 1 }, { a: 2 }]) {
      const { status, body } = await call(one.path, content);
      expect([status, body.code]).toEqual([410, 'callback_over']);
    }
  });

  it('is open again once a failed run is retried, and goes on with a call that came before it failed', async () => {
    const { runId, path } = await waitingRun({ node: 'link' });
    await call(path, { early: true });
    const failed = [
      { type: 'node.activated', nodeId: 'link', visit: 1 },
      { type: 'node.failed', nodeId: 'link', visit: 1 },
      { type: 'run.finished' },
    ];
    await record(runId, 3, failed, { status: 'failed', node: 'link' });
    await api.deps.temporal.workflow.getHandle(runId).terminate();
    expect((await as(`POST /api/runs/${runId}/retry`, {})).status).toBe(202);
    const input = await vi.waitFor(async () => {
      const { events } = await api.deps.temporal.workflow.getHandle(runId).fetchHistory();
      const started = events?.[0]?.workflowExecutionStartedEventAttributes;
      const start = JSON.parse(
        Buffer.from(started?.input?.payloads?.[0]?.data ?? []).toString(),
      ) as {
        state?: { inbox: object[] };
      };
      expect(start.state).toBeDefined();
      return start;
    });
    expect(input.state?.inbox).toMatchObject([
      { kind: 'callback', nodeId: 'approve', visit: 1, value: { early: true } },
    ]);
  });

  it('is delivered by the reconciler where whoever took it has died', async () => {
    const { runId, token, path } = await waitingRun();
    await api.deps.pool.query(
      `UPDATE "RunCallback" SET "answeredAt" = now() - interval '1 minute', value = '{"by": "the dead"}',
              "answerHash" = 'x' WHERE "tokenHash" = $1`,
      [hashOfToken(token)],
    );
    const count = vi.fn();
    const logger = { info: vi.fn(), warn: vi.fn() };
    await deliverOverdue({ ...api.deps, count, logger });
    expect(await signalsOf(runId)).toMatchObject([{ value: { by: 'the dead' } }]);
    expect(count).toHaveBeenCalledWith('delivered');
    expect((await call(path, {})).body.code).toBe('callback_used');
  });
});

describe('a call whose process died before it was noted as delivered', () => {
  const claim = ({ token }: { token: string }) =>
    api.deps.pool.query(
      `UPDATE "RunCallback" SET "answeredAt" = now(), value = '{"a":1}', "answerHash" = $2
        WHERE "tokenHash" = $1`,
      [hashOfToken(token), canonicalHash([{ a: 1 }])],
    );

  it.each([
    ['out', 'failed', 202, 409],
    ['timeout', 'failed', 410, 410],
    ['out', 'waiting', 202, 409],
    ['timeout', 'waiting', 410, 410],
  ] as const)(
    'and whose run left the node by %s and is %s',
    async (handle, status, same, other) => {
      const one = await waitingRun();
      await claim(one);
      const left = { type: 'node.completed', nodeId: 'approve', visit: 1, data: { handle } };
      await record(one.runId, 3, [left, { type: 'run.finished' }], { status: 'failed' });
      for (const [content, status] of [
        [{ a: 1 }, same],
        [{ a: 2 }, other],
        [{ a: 1 }, same],
      ]) {
        expect((await call(one.path, content)).status).toBe(status);
      }
    },
  );
});

describe('GET /hooks/waits/:token', () => {
  const open = (path: string, language = 'en') =>
    ask(api, `GET ${path}`, { headers: { accept: 'text/html', 'accept-language': language } });

  it('shows a page with a button, and answers nothing', async () => {
    const { runId, path } = await waitingRun();
    const page = await open(`${path}?decision=%3Cscript%3Eyes`, 'de-AT,de;q=0.9');
    expect(page.status).toBe(200);
    expect(page.text).toContain('Antwort senden');
    expect(page.text).toContain('&lt;script&gt;yes');
    expect(page.text).not.toContain('<script');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(page.headers.get('referrer-policy')).toBe('no-referrer');
    await ask(api, `HEAD ${path}`);
    expect(await signalsOf(runId)).toEqual([]);
  });

  it('thanks whoever pressed the button, and says later that it was used', async () => {
    const { runId, path } = await waitingRun();
    const headers = {
      accept: 'text/html,*/*',
      'content-type': 'application/x-www-form-urlencoded',
    };
    const sent = await call(`${path}?decision=yes`, undefined, { headers });
    expect([sent.status, sent.text.includes('Answer received')]).toEqual([202, true]);
    expect(await signalsOf(runId)).toMatchObject([{ value: { decision: 'yes' } }]);
    const later = await open(path);
    expect([later.status, later.text.includes('was used already')]).toEqual([409, true]);
    const unknown = await open('/hooks/waits/0123');
    expect([unknown.status, unknown.text.includes('does not exist')]).toEqual([404, true]);
  });
});

describe('POST /api/runs/:runId/callback', () => {
  it('gives the address that texts of the run have, to its team alone', async () => {
    const { runId, token } = await waitingRun();
    const { status, body } = await as(`POST /api/runs/${runId}/callback`);
    expect([status, body]).toEqual([
      200,
      { url: `https://crm.example/hooks/waits/${token}`, nodeId: 'approve' },
    ]);
    expect((await as(`POST /api/runs/${runId}/callback`, undefined, other)).status).toBe(404);
  });

  it('has none where the run does not wait for a call', async () => {
    const { runId } = await waitingRun({ node: 'link' });
    expect((await as(`POST /api/runs/${runId}/callback`)).body.code).toBe('not_waiting');
  });
});
