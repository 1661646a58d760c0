import type { CallHttpInput } from '@crmflow/contracts';
import { ApplicationFailure } from '@temporalio/common';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EchoServer, startEchoServer } from '../../tests/support/echo-server.js';
import { hostileResolve, hostileUrls } from '../test/hostile-urls.js';
import { quietEnvironment, runIn } from '../test/quiet-environment.js';
import { createCallHttp } from './call-http.js';
import { createEgress, type Egress } from './egress/egress.js';
import { createSendTry } from './send-try.js';

/** It stands for a service in the net: allowed, and it leads wherever it is told. */
let service: EchoServer;
let egress: Egress;

beforeAll(async () => {
  service = await startEchoServer();
  service.behave({
    handle: ({ query, method }) => ({
      status: method === 'POST' ? 308 : 302,
      headers: { location: query['to'] ?? '' },
    }),
  });
  egress = createEgress({ allow: [new URL(service.url).host], resolve: hostileResolve });
});
afterAll(() => Promise.all([egress.close(), service.close()]));

const request = (more: Partial<CallHttpInput>): CallHttpInput => ({
  ...{ runId: 'run-1', nodeId: 'it', visit: 1, label: 'It', method: 'GET', url: '' },
  ...{ headers: {}, query: {}, wantBody: true },
  ...more,
});

/** What an integration node, or a model by its tool, makes of a request. */
function call(more: Partial<CallHttpInput>): Promise<unknown> {
  const callHttp = createCallHttp({
    ...{ egress, now: () => 0, random: () => 0, live: () => Promise.resolve() },
    readSecret: () => Promise.resolve('missing'),
  });
  return runIn(quietEnvironment(), callHttp, request(more)).catch((error: unknown) => error);
}

/** What the Try button makes of it. */
function tryIt(more: Partial<CallHttpInput>): Promise<unknown> {
  const sendTry = createSendTry({
    ...{ egress, now: () => 0 },
    readSecretOfWorkspace: () => Promise.resolve('missing'),
  });
  return runIn(quietEnvironment(), sendTry, { workspaceId: 'ada', request: request(more) }).catch(
    (error: unknown) => error,
  );
}

/** Redirects may be relative, what is no address leads nowhere, and headers are ASCII. */
const targets = hostileUrls.filter((url) => URL.canParse(url) && /^[\x20-\x7e]+$/.test(url));

describe('an integration, a tool of a model and a trial', () => {
  it('are asked for many hostile addresses', () => {
    expect(Math.min(hostileUrls.length, targets.length)).toBeGreaterThanOrEqual(40);
  });

  it.each(hostileUrls)('go not to %s, and say so', async (url) => {
    const refused = await call({ url });
    expect(refused).toBeInstanceOf(ApplicationFailure);
    expect(refused).toMatchObject({ type: 'egress_refused', nonRetryable: true });
    const tried = await tryIt({ url });
    expect(JSON.stringify(tried)).toContain('egress_refused');
    for (const told of [(refused as Error).message, JSON.stringify(tried)]) {
      expect(told.length).toBeGreaterThan(20);
      expect(told).not.toMatch(/user:secret/);
    }
  });

  it.each(targets)('follow no service to %s', async (to) => {
    for (const method of ['GET', 'POST']) {
      const refused = await call({ method, url: `${service.url}/go`, query: { to } });
      expect(refused).toMatchObject({ type: 'egress_refused', nonRetryable: true });
    }
  });
});

it('an address that a value is put into is judged with that value in it', async () => {
  // As `https://{{ vars.host }}/` would be, should a visitor say where to go.
  const refused = await call({ url: 'http://[::ffff:169.254.169.254]/latest?x=1' });
  expect(refused).toMatchObject({ type: 'egress_refused' });
  expect((refused as Error).message).not.toContain('x=1');
});
