import { createHmac } from 'node:crypto';
import { recordRun } from '@crmflow/db';
import type { RunEvent, RunStatus } from '@crmflow/contracts';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { deploymentRoutes } from '../deployments/routes.js';
import { runRoutes } from '../runs/routes.js';
import { ask, newUser } from '../testing/ask.js';
import { greeting } from '../testing/flows.js';
import { useTestApi } from '../testing/test-api.js';
import { deliveryRoutes } from './delivery-routes.js';
import { hookRoutes } from './hook-routes.js';

const logged: string[] = [];
const api = useTestApi({
  environment: { CRMFLOW_REGISTRATION: 'open' },
  routes: (deps) => [
    ...runRoutes(deps),
    ...deploymentRoutes(deps),
    ...hookRoutes(deps),
    ...deliveryRoutes(deps),
  ],
  onLog: (line) => logged.push(line),
});

let owner: Awaited<ReturnType<typeof newUser>>;
beforeAll(async () => {
  owner = await newUser(api);
});

const as = (what: string, json?: unknown, { token } = owner) =>
  ask(api, what, { token, ...(json !== undefined && { json }) });

/** A webhook of a new flow. */
async function deploy(settings: object = {}) {
  const [trigger, ...nodes] = greeting.nodes;
  const flow = { ...greeting, nodes: [{ ...trigger, data: { kind: 'webhook' } }, ...nodes] };
  const { body } = await as('POST /api/workflows', flow);
  expect((await as(`POST /api/workflows/${body.id}/publish`)).status).toBe(201);
  const made = await as(`POST /api/workflows/${body.id}/deployments`, {
    kind: 'webhook',
    settings,
  });
  expect(made.status, made.text).toBe(201);
  const { id, slug } = made.body as { id: string; slug: string };
  return { id, flowId: body.id as string, path: `/hooks/${slug}`, own: `/api/deployments/${id}` };
}

type Sent = { headers?: Record<string, string>; method?: string; query?: string };

async function send(
  path: string,
  body?: unknown,
  { headers, method = 'POST', query = '' }: Sent = {},
) {
  const isRaw = typeof body === 'string' || body instanceof Uint8Array;
  return ask(api, `${method} ${path}${query}`, {
    headers: { 'content-type': 'application/json', ...headers },
    ...(body !== undefined && { raw: isRaw ? (body as string) : JSON.stringify(body) }),
  });
}

const inputOf = async (runId: string) =>
  (await api.deps.db.run.findUniqueOrThrow({ where: { id: runId } })).input as Record<
    string,
    unknown
  >;

const runsOf = (flowId: string) => api.deps.db.run.count({ where: { workflowId: flowId } });

const deliveriesOf = async (own: string) => (await as(`GET ${own}/deliveries`)).body.items;

/** Tells the end of a run as its worker would, after these events. */
async function finish(
  runId: string,
  {
    status = 'completed',
    variables = {},
    events = [],
    error = {},
  }: {
    status?: RunStatus;
    variables?: Record<string, number>;
    events?: object[];
    error?: object;
  } = {},
) {
  const all = [...events, { type: 'run.finished', data: { status } }];
  const numbered = all.map(
    (event, index) => ({ seq: index + 1, at: Date.now(), data: {}, ...event }) as RunEvent,
  );
  const view = { status, currentNodes: [], variables, lastSeq: all.length, ...error };
  await recordRun(api.deps.pool, { runId, events: numbered, view, finishedAt: Date.now() });
}

/** The run that a request is about to wait for. */
const newestRun = (flowId: string) =>
  vi.waitFor(
    async () => {
      const { id } = await api.deps.db.run.findFirstOrThrow({
        where: { workflowId: flowId, launchedAt: { not: null } },
        orderBy: { startedAt: 'desc' },
      });
      return id;
    },
    { timeout: 15_000 },
  );

describe('POST /hooks/:slug', () => {
  it('starts a run with what was sent', async () => {
    const { path } = await deploy({ headers: ['X-Tenant'] });
    const { status, body } = await send(
      path,
      '{"id": 9007199254740993, "at": 1.5, "name": "Gr\\u00f6\\u00dfe\\u0000"}',
      {
        query: '?source=shop&tag=a&tag=b',
        headers: {
          ...{ authorization: 'Bearer nobody-asked', cookie: 'a=b', 'x-tenant': 't1' },
          ...{ 'x-other': 'unseen', 'x-github-event': 'push' },
        },
      },
    );
    expect([status, Object.keys(body)]).toEqual([202, ['runId']]);
    const { headers, at, ...input } = await inputOf(body.runId);
    expect(input).toEqual({
      body: { id: '9007199254740993', at: 1.5, name: 'Größe' },
      query: { source: 'shop', tag: ['a', 'b'] },
      method: 'POST',
    });
    expect(headers).toMatchObject({ 'x-tenant': 't1', 'x-github-event': 'push' });
    expect(Object.keys(headers as object)).not.toEqual(
      expect.arrayContaining(['authorization', 'cookie', 'x-other']),
    );
    expect(Date.parse(String(at))).toBeGreaterThan(0);
  });

  it.each<[string, string | Uint8Array, unknown]>([
    ['application/x-www-form-urlencoded', 'a=1&b=x+y%C3%A4&b=2', { a: '1', b: ['x yä', '2'] }],
    ['text/plain; charset=latin1', Buffer.from('Größe', 'latin1'), 'Größe'],
    ['application/xml', '<a>1</a>', '<a>1</a>'],
    ['application/cloudevents+json', '[1]', [1]],
    ['application/json; charset=utf-16le', Buffer.from('{"a":"ä"}', 'utf16le'), { a: 'ä' }],
    ['application/json', '', null],
  ])('reads %s', async (type, sent, expected) => {
    const { path } = await deploy();
    const { body } = await send(path, sent, { headers: { 'content-type': type } });
    expect((await inputOf(body.runId))['body']).toEqual(expected);
  });

  it('rejects what it does not support, and says why', async () => {
    const { path, flowId } = await deploy();
    const get = await send(path, undefined, { method: 'GET' });
    expect([get.status, get.headers.get('allow')]).toEqual([405, 'POST']);
    expect((await send('/hooks/nowhere', {})).status).toBe(404);
    expect((await send('/hooks/%00', {})).status).toBe(404);
    for (const [headers, body, status, code] of [
      [{ 'content-type': 'image/png' }, 'x', 415, 'unsupported_media_type'],
      [{ 'content-encoding': 'gzip' }, '{}', 415, 'unsupported_media_type'],
      [{}, `"${'x'.repeat(70_000)}"`, 413, 'too_large'],
      [{ 'content-type': 'text/plain' }, '"'.repeat(40_000), 413, 'too_large'],
      [{}, '{"a":', 400, 'bad_request'],
      [{}, '['.repeat(100) + ']'.repeat(100), 400, 'bad_request'],
    ] as const) {
      const answer = await send(path, body, { headers });
      expect([answer.status, answer.body.code]).toEqual([status, code]);
    }
    expect(await runsOf(flowId)).toBe(0);
  });

  it('422 with the paths of what does not match the schema', async () => {
    const schema = {
      ...{ type: 'object', required: ['id'] },
      properties: { lines: { type: 'array', items: { type: 'number' } } },
    };
    const { path, own } = await deploy({ schema });
    const { status, body } = await send(path, { lines: [1, 'two'] });
    expect(status).toBe(422);
    expect(body.errors.map(({ path: at }: { path: string }) => at).sort()).toEqual([
      'id',
      'lines[1]',
    ]);
    expect((await send(path, { id: 1, lines: [1] })).status).toBe(202);
    const [, refused] = await deliveriesOf(own);
    expect(refused).toMatchObject({ status: 422, body: { lines: [1, 'two'] }, runId: null });
  });

  it('409 deployment_paused, 422 no_version, 404 once it is deleted', async () => {
    const { id, path, own, flowId } = await deploy();
    const first = await send(path, {}, { headers: { 'idempotency-key': 'a' } });
    await as(`PATCH ${own}`, { enabled: false });
    const paused = await send(path, { n: 1 });
    expect([paused.status, paused.body.code]).toEqual([409, 'deployment_paused']);
    // What was taken before is taken.
    const again = await send(path, {}, { headers: { 'idempotency-key': 'a' } });
    expect([again.status, again.body]).toEqual([202, first.body]);
    await as(`PATCH ${own}`, { enabled: true });
    await api.deps.pool.query('UPDATE "Deployment" SET version = 9 WHERE "workflowId" = $1', [
      flowId,
    ]);
    expect((await send(path, { n: 2 })).body.code).toBe('no_version');
    expect((await deliveriesOf(own)).map(({ code }: { code: string }) => code)).toEqual([
      ...['no_version', null, 'deployment_paused', null],
    ]);
    await as(`DELETE ${own}`);
    expect((await send(path, {})).status).toBe(404);
    expect(await api.deps.db.hookDelivery.count({ where: { deploymentId: id } })).toBe(0);
  });
});

describe('a sender', () => {
  const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
  const signed = (body: string, key = secret) => {
    const time = Math.floor(Date.now() / 1000);
    const mac = createHmac('sha256', Buffer.from(key.slice(6), 'base64'));
    return {
      ...{ 'webhook-id': 'msg_1', 'webhook-timestamp': String(time) },
      'webhook-signature': `v1,${mac.update(`msg_1.${time}.${body}`).digest('base64')}`,
    };
  };

  it('is verified by a signature over the bytes as they came', async () => {
    const { path, own } = await deploy({ auth: { kind: 'standard', secrets: [secret] } });
    const body = '{ "amount":1.0 ,"to": "Größe" }';
    expect((await send(path, body, { headers: signed(body) })).status).toBe(202);
    const forged = await send(path, '{"amount":1.0}', { headers: signed(body) });
    expect([forged.status, forged.body.code]).toEqual([401, 'signature_invalid']);
    const [refused, taken] = await deliveriesOf(own);
    expect(refused).toMatchObject({
      ...{ status: 401, code: 'signature_invalid', isVerified: false, body: null },
    });
    expect(taken).toMatchObject({
      ...{ status: 202, isVerified: true, key: 'webhook-id:msg_1', code: null },
      headers: { 'webhook-id': 'msg_1', 'webhook-signature': '••••' },
    });
  });

  it('is verified by headers before the body is read', async () => {
    const { path } = await deploy({ auth: { kind: 'basic', secrets: ['ada:a password'] } });
    const answer = await send(path, 'x'.repeat(100_000));
    expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, 'Basic']);
    const authorization = `Basic ${Buffer.from('ada:a password').toString('base64')}`;
    expect((await send(path, {}, { headers: { authorization } })).status).toBe(202);
  });

  it('leaves no secret in deliveries and logs', async () => {
    const token = 'a-token-nobody-shall-see';
    const { path, own } = await deploy({ auth: { kind: 'token', secrets: [token] } });
    const headers = { authorization: `Bearer ${token}`, cookie: `a=${token}`, 'x-echo': token };
    await send(path, { echo: `is ${token}` }, { headers, query: `?token=x&echo=${token}` });
    const { text } = await as(`GET ${own}/deliveries`);
    expect(text).toContain('is ••••');
    for (const told of [text, logged.join('\n')]) expect(told).not.toContain(token);
  });

  it('answers the challenge of Slack, and starts nothing', async () => {
    const { path, flowId } = await deploy({
      ...{ auth: { kind: 'slack', secrets: ['a-secret-of-slack'] } },
    });
    const body = '{"type":"url_verification","challenge":"abc"}';
    const time = String(Math.floor(Date.now() / 1000));
    const mac = createHmac('sha256', 'a-secret-of-slack')
      .update(`v0:${time}:${body}`)
      .digest('hex');
    const headers = { 'x-slack-request-timestamp': time, 'x-slack-signature': `v0=${mac}` };
    expect(await send(path, body, { headers })).toMatchObject({ status: 200, text: 'abc' });
    expect(await runsOf(flowId)).toBe(0);
  });
});

describe('a key', () => {
  it('leads to one run, whatever else is sent with it, and however many at once', async () => {
    const { path, flowId } = await deploy({ idempotency: 'body.event.id' });
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => send(path, { event: { id: n % 4 } })),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
    expect(new Set(answers.map(({ body }) => body.runId as string)).size).toBe(4);
    expect(await runsOf(flowId)).toBe(4);
    const conflict = await send(path, { event: { id: 1 }, more: true });
    expect([conflict.status, conflict.body.code]).toEqual([409, 'idempotency_conflict']);
    const failed = await send(path, { event: {} });
    expect([failed.status, failed.body.code]).toEqual([422, 'expression_failed']);
  });

  it('comes from the header first', async () => {
    const { path, own } = await deploy({ idempotency: 'has(body.id) ? body.id : ""' });
    const keys = async (headers: Record<string, string>, body: object) => {
      await send(path, body, { headers });
      return (await deliveriesOf(own))[0].key as string;
    };
    const both = { 'idempotency-key': 'k', 'webhook-id': 'w' };
    expect(await keys(both, { id: 1 })).toBe('idempotency-key:k');
    expect(await keys({ 'webhook-id': 'w' }, { id: 1 })).toBe('webhook-id:w');
    expect(await keys({}, { id: 'x' })).toBe('expression:x');
    expect(await keys({}, {})).toBeNull();
    expect(await keys({ 'idempotency-key': 'é'.repeat(300) }, {})).toMatch(
      /^idempotency-key:sha256-/,
    );
  });

  it('counts for its own webhook only', async () => {
    const [one, other] = [await deploy(), await deploy()];
    const headers = { 'idempotency-key': 'same' };
    const first = await send(one.path, {}, { headers });
    const second = await send(other.path, {}, { headers });
    expect(first.body.runId).not.toBe(second.body.runId);
  });
});

describe('an answer', () => {
  it('by `finished` is how the run ended', async () => {
    const { path, flowId, own } = await deploy({ respond: 'finished' });
    const headers = { 'idempotency-key': 'k' };
    const waiting = send(path, {}, { headers });
    const runId = await newestRun(flowId);
    await finish(runId, { variables: { total: 3 } });
    const answer = await waiting;
    expect(answer).toMatchObject({
      status: 200,
      body: { runId, status: 'completed', output: { total: 3 } },
    });
    expect(await send(path, {}, { headers })).toMatchObject({ status: 200, text: answer.text });
    expect((await deliveriesOf(own))[0]).toMatchObject({ status: 200, runId });
  });

  it('by `finished` is an error where the run failed, and says no more than its code', async () => {
    const { path, flowId } = await deploy({ respond: 'finished' });
    const waiting = send(path, {});
    const runId = await newestRun(flowId);
    const error = { error: { code: 'http_status', message: 'private', nodeId: 'n' } };
    await finish(runId, { status: 'failed', error });
    const answer = await waiting;
    expect(answer).toMatchObject({ status: 500, body: { runId, status: 'failed' } });
    expect(answer.text).not.toContain('private');
  });

  it('by `node` is what the first respond node says, with harmless headers only', async () => {
    const { path, flowId } = await deploy({ respond: 'node' });
    const waiting = send(path, {});
    const runId = await newestRun(flowId);
    const headers = {
      ...{ 'X-Order': '7', 'Content-Type': 'text/html', 'Set-Cookie': 'a=b' },
      ...{ 'X-Frame-Options': 'ALLOWALL', 'X-Broken': 'a\r\nb: c', Location: '/x' },
    };
    const respond = (response: object) => ({
      ...{ type: 'node.completed', nodeId: 'n', visit: 1 },
      data: { handle: 'out', durationMs: 0, response },
    });
    const events = [
      respond({ status: 201, headers, body: '<script>1</script>' }),
      respond({ status: 200, headers: {}, body: 'later' }),
    ];
    await finish(runId, { events });
    const answer = await waiting;
    expect([answer.status, answer.text]).toEqual([201, '<script>1</script>']);
    expect(answer.headers.get('x-order')).toBe('7');
    expect(answer.headers.get('location')).toBe('/x');
    expect(answer.headers.get('content-security-policy')).toContain('sandbox');
    expect(answer.headers.get('x-frame-options')).toBe('DENY');
    for (const name of ['set-cookie', 'x-broken', 'b'])
      expect(answer.headers.has(name)).toBe(false);
  });
});

describe('deliveries', () => {
  it('are the newest fifty, for those who may read what was said', async () => {
    const { path, own } = await deploy();
    for (let n = 1; n <= 52; n += 1) await send(path, { n });
    const items = await deliveriesOf(own);
    expect(items.map(({ body }: { body: { n: number } }) => body.n)).toEqual(
      Array.from({ length: 50 }, (_, index) => 52 - index),
    );
    const page = (await as(`GET ${own}/deliveries?limit=20`)).body;
    expect(page.items).toEqual(items.slice(0, 20));
    const rest = (await as(`GET ${own}/deliveries?limit=40&cursor=${page.nextCursor}`)).body;
    expect([rest.items, rest.nextCursor]).toEqual([items.slice(20), null]);
    expect((await as(`GET ${own}/deliveries`, undefined, await newUser(api))).status).toBe(404);
    expect((await as(`GET ${own}`)).body.health.lastActivityAt).toBe(items[0].at);
  });

  it('are pages of a bounded size', async () => {
    const { path, own } = await deploy();
    for (let n = 1; n <= 22; n += 1) {
      await send(path, {
        n,
        text: Array.from({ length: 5_000 }, () => Math.random().toString(36).slice(2, 12)).join(''),
      });
    }
    const first = (await as(`GET ${own}/deliveries`)).body;
    expect(first.items.length).toBeLessThan(22);
    const rest = (await as(`GET ${own}/deliveries?cursor=${first.nextCursor}`)).body;
    expect(first.items.length + rest.items.length).toBe(22);
  });

  it('run the draft again', async () => {
    const { path, own, flowId } = await deploy();
    await send(path, { n: 1 }, { query: '?a=b', headers: { 'x-github-event': 'push' } });
    await as(`PATCH ${own}`, { enabled: false });
    await send(path, { n: 2 });
    const [paused, taken] = await deliveriesOf(own);
    for (const [{ n, at }, body] of [
      [taken, { n: 1 }],
      [paused, { n: 2 }],
    ]) {
      const { status, body: started } = await as(`POST ${own}/deliveries/${n}/replay`);
      expect(status).toBe(201);
      const run = (await as(`GET /api/runs/${started.runId}`)).body;
      expect([run.workflowId, run.version]).toEqual([flowId, 'draft']);
      expect(await inputOf(started.runId)).toMatchObject({ body, method: 'POST', at });
    }
    expect((await as(`POST ${own}/deliveries/999999999/replay`)).status).toBe(404);
    await send(path, '{');
    const [broken] = await deliveriesOf(own);
    const refused = await as(`POST ${own}/deliveries/${broken.n}/replay`);
    expect([refused.status, refused.body.code]).toEqual([409, 'delivery_incomplete']);
  });
});

describe('a late answer', () => {
  it('is promised to a sender who has waited long enough, and given later', async () => {
    const { path, flowId } = await deploy({ respond: 'finished' });
    // As when the process stops: nobody waits any longer.
    api.deps.runWatch.close();
    const headers = { 'idempotency-key': 'k' };
    const promised = await send(path, {}, { headers });
    const runId = await newestRun(flowId);
    const location = promised.headers.get('location') ?? '';
    expect([promised.status, promised.body]).toEqual([202, { runId }]);
    expect(location).toMatch(/^\/hooks\/results\/[\w-]{43}$/);
    expect((await send(path, {}, { headers })).headers.get('location')).toBe(location);
    const ask = () => send(location, undefined, { method: 'GET' });
    expect(await ask()).toMatchObject({ status: 202, body: { runId } });
    await finish(runId, { variables: { a: 1 } });
    expect(await ask()).toMatchObject({
      ...{ status: 200, body: { runId, status: 'completed', output: { a: 1 } } },
    });
    expect((await send(`${location}x`, undefined, { method: 'GET' })).status).toBe(404);
    const rows = await api.deps.db.hookResult.findMany();
    expect(JSON.stringify(rows)).not.toContain(location.split('/').at(-1));
    await api.deps.pool.query(`UPDATE "HookResult" SET "expiresAt" = now() - interval '1 s'`);
    expect((await ask()).status).toBe(404);
    expect(logged.join('\n')).not.toContain(location.split('/').at(-1));
  });
});
