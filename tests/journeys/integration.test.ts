import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EchoServer, startEchoServer } from '../support/echo-server.js';
import { ask, edge, node, row, say } from '../support/flows.js';
import { useInstallation } from '../support/installation.js';
import { until } from '../support/until.js';
import { pathOf, retriesOf, spoken, variablesOf } from '../support/story.js';

const site = useInstallation();
let forbidden: EchoServer;

beforeAll(async () => {
  forbidden = await startEchoServer();
});
afterAll(() => forbidden?.close());

const call = (path: string, data: object = {}) =>
  node('it', 'integration', { kind: 'http', url: `${site.echo.url}${path}`, ...data });
const caught = {
  aside: [say('sorry', 'Caught {{ run.error.code }}')],
  edges: [edge('it', 'error', 'sorry')],
};
const requestsTo = (path: string) => site.echo.requests.filter((one) => one.path === path);

describe('an integration node', () => {
  it.each(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD'])('calls by %s', async (method) => {
    const path = `/method/${method}`;
    const run = await site.hold(row([call(path, { method })]));
    expect(await run.finished()).toMatchObject({ status: 'completed' });
    expect(requestsTo(path)).toMatchObject([{ method, idempotencyKey: `${run.runId}:it:1` }]);
  });

  it('fills in address, query, headers and the leaves of its body, each with its type', async () => {
    const run = await site.hold(
      row([
        call('/people/{{ input.name }}/x?fixed=1&who={{ input.name }}', {
          method: 'POST',
          headers: { 'X-Name': 'for {{ input.id }}' },
          query: { name: '{{ input.name }}', n: '{{ input.id }}' },
          body: {
            id: '{{ input.id }}',
            list: ['{{ input.tags }}', true],
            text: 'id {{ input.id }}',
          },
          saveAs: 'answer',
        }),
      ]),
      { name: 'a b/ä?&=#', id: 7, tags: ['x', 1] },
    );
    expect(await run.finished()).toMatchObject({ status: 'completed' });
    const [request] = requestsTo('/people/a%20b%2F%C3%A4%3F%26%3D%23/x');
    expect(request).toMatchObject({
      method: 'POST',
      query: { fixed: '1', who: 'a b/ä?&=#', name: 'a b/ä?&=#', n: '7' },
      body: { id: 7, list: [['x', 1], true], text: 'id 7' },
    });
    expect(request?.headers).toMatchObject({
      'x-name': 'for 7',
      'content-type': 'application/json',
    });
    expect(variablesOf(run)['answer']).toMatchObject({ method: 'POST', body: { id: 7 } });
  });

  it('saves text as text', async () => {
    const run = await site.hold(row([call('/bytes?count=5', { saveAs: 'text' })]));
    expect(await run.finished()).toMatchObject({ output: { text: 'xxxxx' } });
  });

  it('refuses a line break in a header', async () => {
    const run = await site.hold(
      row([call('/header', { headers: { 'X-Name': '{{ input.name }}' } })], caught),
      { name: 'a\r\nX-Evil: 1' },
    );
    await run.finished();
    expect(spoken(run)).toEqual(['system: Caught header_invalid']);
    expect(requestsTo('/header')).toEqual([]);
  });

  it('carries one key on all attempts', async () => {
    const run = await site.hold(
      row([ask('go'), call('/status/503?times=2', { saveAs: 'answer' })]),
    );
    // Retries are told live only: by then someone listens.
    await run.say('go');
    expect(await run.finished()).toMatchObject({ status: 'completed' });
    expect(site.echo.countOf(`${run.runId}:it:1`)).toBe(3);
    expect(retriesOf(run)).toMatchObject([
      { attempt: 1, error: { code: 'http_status' } },
      { attempt: 2, error: { code: 'http_status' } },
    ]);
  });

  it('shows while it waits which attempt comes next, when and why', async () => {
    const run = await site.hold(row([ask('go'), call('/status/503?times=1&retry-after=4')]));
    await run.say('go');
    const waiting = await until('the snapshot to show it', async () => {
      const [current] = (await site.client.snapshot(run.runId)).currentNodes;
      return current?.nextRetryAt !== undefined && current;
    });
    expect(waiting).toMatchObject({ nodeId: 'it', visit: 1, state: 'active', attempt: 2 });
    expect(waiting.lastError).toContain('503');
    const [retrying] = retriesOf(run);
    expect(retrying).toMatchObject({ runId: run.runId, nodeId: 'it', visit: 1, attempt: 1 });
    expect(await run.finished()).toMatchObject({ status: 'completed' });
    const [first, second] = site.echo.requests.filter(
      ({ idempotencyKey }) => idempotencyKey === `${run.runId}:it:1`,
    );
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(4_000);
  });

  it('says so while its service does not answer', async () => {
    const run = await site.hold(row([ask('go'), call('/slow?ms=8000')]));
    await run.say('go');
    const slow = await until('the run to say so', () =>
      run.live.find(({ event }) => event === 'node:slow'),
    );
    expect(slow.payload).toMatchObject({ nodeId: 'it', visit: 1, attempt: 1 });
    const [current] = (await site.client.snapshot(run.runId)).currentNodes;
    expect(current).toMatchObject({ nodeId: 'it', state: 'active' });
    const { startedAt } = slow.payload as { startedAt: string };
    expect(
      Math.abs(Date.parse(startedAt) - Date.parse(current?.attemptStartedAt ?? '')),
    ).toBeLessThan(2_000);
    expect(await run.finished()).toMatchObject({ status: 'completed' });
  });

  it('leaves by error where the service refuses', async () => {
    const run = await site.hold(row([call('/status/404')], caught));
    expect(await run.finished()).toMatchObject({ status: 'completed' });
    expect(pathOf(run)).toEqual(['start.out', 'it.error', 'sorry.out']);
    expect(spoken(run)).toEqual(['system: Caught http_status']);
    expect(site.echo.countOf(`${run.runId}:it:1`)).toBe(1);
  });

  it('fails the run where nothing hangs at error', async () => {
    const run = await site.hold(row([call('/status/400')]));
    const error = { code: 'http_status', nodeId: 'it' };
    expect(await run.finished()).toMatchObject({ status: 'failed', error });
  });

  it('waits no longer than it may', async () => {
    const run = await site.hold(
      row([call('/never', { timeout: 'PT1S', retryFor: 'PT3S' })], caught),
    );
    expect(await run.finished()).toMatchObject({ status: 'completed' });
    expect(spoken(run)).toEqual(['system: Caught http_timeout']);
  });

  it('goes to no private address, and to none behind a redirect', async () => {
    const direct = node('it', 'integration', { url: `${forbidden.url}/secret` });
    const redirect = call(`/redirect?to=${encodeURIComponent(`${forbidden.url}/secret`)}`);
    for (const one of [direct, redirect]) {
      const run = await site.hold(row([one], caught));
      await run.finished();
      expect(spoken(run)).toEqual(['system: Caught egress_refused']);
    }
    expect(forbidden.requests).toEqual([]);
  });

  it('takes no answer of more than 256 kB, whether anything keeps it or not', async () => {
    for (const data of [{ saveAs: 'it' }, {}]) {
      const run = await site.hold(row([call('/bytes?count=260000', data)], caught));
      await run.finished();
      expect(spoken(run)).toEqual(['system: Caught http_too_large']);
    }
  });
});
