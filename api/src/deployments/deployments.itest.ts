import { randomBytes } from 'node:crypto';
import { bindingOfDeployment, createSecretCipher } from '@crmflow/db';
import { limits } from '@crmflow/contracts';
import { beforeAll, describe, expect, it } from 'vitest';
import { ask, newUser } from '../testing/ask.js';
import { greeting } from '../testing/flows.js';
import { useTestApi } from '../testing/test-api.js';
import { workspaceRoutes } from '../workspaces/routes.js';
import { deploymentRoutes } from './routes.js';
import { openSecrets } from './secrets.js';

const logged: string[] = [];
const api = useTestApi({
  environment: { PUBLIC_URL: 'https://crm.example.com/', CRMFLOW_REGISTRATION: 'open' },
  routes: (deps) => [...workspaceRoutes(deps), ...deploymentRoutes(deps)],
  onLog: (line) => logged.push(line),
});

let owner: Awaited<ReturnType<typeof newUser>>;
beforeAll(async () => {
  owner = await newUser(api);
});

const as = (what: string, json?: unknown, { token } = owner) =>
  ask(api, what, { token, ...(json !== undefined && { json }) });

/** A flow of the owner with a version. */
async function published(name = 'Größe & Maß'): Promise<string> {
  const { body } = await as('POST /api/workflows', { ...greeting, name });
  await as(`POST /api/workflows/${body.id}/publish`);
  return body.id as string;
}

async function deployed(json: object = {}) {
  const flowId = await published();
  const answer = await as(`POST /api/workflows/${flowId}/deployments`, { kind: 'chat', ...json });
  expect(answer.status, answer.text).toBe(201);
  return { ...answer.body, path: `/api/deployments/${answer.body.id}`, flowId };
}

const secretOf = (letter: string) => letter.repeat(36) + '-abc';

describe('POST /api/workflows/:id/deployments', () => {
  it('201: a chat with a name, an address and settings of its own accord', async () => {
    const flowId = await published();
    const answer = await as(`POST /api/workflows/${flowId}/deployments`, { kind: 'chat' });
    expect(answer.status).toBe(201);
    const { body } = answer;
    expect(answer.headers.get('location')).toBe(`/api/deployments/${body.id}`);
    expect(body).toMatchObject({
      ...{
        workflowId: flowId,
        kind: 'chat',
        name: 'Größe & Maß',
        enabled: true,
        version: 'latest',
      },
      slug: expect.stringMatching(/^grosse-mass-[0-9a-z]{6}$/) as string,
      url: `https://crm.example.com/c/${body.slug}`,
      settings: { onReturn: 'resume', limits: { messageBytes: 4_000 }, secrets: [] },
      health: { state: 'live' },
    });
    expect((await as(`GET /api/deployments/${body.id}`)).body).toEqual(body);
    const row = await api.deps.db.deployment.findUniqueOrThrow({ where: { id: body.id } });
    expect(row.settings).toEqual({});
  });

  it('422 no_version without one, and for a number that there is not', async () => {
    const { body: draft } = await as('POST /api/workflows', greeting);
    for (const [id, version] of [
      [draft.id, 'latest'],
      [await published(), 2],
    ]) {
      const json = { kind: 'chat', version };
      const answer = await as(`POST /api/workflows/${id}/deployments`, json);
      expect([answer.status, answer.body.code]).toEqual([422, 'no_version']);
    }
  });

  it('409 slug_taken for an address that another one has, or had', async () => {
    const { path } = await deployed({ slug: 'our-help' });
    await as(`DELETE ${path}`);
    const flowId = await published();
    const json = { kind: 'chat', slug: 'our-help' };
    const answer = await as(`POST /api/workflows/${flowId}/deployments`, json);
    expect(answer).toMatchObject({
      ...{ status: 409, body: { code: 'slug_taken', errors: [{ path: 'slug' }] } },
    });
  });

  it.each([
    [{ kind: 'fax' }, 'kind'],
    [{ kind: 'schedule' }, 'settings'],
    [{ kind: 'webhook', settings: { title: 'Help' } }, 'settings.title'],
    [{ kind: 'webhook', settings: { auth: { kind: 'token' } } }, 'settings.auth.secrets'],
    [{ kind: 'webhook', settings: { auth: { kind: 'jwt' } } }, 'settings.auth.kind'],
    [
      { kind: 'webhook', settings: { auth: { kind: 'standard', secrets: ['whsec_no-base64'] } } },
      'settings.auth.secrets[0]',
    ],
    [
      { kind: 'webhook', settings: { auth: { kind: 'hmac', header: 'x', signed: 'x' } } },
      'settings.auth.signed',
    ],
    [{ kind: 'webhook', settings: { idempotency: 'body.' } }, 'settings.idempotency'],
    [{ kind: 'webhook', settings: { schema: { type: 'order' } } }, 'settings.schema'],
    [{ kind: 'chat', slug: 'A' }, 'slug'],
    [{ kind: 'chat', settings: { domains: ['https://a.example/path'] } }, 'settings.domains[0]'],
    [{ kind: 'chat', settings: { secrets: ['short'] } }, 'settings.secrets[0]'],
    [{ kind: 'chat', settings: { limits: { messageBytes: 1 } } }, 'settings.limits.messageBytes'],
    [{ kind: 'chat', settings: { burst: { quiet: 'PT3S' } } }, 'settings.burst.max'],
  ])('422 for %j', async (json, path) => {
    const flowId = await published();
    const { status, body } = await as(`POST /api/workflows/${flowId}/deployments`, json);
    expect([status, body.code, body.errors[0].path]).toEqual([422, 'invalid', path]);
  });

  it('422 deployments_full, also where several come at once', async () => {
    const { flowId } = await deployed();
    await api.deps.pool.query(
      `INSERT INTO "Deployment" (id, "workspaceId", "workflowId", kind, name, settings, slug)
       SELECT gen_random_uuid(), $1, $2, 'chat', '', '{}', gen_random_uuid()
         FROM generate_series(1, $3)`,
      [owner.user.id, flowId, limits.deployments - 2],
    );
    const answers = await Promise.all(
      Array.from({ length: 3 }, () =>
        as(`POST /api/workflows/${flowId}/deployments`, { kind: 'chat' }),
      ),
    );
    expect(answers.map(({ body }) => body.code as string).sort()).toEqual([
      ...Array<string>(2).fill('deployments_full'),
      undefined,
    ]);
  });
});

describe('GET /api/workflows/:id/deployments', () => {
  it('lists those of the flow page by page, the newest first', async () => {
    const { flowId, id: first } = await deployed();
    await deployed();
    const path = `/api/workflows/${flowId}/deployments`;
    const { body: second } = await as(`POST ${path}`, { kind: 'chat', name: 'Second' });
    const page = (await as(`GET ${path}?limit=1`)).body;
    expect(page.items).toEqual([second]);
    const rest = (await as(`GET ${path}?limit=1&cursor=${page.nextCursor}`)).body;
    expect([rest.items[0].id, rest.nextCursor]).toEqual([first, null]);
  });

  it('404 of another user’s flow, also where it is public', async () => {
    const stranger = await newUser(api);
    const { body } = await as('POST /api/workflows', { ...greeting, isPublic: true });
    const path = `/api/workflows/${body.id}/deployments`;
    expect((await as(`GET ${path}`, undefined, stranger)).status).toBe(404);
  });
});

describe('PATCH /api/deployments/:id', () => {
  it('changes what is sent, down to single limits', async () => {
    const { path, ...before } = await deployed({
      settings: { title: 'Help', limits: { messageBytes: 500 } },
    });
    const json = {
      ...{ name: 'Another', version: 1, slug: `x-${before.slug}` },
      settings: { colour: '#ABCDEF', limits: { openConversations: 1 } },
    };
    const { status, body } = await as(`PATCH ${path}`, json);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      ...{ id: before.id, name: 'Another', version: 1, enabled: true },
      url: `https://crm.example.com/c/x-${before.slug}`,
      settings: {
        ...{ title: 'Help', colour: '#abcdef' },
        limits: { messageBytes: 500, openConversations: 1, conversationsPerHour: 10 },
      },
    });
    expect((await as(`PATCH ${path}`, { version: 'latest' })).body).toMatchObject({
      ...{ version: 'latest', name: 'Another' },
    });
  });

  it('409 slug_taken, 422 no_version, and then changes nothing', async () => {
    const { slug } = await deployed();
    const { path, ...before } = await deployed();
    for (const [json, code] of [
      [{ name: 'New', slug }, 'slug_taken'],
      [{ name: 'New', version: 7 }, 'no_version'],
    ] as const) {
      expect((await as(`PATCH ${path}`, json)).body.code).toBe(code);
    }
    expect((await as(`GET ${path}`)).body.name).toBe(before.name);
  });
});

describe('the secrets of a deployment', () => {
  const open = (id: string) => openSecrets(api.deps, id, owner.user.id);

  it('are stored encrypted, shown by their ends, and replaced as a whole', async () => {
    const secrets = [secretOf('n'), secretOf('o')];
    const { path, id, settings } = await deployed({ settings: { secrets } });
    expect(settings.secrets).toEqual(['-abc', '-abc']);
    expect(await open(id)).toEqual(secrets);
    const rows = await api.deps.db.deploymentSecret.findMany({ where: { deploymentId: id } });
    for (const { ciphertext } of rows) expect(Buffer.from(ciphertext)).not.toContain(secrets[0]);
    await as(`PATCH ${path}`, { settings: { title: 'Kept' } });
    expect(await open(id)).toEqual(secrets);
    const answer = await as(`PATCH ${path}`, { settings: { secrets: [secretOf('r')] } });
    expect(answer.body.settings).toMatchObject({ title: 'Kept', secrets: ['-abc'] });
    expect(await open(id)).toEqual([secretOf('r')]);
    expect(
      (await as(`PATCH ${path}`, { settings: { secrets: [] } })).body.settings.secrets,
    ).toEqual([]);
  });

  it('stay where they are named by their ends, beside another', async () => {
    const old = `${'o'.repeat(36)}-old`;
    const { path, id } = await deployed({ settings: { secrets: [old] } });
    const next = `${'n'.repeat(36)}-new`;
    const json = { settings: { secrets: [next, { last4: '-old' }] } };
    const { body } = await as(`PATCH ${path}`, json);
    expect(body.settings.secrets).toEqual(['-new', '-old']);
    expect(await open(id)).toEqual([next, old]);
    await as(`PATCH ${path}`, { settings: { secrets: [{ last4: '-new' }] } });
    expect(await open(id)).toEqual([next]);
    const gone = await as(`PATCH ${path}`, { settings: { secrets: [{ last4: '-old' }] } });
    expect([gone.status, gone.body.errors[0].path]).toEqual([422, 'settings.secrets[0].last4']);
    expect(await open(id)).toEqual([next]);
  });

  it('open nowhere else, and not by a key that is gone', async () => {
    const { id } = await deployed({ settings: { secrets: [secretOf('m'), secretOf('l')] } });
    const { id: other } = await deployed();
    const lost = createSecretCipher({ current: randomBytes(32).toString('base64') });
    const { ciphertext, keyVersion } = lost.seal('lost', bindingOfDeployment(owner.user.id, id));
    await api.deps.pool.query(
      `UPDATE "DeploymentSecret" SET ciphertext = $2, "keyVersion" = $3
        WHERE "deploymentId" = $1 AND position = 1`,
      [id, ciphertext, keyVersion],
    );
    expect(await open(id)).toEqual([secretOf('m')]);
    await api.deps.pool.query(
      'UPDATE "DeploymentSecret" SET "deploymentId" = $2 WHERE "deploymentId" = $1',
      [id, other],
    );
    expect(await open(other)).toEqual([]);
  });

  it('are in no log, and not in the audit log', async () => {
    const { path } = await deployed({ settings: { title: 'Help', secrets: [secretOf('q')] } });
    await as(`PATCH ${path}`, { enabled: false, settings: { secrets: [secretOf('p')] } });
    await as(`DELETE ${path}`);
    const log = await as(`GET /api/workspaces/${owner.user.id}/audit?action=deployment.&limit=3`);
    expect(log.body.items).toMatchObject([
      { action: 'deployment.delete', resource: { kind: 'deployment', name: 'Größe & Maß' } },
      { action: 'deployment.change', changes: { enabled: false, settings: { secrets: 1 } } },
      { action: 'deployment.create', changes: { settings: { title: 'Help', secrets: 1 } } },
    ]);
    for (const text of [log.text, logged.join('\n')]) {
      expect(text).not.toMatch(/([pq])\1{35}/);
    }
  });
});

describe('a webhook', () => {
  const github = { kind: 'github', secrets: ['a secret of GitHub'] };
  const open = (id: string) => openSecrets(api.deps, id, owner.user.id);

  it('has an address and settings by default', async () => {
    const { slug, url, settings, health } = await deployed({ kind: 'webhook' });
    expect(url).toBe(`https://crm.example.com/hooks/${slug}`);
    expect(settings).toEqual({
      ...{ auth: { kind: 'none', secrets: [] }, respond: 'accepted' },
      ...{ idempotency: null, schema: null, headers: [] },
    });
    expect(health).toEqual({ state: 'live' });
  });

  it('keeps its secrets until it has another kind of authentication', async () => {
    const { path, id, settings } = await deployed({
      ...{ kind: 'webhook', settings: { auth: github, idempotency: 'body.id' } },
    });
    expect(settings.auth).toEqual({ kind: 'github', secrets: ['tHub'] });
    const respond = await as(`PATCH ${path}`, { settings: { respond: 'node' } });
    expect(respond.body.settings).toMatchObject({ respond: 'node', idempotency: 'body.id' });
    expect(await open(id)).toEqual(github.secrets);
    const other = await as(`PATCH ${path}`, { settings: { auth: { kind: 'token' } } });
    expect([other.status, other.body.errors[0].path]).toEqual([422, 'settings.auth.secrets']);
    const hmac = { kind: 'hmac', header: 'X-Sig', tolerance: 'PT1M', secrets: ['another secret'] };
    expect((await as(`PATCH ${path}`, { settings: { auth: hmac } })).body.settings.auth).toEqual({
      ...{ kind: 'hmac', header: 'x-sig', algorithm: 'sha256', encoding: 'hex', tolerance: 60 },
      secrets: ['cret'],
    });
    const next = { kind: 'hmac', secrets: ['a newer secret', { last4: 'cret' }] };
    const rotated = await as(`PATCH ${path}`, { settings: { auth: next } });
    expect(rotated.body.settings.auth).toMatchObject({ header: 'x-sig', tolerance: 60 });
    expect(await open(id)).toEqual(['a newer secret', 'another secret']);
    await as(`PATCH ${path}`, { settings: { auth: { kind: 'none' } } });
    expect(await open(id)).toEqual([]);
  });

  it('keeps its secrets out of the audit log', async () => {
    const { path } = await deployed({ kind: 'webhook', settings: { auth: github } });
    await as(`PATCH ${path}`, { settings: { auth: github } });
    const log = await as(`GET /api/workspaces/${owner.user.id}/audit?action=deployment.&limit=2`);
    expect(log.body.items).toMatchObject([
      { changes: { settings: { auth: { kind: 'github', secrets: 1 } } } },
      { changes: { settings: { auth: { kind: 'github', secrets: 1 } } } },
    ]);
    expect(log.text).not.toContain('a secret of GitHub');
  });
});

describe('the health of a deployment', () => {
  it('says whether it is paused or lacks its version, and when somebody wrote', async () => {
    const { path, id, flowId } = await deployed({ version: 1 });
    const health = async () => (await as(`GET ${path}`)).body.health;
    const { pool } = api.deps;
    await pool.query(
      `WITH i AS (INSERT INTO "ContactIdentity" (id, "workspaceId", kind, scope, value)
                  VALUES ($1, $2, 'visitor', $1, $1) RETURNING id)
       INSERT INTO "Conversation" (id, "workspaceId", "deploymentId", "workflowId", "identityId",
                                   "requestId", "requestHash", "lastMessageAt")
       SELECT $1 || n, $2, $1, $3, i.id, n, '', '2026-01-01T00:00:00Z'::timestamptz + n * interval '1 s'
         FROM i, generate_series(1, 3) n`,
      [id, owner.user.id, flowId],
    );
    const lastActivityAt = '2026-01-01T00:00:03.000Z';
    expect(await health()).toEqual({ state: 'live', lastActivityAt });
    await pool.query('UPDATE "Deployment" SET version = 5 WHERE id = $1', [id]);
    expect(await health()).toEqual({
      ...{ state: 'error', lastActivityAt },
      detail: 'The flow has no version 5. Choose another version for this deployment.',
    });
    await as(`PATCH ${path}`, { enabled: false });
    expect(await health()).toEqual({ state: 'paused', lastActivityAt });
  });
});

describe('DELETE /api/deployments/:id', () => {
  it('204: it is gone, and its conversations stay', async () => {
    const { path, id, flowId } = await deployed();
    expect(await as(`DELETE ${path}`)).toMatchObject({ status: 204, text: '' });
    for (const what of [`GET ${path}`, `PATCH ${path}`, `DELETE ${path}`]) {
      expect((await as(what, what.startsWith('PATCH') ? {} : undefined)).status).toBe(404);
    }
    expect((await as(`GET /api/workflows/${flowId}/deployments`)).body.items).toEqual([]);
    expect(await api.deps.db.deployment.count({ where: { id } })).toBe(1);
  });

  it('happens to those of a flow that is deleted', async () => {
    const { path, flowId } = await deployed();
    await as(`DELETE /api/workflows/${flowId}`);
    expect((await as(`GET ${path}`)).status).toBe(404);
  });
});
