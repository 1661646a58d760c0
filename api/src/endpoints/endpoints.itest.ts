import type { Endpoint, OutboundDelivery } from '@crmflow/contracts';
import { limits, outboundTypes } from '@crmflow/contracts';
import { createSecretCipher, openEndpointSecrets, rotateSecrets } from '@crmflow/db';
import { describe, expect, it } from 'vitest';
import { type AskOptions, ask, newUser } from '../testing/ask.js';
import { useTestApi } from '../testing/test-api.js';
import { tokenRoutes } from '../workspaces/token-routes.js';
import { endpointRoutes } from './routes.js';

const logged: string[] = [];
const api = useTestApi({
  environment: { CRMFLOW_EGRESS_ALLOW: 'localhost:9999' },
  routes: (deps) => [...endpointRoutes(deps), ...tokenRoutes(deps)],
  onLog: (line) => logged.push(line),
});

const url = 'https://hooks.example.com/events?token=in-the-url';
const types = ['run.failed', 'message.created'];

/** Somebody with a workspace of their own. */
async function newOwner() {
  const { token, user } = await newUser(api);
  const path = `/api/workspaces/${user.id}/endpoints`;
  const call = (method: string, rest = '', options: AskOptions = {}) =>
    ask(api, `${method} ${path}${rest}`, { token, ...options });
  return {
    ...{ token, workspaceId: user.id, call },
    create: async (json: object = { url, types }) =>
      (await call('POST', '', { json })).body as Endpoint & { secret: string },
    list: async () => (await call('GET')).body as { items: Endpoint[]; nextCursor: string | null },
  };
}

const cipherOf = () => createSecretCipher({ current: api.deps.config.encryptionKey });

describe('an endpoint', () => {
  it('is made with a secret that is told once, and stored sealed', async () => {
    const owner = await newOwner();
    const { secret, ...made } = await owner.create();
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(made).toEqual({
      id: expect.any(String) as string,
      ...{ url, types, enabled: true, disabledBecause: null, failingSince: null },
      ...{ deliveredAt: null, pending: 0, createdAt: expect.any(String) as string },
      secrets: [
        { last4: secret.slice(-4), createdAt: expect.any(String) as string, expiresAt: null },
      ],
    });
    expect(await owner.list()).toEqual({ items: [made], nextCursor: null });
    const endpoint = { id: made.id, workspaceId: owner.workspaceId };
    expect(await openEndpointSecrets(api.deps.pool, cipherOf(), endpoint)).toEqual([secret]);
    expect(logged.join('\n')).not.toContain(secret);
  });

  it('takes a secret that there is already', async () => {
    const owner = await newOwner();
    const secret = `whsec_${Buffer.alloc(24, 1).toString('base64')}`;
    expect((await owner.create({ url, types, secret })).secret).toBe(secret);
  });

  it.each<[string, object]>([
    ['url', { url: 'no url', types }],
    ['url', { url: 'http://hooks.example.com/', types }],
    ['url', { url: `https://example.com/${'x'.repeat(2_000)}`, types }],
    ['types', { url, types: [] }],
    ['types[0]', { url, types: ['run.exploded'] }],
    ['secret', { url, types, secret: 'whsec_short' }],
    ['secret', { url, types, secret: `whsec_${Buffer.alloc(23).toString('base64')}` }],
    ['secret', { url, types, secret: `whsec_${Buffer.alloc(65).toString('base64')}` }],
    ['', { url, types, more: 1 }],
  ])('422 invalid at %s: %j', async (path, json) => {
    const owner = await newOwner();
    const { status, body } = await owner.call('POST', '', { json });
    expect([status, body.code]).toEqual([422, 'invalid']);
    const paths = (body.errors as { path: string }[]).map((one) => one.path);
    expect(paths).toContain(path === '' ? 'more' : path);
  });

  it.each(['https://127.0.0.1/', 'https://169.254.169.254/latest', 'https://user:pw@example.com/'])(
    '422 for %s, also later',
    async (inner) => {
      const owner = await newOwner();
      const refused = await owner.call('POST', '', { json: { url: inner, types } });
      expect([refused.status, refused.body.code]).toEqual([422, 'egress_refused']);
      const { id } = await owner.create();
      const changed = await owner.call('PATCH', `/${id}`, { json: { url: inner } });
      expect([changed.status, changed.body.code]).toEqual([422, 'egress_refused']);
    },
  );

  it('may be by http where the administrator opened the door', async () => {
    const owner = await newOwner();
    const made = await owner.create({ url: 'http://localhost:9999/in', types });
    expect(made.url).toBe('http://localhost:9999/in');
  });

  it('422 endpoints_full beyond the limit, however many come at once', async () => {
    const owner = await newOwner();
    const asked = Array.from({ length: limits.endpoints + 3 }, () =>
      owner.call('POST', '', { json: { url, types } }),
    );
    const codes = (await Promise.all(asked)).map(({ status, body }) =>
      status === 201 ? 201 : (body.code as string),
    );
    expect(codes.filter((code) => code === 201)).toHaveLength(limits.endpoints);
    expect(codes.filter((code) => code === 'endpoints_full')).toHaveLength(3);
  });

  it('is changed in part, and enabled again without what was held against it', async () => {
    const owner = await newOwner();
    const { id } = await owner.create();
    const change = async (json: object) =>
      (await owner.call('PATCH', `/${id}`, { json })).body as Endpoint;
    await api.deps.pool.query(
      `UPDATE "Endpoint" SET enabled = false, "disabledBecause" = 'gone', "failingSince" = now(),
                             "restsUntil" = now() + interval '1 hour' WHERE id = $1`,
      [id],
    );
    expect(await change({ types: outboundTypes })).toMatchObject({
      ...{ types: outboundTypes, enabled: false, disabledBecause: 'gone' },
    });
    expect(await change({ enabled: true })).toMatchObject({
      ...{ url, enabled: true, disabledBecause: null, failingSince: null },
    });
    const { rows } = await api.deps.pool.query(
      'SELECT "restsUntil" FROM "Endpoint" WHERE id = $1',
      [id],
    );
    expect(rows).toEqual([{ restsUntil: null }]);
    const audit = await ask(api, `GET /api/workspaces/${owner.workspaceId}/audit`, {
      token: owner.token,
    });
    expect(audit.text).toContain('endpoint.change');
    expect(audit.text).not.toContain('in-the-url');
  });

  it('has two secrets for a day after one was replaced', async () => {
    const owner = await newOwner();
    const first = await owner.create();
    const endpoint = { id: first.id, workspaceId: owner.workspaceId };
    const rotate = async () =>
      (await owner.call('POST', `/${first.id}/rotate`)).body as typeof first;
    const open = () => openEndpointSecrets(api.deps.pool, cipherOf(), endpoint);
    const second = await rotate();
    expect(await open()).toEqual([second.secret, first.secret]);
    expect(second.secrets.map(({ last4, expiresAt }) => [last4, expiresAt === null])).toEqual([
      [second.secret.slice(-4), true],
      [first.secret.slice(-4), false],
    ]);
    const third = await rotate();
    expect(await open()).toEqual([third.secret, second.secret]);
    await api.deps.pool.query(
      `UPDATE "EndpointSecret" SET "expiresAt" = "expiresAt" - interval '1 day'
        WHERE "endpointId" = $1`,
      [first.id],
    );
    expect(await open()).toEqual([third.secret]);
    expect((await owner.list()).items[0]?.secrets).toHaveLength(1);
  });

  it('keeps its secret when the encryption key is replaced', async () => {
    const owner = await newOwner();
    const { id, secret } = await owner.create();
    const next = createSecretCipher({
      current: Buffer.alloc(32, 9).toString('base64'),
      previous: [api.deps.config.encryptionKey],
    });
    await rotateSecrets(api.deps.pool, next);
    const alone = createSecretCipher({ current: Buffer.alloc(32, 9).toString('base64') });
    const endpoint = { id, workspaceId: owner.workspaceId };
    expect(await openEndpointSecrets(api.deps.pool, alone, endpoint)).toEqual([secret]);
    // Back for the other tests.
    const back = { current: api.deps.config.encryptionKey };
    await rotateSecrets(
      api.deps.pool,
      createSecretCipher({ ...back, previous: [Buffer.alloc(32, 9).toString('base64')] }),
    );
  });

  it('goes with its deliveries', async () => {
    const owner = await newOwner();
    const { id } = await owner.create();
    await owner.call('POST', `/${id}/test`, { json: {} });
    expect((await owner.call('DELETE', `/${id}`)).status).toBe(204);
    expect((await owner.call('DELETE', `/${id}`)).status).toBe(404);
    expect((await owner.call('GET', `/${id}/deliveries`)).status).toBe(404);
    expect((await owner.list()).items).toEqual([]);
  });

  it('is not there for other workspaces, whoever asks', async () => {
    const [owner, other] = [await newOwner(), await newOwner()];
    const { id } = await owner.create();
    for (const [method, rest, json] of [
      ['PATCH', '', { enabled: false }],
      ['DELETE', ''],
      ['POST', '/rotate'],
      ['POST', '/test', {}],
      ['GET', '/deliveries'],
    ] as const) {
      const { status } = await other.call(method, `/${id}${rest}`, json && { json });
      expect([method, rest, status]).toEqual([method, rest, 404]);
    }
  });

  it('is for owners only', async () => {
    const owner = await newOwner();
    const { id } = await owner.create();
    const { body } = await ask(api, `POST /api/workspaces/${owner.workspaceId}/tokens`, {
      token: owner.token,
      json: { name: 'Script', role: 'editor' },
    });
    const token = body.token as string;
    expect((await owner.call('GET', '', { token })).status).toBe(403);
    expect((await owner.call('GET', `/${id}/deliveries`, { token })).status).toBe(403);
    const made = await owner.call('POST', '', { token, json: { url, types } });
    expect(made.status).toBe(403);
  });
});

describe('the deliveries of an endpoint', () => {
  const deliveriesOf = async (
    owner: Awaited<ReturnType<typeof newOwner>>,
    id: string,
    query = '',
  ) =>
    (await owner.call('GET', `/${id}/deliveries${query}`)).body as {
      items: OutboundDelivery[];
      nextCursor: string | null;
    };

  it('begin with a test of each type, and are read page by page', async () => {
    const owner = await newOwner();
    const { id } = await owner.create();
    for (const type of outboundTypes) {
      const { status, body } = await owner.call('POST', `/${id}/test`, { json: { type } });
      expect([status, body.status, body.isTest]).toEqual([202, 'pending', true]);
      expect(JSON.parse(body.body as string)).toMatchObject({ type, data: { test: true } });
    }
    const usual = await owner.call('POST', `/${id}/test`, { json: {} });
    expect(usual.body.type).toBe('run.failed');
    const first = await deliveriesOf(owner, id, '?limit=10');
    const second = await deliveriesOf(owner, id, `?limit=10&cursor=${first.nextCursor}`);
    expect([...first.items, ...second.items].map(({ type }) => type)).toEqual([
      'run.failed',
      ...outboundTypes.toReversed(),
    ]);
    expect(second.nextCursor).toBeNull();
    expect((await deliveriesOf(owner, id, '?status=delivered')).items).toEqual([]);
    expect((await owner.list()).items[0]?.pending).toBe(outboundTypes.length + 1);
  });

  it('are sent again with the same event', async () => {
    const owner = await newOwner();
    const { id } = await owner.create();
    const test = await owner.call('POST', `/${id}/test`, { json: {} });
    const attempt = { at: '2027-01-01T00:00:00.000Z', status: 500, durationMs: 3 };
    await api.deps.pool.query(
      `UPDATE "EventDelivery" SET status = 'undelivered', reason = 'exhausted', tries = 8, attempts = $2
        WHERE "endpointId" = $1`,
      [id, JSON.stringify([{ ...attempt, answer: 'Oops', error: null }])],
    );
    const again = await owner.call('POST', `/${id}/deliveries/${test.body.id as string}/resend`);
    expect(again).toMatchObject({
      status: 202,
      body: {
        ...{ id: test.body.id as string, eventId: test.body.eventId as string },
        ...{ status: 'pending', reason: null, attempts: [{ status: 500, answer: 'Oops' }] },
      },
    });
    expect((await owner.call('POST', `/${id}/deliveries/999999999/resend`)).status).toBe(404);
    expect((await owner.call('POST', `/${id}/deliveries/x/resend`)).status).toBe(404);
    await owner.call('PATCH', `/${id}`, { json: { enabled: false } });
    const paths = [`/${id}/deliveries/${test.body.id as string}/resend`, `/${id}/test`];
    for (const path of paths) {
      const { status, body } = await owner.call('POST', path, { json: {} });
      expect([status, body.code]).toEqual([409, 'endpoint_disabled']);
    }
  });
});
