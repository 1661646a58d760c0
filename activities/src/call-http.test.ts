import type { CallHttpInput } from '@crmflow/contracts';
import {
  ActivityCancellationDetails,
  ApplicationFailure,
  CancelledFailure,
} from '@temporalio/common';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  type EchoOptions,
  type EchoServer,
  startEchoServer,
} from '../../tests/support/echo-server.js';
import { quietEnvironment, runIn } from '../test/quiet-environment.js';
import { type CallHttpDeps, createCallHttp } from './call-http.js';
import { createEgress, type Egress } from './egress/egress.js';
import type { ReadSecret } from './secrets/read-secret.js';

const now = Date.parse('2026-01-01T00:00:00Z');
const told: { runId: string; event: string; data: unknown }[] = [];
let echo: EchoServer;
let egress: Egress;

beforeAll(async () => {
  echo = await startEchoServer();
  egress = createEgress({ allow: [new URL(echo.url).host] });
});
afterAll(() => Promise.all([egress.close(), echo.close()]));
afterEach(() => {
  echo.requests.length = 0;
  told.length = 0;
});

const record: CallHttpDeps['live'] = (runId, event) => {
  told.push({ runId, ...event });
  return Promise.resolve();
};

const noSecret: ReadSecret = async () => 'missing';

function call(
  input: Partial<CallHttpInput>,
  { attempt = 1, env = quietEnvironment(attempt), live = record, readSecret = noSecret } = {},
) {
  const callHttp = createCallHttp({ egress, live, readSecret, now: () => now, random: () => 0 });
  const whole: CallHttpInput = {
    ...{ runId: 'run-1', nodeId: 'order', visit: 2, label: 'Order', method: 'GET' },
    ...{ url: `${echo.url}/orders`, headers: {}, query: {}, wantBody: true },
    ...input,
  };
  return runIn(env, callHttp, whole);
}

async function failing(...args: Parameters<typeof call>): Promise<ApplicationFailure> {
  const thrown: unknown = await call(...args).catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(ApplicationFailure);
  return thrown as ApplicationFailure;
}

const answering = (answer: Awaited<ReturnType<NonNullable<EchoOptions['handle']>>>) =>
  echo.behave({ handle: () => answer });

describe('a call', () => {
  afterEach(() => echo.behave({}));

  it('sends the request and gives the parsed answer', async () => {
    const result = await call({
      method: 'POST',
      url: `${echo.url}/orders?a=%20b`,
      headers: { 'X-Tenant': 't' },
      query: { q: 'ä&=' },
      body: { item: 'book' },
    });
    expect(result).toMatchObject({ status: 200, at: now });
    expect(result.body).toMatchObject({
      method: 'POST',
      query: { a: ' b', q: 'ä&=' },
      body: { item: 'book' },
      headers: {
        'x-tenant': 't',
        'content-type': 'application/json',
        'idempotency-key': 'run-1:order:2',
        'user-agent': 'CRMFlow',
      },
    });
  });

  it('keeps a text and its type as they are', async () => {
    await call({ method: 'POST', body: '<a/>', headers: { 'Content-Type': 'text/xml' } });
    await call({ method: 'POST', body: 'plain' });
    expect(echo.requests.map((one) => [one.body, one.headers['content-type']])).toEqual([
      ['<a/>', 'text/xml'],
      ['plain', 'text/plain; charset=utf-8'],
    ]);
  });

  it('encodes ids that a header cannot carry, and never two to one key', async () => {
    for (const nodeId of ['é ✓', '%C3%A9']) await call({ nodeId });
    expect(echo.requests.map((one) => one.idempotencyKey)).toEqual([
      'run-1:%C3%A9 %E2%9C%93:2',
      'run-1:%25C3%25A9:2',
    ]);
  });

  it.each([
    ['JSON without saying so', 'text/plain', '{"a":1}', { a: 1 }],
    ['no JSON although it says so', 'application/json', 'oops', 'oops'],
    ['text', 'text/plain', 'hello', 'hello'],
    ['nothing', 'text/plain', '', ''],
    ['what cannot be stored', 'application/json', '{"a":"x\\u0000y\\ud800"}', { a: 'xy\ufffd' }],
    [
      'too deep',
      'application/json',
      '['.repeat(70) + ']'.repeat(70),
      '['.repeat(70) + ']'.repeat(70),
    ],
    ['absurdly deep', 'application/json', '['.repeat(9e4), '['.repeat(9e4)],
  ])('reads %s', async (_, type, body, expected) => {
    answering({ body, headers: { 'content-type': type } });
    expect((await call({})).body).toEqual(expected);
  });

  it('leaves out a body that nobody wants', async () => {
    expect((await call({ wantBody: false })).body).toBeNull();
  });

  it('stays usable with an idempotency key across a redirect', async () => {
    await call({ method: 'POST', url: `${echo.url}/redirect?status=307&to=/there`, body: 1 });
    expect(echo.requests.map((one) => one.idempotencyKey)).toEqual([
      'run-1:order:2',
      'run-1:order:2',
    ]);
    expect(echo.requests[1]).toMatchObject({ path: '/there', method: 'POST', body: 1 });
  });
});

describe('a failure', () => {
  afterEach(() => echo.behave({}));

  it.each([400, 401, 404, 409, 422])('with %i is final', async (status) => {
    const failure = await failing({ url: `${echo.url}/status/${status}` });
    expect(failure).toMatchObject({ type: 'http_status', nonRetryable: true });
    expect(failure.details?.[0]).toMatchObject({ code: 'http_status', status, at: now });
    expect(failure.message).toMatch(
      new RegExp(`GET ${echo.url}/status/${status} answered ${status}`),
    );
    expect(told).toEqual([]);
  });

  it.each([408, 425, 429, 500, 502, 503])('with %i is tried again', async (status) => {
    const failure = await failing({ url: `${echo.url}/status/${status}` });
    expect(failure).toMatchObject({
      type: 'http_status',
      nonRetryable: false,
      nextRetryDelay: 500,
    });
    expect(told).toEqual([
      {
        runId: 'run-1',
        event: 'node:retrying',
        data: {
          ...{ nodeId: 'order', visit: 2, attempt: 1 },
          error: { code: 'http_status', message: failure.message },
          nextRetryAt: '2026-01-01T00:00:00.500Z',
        },
      },
    ]);
  });

  it('is retried until the time of its node is up', async () => {
    const input = { url: `${echo.url}/status/500`, retryForMs: 4_000 };
    const delays: unknown[] = [];
    let spent: unknown = undefined;
    for (const attempt of [1, 2, 3, 4, 5]) {
      const env = quietEnvironment(attempt, spent);
      env.on('heartbeat', (details: unknown) => (spent = details));
      const failure = await failing(input, { env });
      delays.push(failure.nonRetryable ? 'final' : failure.nextRetryDelay);
    }
    expect(delays).toEqual([500, 1000, 2000, 500, 'final']);
    expect(told).toHaveLength(4);
  });

  it('is final where the node does not retry', async () => {
    const failure = await failing({ url: `${echo.url}/status/500`, retryForMs: 0 });
    expect(failure).toMatchObject({ type: 'http_status', nonRetryable: true });
    expect(told).toEqual([]);
  });

  it('is not counted for attempts that the worker lost', async () => {
    const env = quietEnvironment(40, { failures: 1, ms: 500 });
    const failure = await failing({ url: `${echo.url}/status/500` }, { env });
    expect(failure).toMatchObject({ nonRetryable: false, nextRetryDelay: 1000 });
  });

  it('ends after a hundred attempts that the worker lost', async () => {
    const env = quietEnvironment(103, { failures: 2, ms: 1_500 });
    const failure = await failing({}, { env });
    expect(failure).toMatchObject({ type: 'internal_node_error', nonRetryable: true });
    expect(failure.message).toContain('The worker was lost 100 times');
    expect(echo.requests).toEqual([]);
  });

  it.each([
    ['7', 7000],
    ['0', 500],
    ['100', 100_000],
    ['86400', undefined],
    [new Date(now + 9000).toUTCString(), 9000],
    ['soon', 500],
  ])('heeds Retry-After: %s', async (header, delay) => {
    const url = `${echo.url}/status/429?retry-after=${encodeURIComponent(header)}`;
    expect((await failing({ url })).nextRetryDelay).toBe(delay);
  });

  it('shows the start of the body, in one line', async () => {
    answering({ status: 422, body: `no\n such\titem ${'x'.repeat(500)}` });
    const failure = await failing({});
    expect(failure.message).toContain('422 Unprocessable Entity: no such item xxx');
    expect(failure.message.length).toBeLessThan(350);
  });

  const final: [string, Partial<CallHttpInput>][] = [
    ['egress_refused', { url: 'http://169.254.169.254/' }],
    ['egress_refused', { url: 'not a url', query: { a: 'b' } }],
    ['header_invalid', { headers: { a: 'b\nc' } }],
    ['header_invalid', { headers: { 'Idempotency-Key': 'mine' } }],
  ];

  it.each(final)('%s is final: %j', async (type, input) => {
    expect(await failing(input)).toMatchObject({ type, nonRetryable: true });
    expect(echo.requests).toEqual([]);
  });

  it('of an answer without measure is final, one that never comes is not', async () => {
    const large = await failing({ url: `${echo.url}/bytes?count=256001` });
    expect(large).toMatchObject({ type: 'http_too_large', nonRetryable: true });
    const late = await failing({ url: `${echo.url}/never`, timeoutMs: 50 });
    expect(late).toMatchObject({ type: 'http_timeout', nonRetryable: false });
    answering({ status: 302, headers: { location: '/again' } });
    expect(await failing({})).toMatchObject({ type: 'http_redirects', nonRetryable: true });
  });

  it('is not held up by those who watch', async () => {
    const url = `${echo.url}/status/500`;
    const failure = await failing({ url }, { live: () => Promise.reject(new Error('down')) });
    expect(failure.type).toBe('http_status');
    const hanging = await failing({ url }, { live: () => new Promise(() => undefined) });
    expect(hanging.type).toBe('http_status');
  });
});

describe('a cancellation', () => {
  it('ends the request at once', async () => {
    const env = quietEnvironment();
    const answer = call({ url: `${echo.url}/never` }, { env });
    await expect.poll(() => echo.requests.length).toBe(1);
    env.cancel();
    await expect(answer).rejects.toBeInstanceOf(CancelledFailure);
    expect(told).toEqual([]);
  });

  it('by a worker that stops is tried again elsewhere', async () => {
    const env = quietEnvironment();
    const answer = call({ url: `${echo.url}/never` }, { env });
    await expect.poll(() => echo.requests.length).toBe(1);
    env.cancel('WORKER_SHUTDOWN', new ActivityCancellationDetails({ workerShutdown: true }));
    await expect(answer).rejects.toMatchObject({
      ...{ type: 'internal_node_error', nonRetryable: false },
    });
  });

  it('is learnt by heartbeats', async () => {
    const env = quietEnvironment();
    const beaten = new Promise((resolve) => env.once('heartbeat', resolve));
    const answer = call({ url: `${echo.url}/never` }, { env });
    await beaten;
    env.cancel();
    await expect(answer).rejects.toBeInstanceOf(CancelledFailure);
  });
});
