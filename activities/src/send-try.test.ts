import { type CallHttpInput, limits, type TryHttpResult } from '@crmflow/contracts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type EchoServer, startEchoServer } from '../../tests/support/echo-server.js';
import { quietEnvironment, runIn } from '../test/quiet-environment.js';
import { createEgress, type Egress } from './egress/egress.js';
import { createSendTry } from './send-try.js';

const secret = 'sk-s3cret/key+0123456789=';
let echo: EchoServer;
let other: EchoServer;
let egress: Egress;

beforeAll(async () => {
  [echo, other] = await Promise.all([startEchoServer(), startEchoServer()]);
  egress = createEgress({ allow: [new URL(echo.url).host] });
});
afterAll(() => Promise.all([egress.close(), echo.close(), other.close()]));
afterEach(() => {
  for (const server of [echo, other]) server.requests.length = 0;
  echo.behave({});
});

function send(request: Partial<CallHttpInput>): Promise<TryHttpResult> {
  const sendTry = createSendTry({
    egress,
    now: () => 0,
    readSecretOfWorkspace: async (workspaceId, service) =>
      workspaceId === 'ada' && service === 'crm'
        ? { secret, hosts: [new URL(echo.url).host] }
        : 'missing',
  });
  return runIn(quietEnvironment(), sendTry, {
    workspaceId: 'ada',
    request: {
      ...{ runId: 'try-1', nodeId: 'try', visit: 1, label: '', method: 'GET', wantBody: false },
      ...{ url: `${echo.url}/people`, headers: {}, query: {} },
      ...request,
    },
  });
}

describe('trying a request', () => {
  it('tells the whole answer, whatever its status', async () => {
    echo.behave({ handle: () => ({ status: 418, headers: { 'x-tea': 'yes' }, body: { no: 1 } }) });
    expect(await send({})).toMatchObject({
      ok: true,
      answer: { status: 418, headers: { 'x-tea': 'yes' }, body: { no: 1 }, truncated: false },
    });
    expect(echo.requests).toMatchObject([{ idempotencyKey: 'try-1:try:1' }]);
  });

  it('cuts off what no variable could take', async () => {
    const body = 'x'.repeat(limits.valueBytes + 1);
    echo.behave({ handle: () => ({ body }) });
    const result = await send({});
    expect(result).toMatchObject({ answer: { truncated: true, bytes: body.length } });
    expect(JSON.stringify(result).length).toBeLessThan(limits.valueBytes / 2);
  });

  it('takes a key along and out of body, headers and address', async () => {
    echo.behave({ handle: ({ query }) => ({ headers: { 'x-key': secret }, body: { query } }) });
    const auth = { secret: 'crm', in: 'query', name: 'k' } as const;
    const result = await send({ auth });
    expect(echo.requests).toMatchObject([{ query: { k: secret } }]);
    expect(JSON.stringify(result)).not.toContain(secret);
    expect(JSON.stringify(result)).not.toContain(encodeURIComponent(secret));
    expect(result).toMatchObject({ answer: { body: { query: { k: '[secret]' } } } });
  });

  it.each([
    ['a key that is not there', { auth: { secret: 'none', in: 'bearer' } }, 'key_missing'],
    ['an inner address', { url: 'http://169.254.169.254/latest/meta-data' }, 'egress_refused'],
    ['no address', { url: 'people' }, 'egress_refused'],
    ['a header of ours', { headers: { 'Idempotency-Key': 'x' } }, 'header_invalid'],
  ] as const)('is told of %s', async (_, request, code) => {
    expect(await send(request)).toMatchObject({ ok: false, error: { code } });
  });

  it('is kept from other hosts: by the guard, by the key, across a redirect', async () => {
    const auth = { secret: 'crm', in: 'bearer' } as const;
    expect(await send({ url: other.url })).toMatchObject({ error: { code: 'egress_refused' } });
    expect(await send({ url: other.url, auth })).toMatchObject({
      error: { code: 'key_host_refused' },
    });
    const url = `${echo.url}/redirect?to=${encodeURIComponent(other.url)}`;
    expect(await send({ url })).toMatchObject({ error: { code: 'egress_refused' } });
    expect(other.requests).toEqual([]);
  });
});
