import type { CallAuth, CallHttpInput } from '@crmflow/contracts';
import type { ApplicationFailure } from '@temporalio/common';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type EchoServer, startEchoServer } from '../../tests/support/echo-server.js';
import { quietEnvironment, runIn } from '../test/quiet-environment.js';
import { createCallHttp } from './call-http.js';
import { createEgress, type Egress } from './egress/egress.js';
import type { ReadSecret } from './secrets/read-secret.js';

const secret = 'sk-s3cret/key+0123456789=';
let echo: EchoServer;
let other: EchoServer;
let egress: Egress;
const hostOf = ({ url }: EchoServer) => new URL(url).host;

beforeAll(async () => {
  [echo, other] = await Promise.all([startEchoServer(), startEchoServer()]);
  egress = createEgress({ allow: [hostOf(echo), hostOf(other)] });
});
afterAll(() => Promise.all([egress.close(), echo.close(), other.close()]));
afterEach(() => {
  for (const server of [echo, other]) {
    server.requests.length = 0;
    server.behave({});
  }
});

type Options = { readSecret?: ReadSecret; hosts?: string[] };
const bearer: CallAuth = { secret: 'crm', in: 'bearer' };

function call(input: Partial<CallHttpInput>, { readSecret, hosts }: Options = {}) {
  const stored: ReadSecret = async (runId, service) =>
    runId === 'run' && service === 'crm' ? { secret, hosts: hosts ?? [hostOf(echo)] } : 'missing';
  const callHttp = createCallHttp({
    egress,
    live: async () => undefined,
    now: () => 0,
    random: () => 0,
    readSecret: readSecret ?? stored,
  });
  return runIn(quietEnvironment(), callHttp, {
    ...{ runId: 'run', nodeId: 'n', visit: 1, label: 'N', method: 'GET', wantBody: true },
    ...{ url: `${echo.url}/people`, headers: {}, query: {}, auth: bearer },
    ...input,
  });
}

async function failing(...args: Parameters<typeof call>): Promise<ApplicationFailure> {
  const failure = await call(...args).then(
    () => expect.unreachable('the call went well'),
    (thrown: unknown) => thrown as ApplicationFailure,
  );
  expect(JSON.stringify([failure.message, failure.details, failure.stack])).not.toContain(secret);
  return failure;
}

describe('a key', () => {
  it.each([
    ['as a bearer', bearer, { authorization: `Bearer ${secret}` }, {}],
    [
      'in a header',
      { secret: 'crm', in: 'header', name: 'X-Api-Key' },
      { 'x-api-key': secret },
      {},
    ],
    [
      'in the query',
      { secret: 'crm', in: 'query', name: 'k' },
      {},
      { k: secret, q: 'a b', x: '1' },
    ],
  ] as const)('travels %s', async (_, auth, headers, query) => {
    await call({ url: `${echo.url}/people?x=1`, query: { q: 'a b' }, auth });
    expect(echo.requests).toHaveLength(1);
    expect(echo.requests[0]?.headers).toMatchObject(headers);
    expect(echo.requests[0]?.query).toMatchObject(query);
  });

  it('is taken out of the answer that repeats it', async () => {
    const { body } = await call({ auth: { secret: 'crm', in: 'query', name: 'k' } });
    expect(body).toMatchObject({ query: { k: '[secret]' } });
    echo.behave({ handle: () => ({ body: `you sent ${encodeURIComponent(secret)}` }) });
    expect((await call({})).body).toBe('you sent [secret]');
  });

  it('is taken out of errors, also where their end is cut off in the middle of it', async () => {
    for (const length of [0, 150, 180, 190, 199]) {
      const body = { error: `${'x'.repeat(length)}${secret} is wrong` };
      echo.behave({ handle: () => ({ status: 401, body }) });
      const failure = await failing({});
      expect(failure.type).toBe('http_status');
      expect(failure.message).not.toContain(secret.slice(0, 6));
    }
  });

  it('goes to its hosts only', async () => {
    const failure = await failing({ url: `${other.url}/people` });
    expect(failure).toMatchObject({ type: 'key_host_refused', nonRetryable: true });
    expect(failure.message).toContain(hostOf(echo));
    expect(await failing({}, { hosts: [] })).toMatchObject({ type: 'key_host_refused' });
    expect([...echo.requests, ...other.requests]).toEqual([]);
    await call({}, { hosts: ['127.0.0.1'] });
  });

  it('travels without encryption only where the administrator opened the door', async () => {
    const url = 'http://api.example.com/people';
    const failure = await failing({ url }, { hosts: ['api.example.com'] });
    expect(failure).toMatchObject({ type: 'key_needs_https', nonRetryable: true });
  });

  it('does not go along when another origin is redirected to', async () => {
    const hosts = [hostOf(echo), hostOf(other)];
    const url = `${echo.url}/redirect?to=${encodeURIComponent(`${other.url}/there`)}`;
    for (const auth of [bearer, { secret: 'crm', in: 'header', name: 'x-api-key' } as const]) {
      await call({ url, auth }, { hosts });
    }
    expect(other.requests).toHaveLength(2);
    expect(JSON.stringify(other.requests)).not.toContain(secret);
  });

  it('stops where a redirect to another origin would carry it in its address', async () => {
    const location = `${other.url}/there?${new URLSearchParams({ k: secret }).toString()}`;
    echo.behave({ handle: () => ({ status: 307, headers: { location } }) });
    const failure = await failing({ auth: { secret: 'crm', in: 'query', name: 'k' } });
    expect(failure).toMatchObject({ type: 'key_redirected', nonRetryable: true });
    expect(other.requests).toEqual([]);
  });

  it('that is missing is named', async () => {
    const failure = await failing({ auth: { secret: 'billing', in: 'bearer' } });
    expect(failure).toMatchObject({ type: 'key_missing', nonRetryable: true });
    expect(failure.message).toContain('"billing"');
    expect(echo.requests).toEqual([]);
  });

  it('that no encryption key opens is named; another worker may open it', async () => {
    const failure = await failing({}, { readSecret: async () => 'sealed' });
    expect(failure).toMatchObject({ type: 'key_unreadable', nonRetryable: false });
    expect(failure.message).toContain('"crm"');
  });

  it('cannot take the place of the idempotency key', async () => {
    const failure = await failing({
      auth: { secret: 'crm', in: 'header', name: 'Idempotency-Key' },
    });
    expect(failure.type).toBe('header_invalid');
  });
});
