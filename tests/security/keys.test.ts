import { beforeAll, afterAll, describe, expect, it } from 'vitest';
import type { Client } from '../support/client.js';
import { type EchoServer, startEchoServer } from '../support/echo-server.js';
import { edge, flowOf, node, row, say } from '../support/flows.js';
import { useInstallation } from '../support/installation.js';
import { pathOf, spoken, variablesOf } from '../support/story.js';
import { temporalOf } from '../support/temporal-of.js';
import { until } from '../support/until.js';

const site = useInstallation({ GEMINI_API_KEY: '' });
const secret = 'sk-journey/0123456789+abcd=';
let elsewhere: EchoServer;

const hostOf = ({ url }: { url: string }) => new URL(url).host;
const store = (client: Client, service: string, hosts?: string[], key = secret) =>
  client.call('POST', '/api/keys', { service, key, ...(hosts && { hosts }) });

beforeAll(async () => {
  elsewhere = await startEchoServer();
  await store(site.client, 'crm', [hostOf(site.echo)]);
});
afterAll(() => elsewhere?.close());

const bearer = { secret: 'crm', in: 'bearer' };
const call = (path: string, data: object) =>
  node('it', 'integration', { url: `${site.echo.url}${path}`, auth: bearer, ...data });
const caught = {
  aside: [say('sorry', 'Caught {{ run.error.code }}')],
  edges: [edge('it', 'error', 'sorry')],
};
const requestsTo = (path: string) => site.echo.requests.filter((one) => one.path === path);

describe('an integration with a stored key', () => {
  it.each([
    ['bearer', bearer, { authorization: `Bearer ${secret}` }, {}],
    ['header', { secret: 'crm', in: 'header', name: 'X-Key' }, { 'x-key': secret }, {}],
    ['query', { secret: 'crm', in: 'query', name: 'key' }, {}, { key: secret }],
  ])('sends it by %s, and saves what came back without it', async (by, auth, headers, query) => {
    const run = await site.hold(row([call(`/by-${by}`, { auth, saveAs: 'answer' })]));
    expect(await run.finished()).toMatchObject({ status: 'completed' });
    const [request] = requestsTo(`/by-${by}`);
    expect(request).toMatchObject({ headers, query });
    const saved = JSON.stringify(variablesOf(run)['answer']);
    expect(saved).toContain('[secret]');
    expect(saved).not.toContain(secret);
  });

  it('leaves by error where there is no such key, or it may not go there', async () => {
    await store(site.client, 'other', ['api.example.com']);
    await store(site.client, 'plain', ['plain.example.com']);
    const url = 'http://plain.example.com/';
    for (const [code, data] of [
      ['key_missing', { auth: { ...bearer, secret: 'nobody' } }],
      ['key_host_refused', { auth: { ...bearer, secret: 'other' } }],
      ['key_needs_https', { url, auth: { ...bearer, secret: 'plain' } }],
    ] as const) {
      const run = await site.hold(row([call('/refused', data)], caught));
      await run.finished();
      expect(spoken(run)).toEqual([`system: Caught ${code}`]);
      expect(pathOf(run)).toEqual(['start.out', 'it.error', 'sorry.out']);
    }
    expect(requestsTo('/refused')).toEqual([]);
  });

  it('uses none of a user whose flow it is not', async () => {
    const stranger = await site.another();
    const run = await site.hold(row([call('/stranger', {})], caught), {}, stranger);
    await run.finished();
    expect(spoken(run)).toEqual(['system: Caught key_missing']);
  });

  it('keeps it out of the error of a service that repeats it', async () => {
    site.echo.behave({
      handle: ({ path, headers }) =>
        path === '/echoes' ? { status: 403, body: { denied: headers.authorization } } : undefined,
    });
    const run = await site.hold(row([call('/echoes', {})]));
    const finished = await run.finished();
    site.echo.behave({});
    expect(finished).toMatchObject({ error: { code: 'http_status', nodeId: 'it' } });
    expect(JSON.stringify(finished)).toContain('Bearer [secret]');
    expect(JSON.stringify(await site.client.snapshot(run.runId))).not.toContain(secret);
  });

  it('does not run where a value makes its host', async () => {
    const workflowId = await site.client.save(
      row([call('', { url: 'https://{{ input.host }}/' })]),
    );
    const start = { version: 'draft', input: { host: 'evil.example' } };
    const answer = await site.client.call('POST', `/api/workflows/${workflowId}/runs`, start);
    expect(answer).toMatchObject({ status: 422, body: { code: 'flow_invalid' } });
    expect(JSON.stringify(answer.body)).toContain('Write the host without a variable');
  });
});

describe('the key for the model', () => {
  const ai = (prompt: string) => row([node('it', 'ai', { prompt })], caught);

  it('fails with ai_key_missing if neither the user nor the installation has a key', async () => {
    const run = await site.hold(ai('without a key'));
    await run.finished();
    expect(spoken(run)).toEqual(['system: Caught ai_key_missing']);
    expect(site.asked('without a key')).toEqual([]);
  });

  it("is the user's own", async () => {
    const owner = await site.another();
    const { body } = await store(owner, 'gemini', undefined, 'own-gemini-key-0123');
    expect(body).toMatchObject({ hosts: [hostOf(site.gemini)], last4: '0123' });
    const run = await site.hold(ai('with my key'), {}, owner);
    expect(await run.finished()).toMatchObject({ status: 'completed' });
    const [asked] = site.asked('with my key');
    expect(asked?.headers['x-goog-api-key']).toBe('own-gemini-key-0123');
    await owner.call('DELETE', '/api/keys/gemini');
    const again = await site.hold(ai('without my key'), {}, owner);
    await again.finished();
    expect(spoken(again)).toEqual(['system: Caught ai_key_missing']);
  });
});

describe('a request that is tried', () => {
  // Here and not beside its other tests: Temporal deletes one try after the other, half a minute
  // each, and those of other files would have to go first.
  it('leaves nothing in Temporal once it is deleted', { timeout: 180_000 }, async () => {
    const id = await site.client.save(flowOf([], []));
    const data = { url: `${site.echo.url}/gone` };
    const tried = await site.client.call('POST', `/api/workflows/${id}/try-http`, { data });
    expect(tried.status).toBe(200);
    const temporal = await temporalOf(site.system);
    const isEmpty = async () =>
      (await temporal.workflow.count("WorkflowType = 'tryHttp'")).count === 0;
    await until('no try in Temporal', isEmpty, { timeoutMs: 150_000 });
    await temporal.connection.close();
  });
});
