import { createSecretCipher, readSecretOfWorkspace } from '@crmflow/db';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, newUser } from '../testing/ask.js';
import { type FakeGemini, startFakeGemini } from '../../../tests/support/fake-gemini.js';
import { startTestApi, type TestApi } from '../testing/test-api.js';
import { keyRoutes } from './routes.js';

let api: TestApi;
const logged: string[] = [];

let gemini: FakeGemini;

beforeAll(async () => {
  gemini = await startFakeGemini({});
  api = await startTestApi({
    environment: { GEMINI_BASE_URL: gemini.url },
    routes: keyRoutes,
    onLog: (line) => logged.push(line),
  });
});
afterAll(() => Promise.all([api.stop(), gemini.close()]));

const secret = 'sk-very-secret-0123456789-wxyz';

const post = (token: string, json: object) => ask(api, 'POST /api/keys', { token, json });
const list = async (token: string) => (await ask(api, 'GET /api/keys', { token })).body;

describe('POST /api/keys', () => {
  it('stores a key, and tells all of it but the key', async () => {
    const { token, user } = await newUser(api);
    const hosts = ['api.example.com', 'API.example.com:8443'];
    const answer = await post(token, { service: 'crm', key: secret, hosts });
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({
      id: expect.any(String) as string,
      service: 'crm',
      last4: 'wxyz',
      hosts: ['api.example.com', 'api.example.com:8443'],
      createdAt: expect.any(String) as string,
      updatedAt: expect.any(String) as string,
      usedBy: { count: 0, flows: [] },
    });
    expect(await list(token)).toEqual({ items: [answer.body], nextCursor: null });
    const row = await api.deps.db.apiKey.findUniqueOrThrow({ where: { id: answer.body.id } });
    expect(Buffer.from(row.ciphertext).includes(secret)).toBe(false);
    const cipher = createSecretCipher({ current: api.deps.config.encryptionKey });
    const binding = { workspaceId: user.id, service: 'crm', hosts: answer.body.hosts as string[] };
    expect(cipher.open(row, binding)).toBe(secret);
  });

  it('replaces the key that the service has, under the same id', async () => {
    const { token } = await newUser(api);
    const first = await post(token, { service: 'crm', key: secret, hosts: ['a.example'] });
    const second = await post(token, { service: 'crm', key: 'another-key-abcd' });
    expect(second).toMatchObject({
      status: 200,
      body: { id: first.body.id, last4: 'abcd', hosts: [], createdAt: first.body.createdAt },
    });
    expect((await list(token)).items).toHaveLength(1);
  });

  it('stores one where several come at once', async () => {
    const { token } = await newUser(api);
    const keys = Array.from({ length: 8 }, (_, i) => ({ service: 'crm', key: `at-once-key-${i}` }));
    const answers = await Promise.all(keys.map((one) => post(token, one)));
    expect(answers.map(({ status }) => status).sort()).toEqual([
      ...Array<number>(7).fill(200),
      201,
    ]);
    expect(new Set(answers.map(({ body }) => body.id as string)).size).toBe(1);
  });

  it('shows less of a short one', async () => {
    const { token } = await newUser(api);
    expect((await post(token, { service: 'pin', key: '12345678' })).body.last4).toBe('78');
  });

  it('lets a key of gemini go to Gemini', async () => {
    const { token } = await newUser(api);
    const { body } = await post(token, { service: 'gemini', key: secret });
    expect(body.hosts).toEqual([new URL(gemini.url).host]);
    expect(body.warning).toBeUndefined();
  });

  it('stores no key that Gemini refuses', async () => {
    const { token } = await newUser(api);
    gemini.behave({ key: 'the-right-key-0123' });
    const answer = await post(token, { service: 'gemini', key: secret });
    expect(answer).toMatchObject({
      status: 422,
      body: { code: 'invalid', errors: [{ path: 'key' }] },
    });
    expect(answer.text).not.toContain(secret);
    expect((await list(token)).items).toEqual([]);
    const { status } = await post(token, { service: 'gemini', key: 'the-right-key-0123' });
    expect(status).toBe(201);
  });

  it('stores one with a warning where Gemini does not answer', async () => {
    const { token } = await newUser(api);
    gemini.behave({ handle: () => ({ kind: 'error', status: 503 }) });
    const { status, body } = await post(token, { service: 'gemini', key: secret });
    expect(status).toBe(201);
    expect(body.warning).toMatch(/not responding/);
    gemini.behave({});
  });

  it('tries none that may not go there', async () => {
    const { token } = await newUser(api);
    gemini.requests.length = 0;
    await post(token, { service: 'gemini', key: secret, hosts: ['elsewhere.example'] });
    await post(token, { service: 'crm', key: secret });
    expect(gemini.requests).toEqual([]);
  });

  it('says where the body has faults, and never repeats the key', async () => {
    const { token } = await newUser(api);
    const broken = `${secret}\n`;
    const answer = await post(token, { service: '../x', key: broken, hosts: ['https://a.io'] });
    expect(answer.status).toBe(422);
    expect(answer.body.errors.map(({ path }: { path: string }) => path)).toEqual([
      'service',
      'key',
      'hosts[0]',
    ]);
    expect(answer.text).not.toContain(secret);
  });
});

describe('GET /api/keys', () => {
  it("lists one's own page by page, the newest first", async () => {
    const { token } = await newUser(api);
    await post((await newUser(api)).token, { service: 'other', key: secret });
    for (const service of ['a', 'b', 'c']) await post(token, { service, key: secret });
    const first = (await ask(api, 'GET /api/keys?limit=2', { token })).body;
    const next = `GET /api/keys?limit=2&cursor=${first.nextCursor}`;
    const second = (await ask(api, next, { token })).body;
    const services = [...first.items, ...second.items].map(({ service }) => service as string);
    expect(services).toEqual(['c', 'b', 'a']);
    expect(second.nextCursor).toBeNull();
  });
});

describe('the flows that use a key', () => {
  const node = (type: string, data: object) => ({
    id: 'it',
    type,
    label: type,
    position: { x: 0, y: 0 },
    data,
  });
  const request = (secret: string) => node('integration', { auth: { secret } });

  /** A flow of one node; `published` is that of its versions, in their order. */
  async function newFlow(
    workspaceId: string,
    name: string,
    draft: object,
    published: object[] = [],
  ) {
    const { id, type, label, data } = draft as ReturnType<typeof node>;
    const { db } = api.deps;
    const nodes = { create: { id, type, label, data, x: 0, y: 0, order: 0 } };
    const flow = await db.workflow.create({ data: { workspaceId, name, nodes } });
    for (const [index, one] of published.entries()) {
      const graph = { nodes: [one], edges: [], variables: [] };
      const contentHash = `${flow.id} ${index}`;
      await db.workflowVersion.create({
        data: { workflowId: flow.id, number: index + 1, contentHash, graph },
      });
    }
    return { id: flow.id, name };
  }

  it('are those whose draft or newest version names it, each once, and nobody else’s', async () => {
    const { token, user } = await newUser(api);
    const stranger = await newUser(api);
    await newFlow(stranger.user.id, 'Not mine', request('crm'));
    const both = await newFlow(user.id, 'both', request('crm'), [request('crm')]);
    const draft = await newFlow(user.id, 'Draft', request('crm'), [request('shop')]);
    const live = await newFlow(user.id, 'Live', request(''), [request('shop'), request('crm')]);
    await newFlow(user.id, 'Formerly', request('none'), [request('crm'), request('none')]);
    await post(token, { service: 'crm', key: secret });
    const { usedBy } = (await post(token, { service: 'crm', key: secret })).body;
    expect(usedBy).toEqual({ count: 3, flows: [both, draft, live] });
    await post(token, { service: 'shop', key: secret });
    const { items } = await list(token);
    expect(items).toMatchObject([{ usedBy: { count: 1, flows: [draft] } }, { usedBy }]);
  });

  it('are for the key of gemini those that ask the model', async () => {
    const { token, user } = await newUser(api);
    const asks = await newFlow(user.id, 'Asks', node('ai', { prompt: 'Hi' }));
    const speaks = await newFlow(user.id, 'Speaks', node('speak', { mode: 'ai', text: 'Hi' }));
    await newFlow(user.id, 'Verbatim', node('speak', { text: 'Hi' }));
    const { body } = await post(token, { service: 'gemini', key: secret });
    expect(body.usedBy).toEqual({ count: 2, flows: [asks, speaks] });
  });

  it('are counted, where they are too many to be named', async () => {
    const { token, user } = await newUser(api);
    for (let i = 0; i < 23; i += 1) await newFlow(user.id, `Flow ${i}`, request('crm'));
    const { usedBy } = (await post(token, { service: 'crm', key: secret })).body;
    expect(usedBy.count).toBe(23);
    expect(usedBy.flows).toHaveLength(20);
  });
});

describe('when a key was used last', () => {
  it('is told, and forgotten when another takes its place', async () => {
    const { token, user } = await newUser(api);
    await post(token, { service: 'crm', key: secret });
    const cipher = createSecretCipher({ current: api.deps.config.encryptionKey });
    await readSecretOfWorkspace(api.deps.pool, cipher, { workspaceId: user.id, service: 'crm' });
    const [used] = (await list(token)).items;
    expect(Date.parse(used.lastUsedAt)).toBeGreaterThanOrEqual(Date.parse(used.createdAt) - 1_000);
    expect((await post(token, { service: 'crm', key: secret })).body.lastUsedAt).toBeUndefined();
  });
});

describe('DELETE /api/keys/:service', () => {
  it("deletes one's own, once", async () => {
    const { token } = await newUser(api);
    const stranger = await newUser(api);
    await post(token, { service: 'crm', key: secret });
    const remove = (as: string, service = 'crm') =>
      ask(api, `DELETE /api/keys/${service}`, { token: as });
    expect(await remove(stranger.token)).toMatchObject({ status: 404 });
    expect(await remove(token)).toMatchObject({ status: 204, text: '' });
    expect(await remove(token)).toMatchObject({ status: 404, body: { code: 'not_found' } });
    expect(await remove(token, 'a%20b')).toMatchObject({ status: 404 });
    expect((await list(token)).items).toEqual([]);
  });
});

it('logs no key', () => {
  expect(logged.length).toBeGreaterThan(10);
  expect(logged.join('\n')).not.toContain(secret);
});
