import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { hasRight, type Role, roles } from '@crmflow/contracts';
import { ask, type AskOptions, newUser } from '../testing/ask.js';
import { greeting } from '../testing/flows.js';
import { keyRoutes } from '../keys/routes.js';
import { useTestApi } from '../testing/test-api.js';
import { workspaceRoutes } from './routes.js';

const api = useTestApi({ routes: (deps) => [...workspaceRoutes(deps), ...keyRoutes(deps)] });

async function someone() {
  const { token, user, password } = await newUser(api);
  const as = (what: string, options: AskOptions = {}) => ask(api, what, { token, ...options });
  return { as, user, token, password };
}
type Someone = Awaited<ReturnType<typeof someone>>;

/** A workspace of an owner, and the members that it is given. */
async function team() {
  const owner = await someone();
  const { body: workspace } = await owner.as('POST /api/workspaces', { json: { name: 'Team' } });
  const path = `/api/workspaces/${workspace.id}`;
  const invite = async (email: string, role: Role) =>
    (await owner.as(`POST ${path}/invitations`, { json: { email, role } })).body;
  const join = async (role: Role): Promise<Someone> => {
    const member = await someone();
    const { token } = await invite(member.user.email, role);
    const answer = await member.as('POST /api/invitations/accept', { json: { token } });
    expect([answer.status, answer.body.role]).toEqual([200, role]);
    return member;
  };
  return { owner, id: workspace.id as string, workspace, path, invite, join };
}

describe('a personal workspace', () => {
  it('is there from the first moment, and is what counts where none is named', async () => {
    const { as, user } = await someone();
    const { body } = await as('GET /api/workspaces');
    expect(body.items).toEqual([
      {
        ...{ id: user.id, name: 'Personal', role: 'owner', isPersonal: true, memberCount: 1 },
        settings: {
          ...{ viewersReadTranscripts: false, auditDays: 365 },
          ...{ runDays: null, testRunDays: null, officeHours: null },
        },
        createdAt: expect.any(String),
      },
    ]);
    const { body: flow } = await as('POST /api/workflows', { json: greeting });
    expect(flow.workspaceId).toBe(user.id);
    const { body: same } = await as(`GET /api/workflows?workspaceId=${user.id}`);
    expect(same.items.map((one: { id: string }) => one.id)).toEqual([flow.id]);
  });

  it('stays with its user', async () => {
    const { as, user } = await someone();
    const path = `/api/workspaces/${user.id}`;
    expect(await as(`DELETE ${path}`)).toMatchObject({
      ...{ status: 409, body: { code: 'personal_workspace' } },
    });
    expect(await as(`DELETE ${path}/members/${user.id}`)).toMatchObject({
      ...{ status: 409, body: { code: 'last_owner' } },
    });
  });
});

describe('a workspace', () => {
  it('201: is made with its maker as the owner, and 404 to anyone else', async () => {
    const { owner, id, workspace, path } = await team();
    expect(workspace).toMatchObject({ name: 'Team', role: 'owner', isPersonal: false });
    expect((await owner.as(`GET ${path}`)).body).toEqual(workspace);
    const stranger = await someone();
    for (const what of [`GET ${path}`, `DELETE ${path}`, `GET /api/workflows?workspaceId=${id}`]) {
      expect(await stranger.as(what)).toMatchObject({ status: 404, body: { code: 'not_found' } });
    }
  });

  it('holds what is made in it, for its members', async () => {
    const { owner, id, join } = await team();
    const { body: flow } = await owner.as(`POST /api/workflows?workspaceId=${id}`, {
      json: greeting,
    });
    expect(flow.workspaceId).toBe(id);
    expect((await owner.as('GET /api/workflows')).body.items).toEqual([]);
    const editor = await join('editor');
    expect((await editor.as(`GET /api/workflows/${flow.id}`)).body).toEqual(flow);
    const changed = await editor.as(`PUT /api/workflows/${flow.id}`, {
      json: { ...flow, name: 'Changed' },
    });
    expect([changed.status, changed.body.name]).toEqual([200, 'Changed']);
  });

  it('400 for an id that is none, 404 for one that there is not', async () => {
    const { as } = await someone();
    expect((await as('GET /api/workflows?workspaceId=a%20b')).status).toBe(400);
    expect((await as('GET /api/workflows?workspaceId=nowhere')).status).toBe(404);
  });

  it('changes its name and settings, and says so in the audit log', async () => {
    const { owner, path } = await team();
    const json = { name: ' Sales ', settings: { auditDays: 30 } };
    const { body } = await owner.as(`PATCH ${path}`, { json });
    expect(body).toMatchObject({
      name: 'Sales',
      settings: { viewersReadTranscripts: false, auditDays: 30 },
    });
    const { body: log } = await owner.as(`GET ${path}/audit?action=workspace.change`);
    expect(log.items).toMatchObject([{ changes: { name: 'Sales', auditDays: 30 } }]);
    const faulty = await owner.as(`PATCH ${path}`, { json: { settings: { auditDays: 1 } } });
    expect([faulty.status, faulty.body.errors[0].path]).toEqual([422, 'settings.auditDays']);
    const day = [{ from: '09:00', to: '17:00' }];
    const week = { mon: day, tue: day, wed: [], thu: [], fri: [], sat: [], sun: [] };
    const hours = (timezone: string) =>
      owner.as(`PATCH ${path}`, {
        json: { settings: { officeHours: { timezone, week, closed: ['2027-12-25'] } } },
      });
    expect((await hours('Europe/Berlin')).body.settings.officeHours).toMatchObject({ week });
    const nowhere = await hours('Mars/Olympus');
    const field = 'settings.officeHours.timezone';
    expect([nowhere.status, nowhere.body.errors[0].path]).toEqual([422, field]);
  });

  it('keeps runs for as many days as it is told, or forever again', async () => {
    const { owner, path } = await team();
    const change = (settings: object) => owner.as(`PATCH ${path}`, { json: { settings } });
    const { body } = await change({ runDays: 3650, testRunDays: 1 });
    expect(body.settings).toMatchObject({ runDays: 3650, testRunDays: 1 });
    const { body: again } = await change({ runDays: null });
    expect(again.settings).toMatchObject({ runDays: null, testRunDays: 1 });
    const { body: log } = await owner.as(`GET ${path}/audit?action=workspace.change`);
    expect(log.items.map((entry: { changes: object }) => entry.changes)).toEqual([
      { runDays: null },
      { runDays: 3650, testRunDays: 1 },
    ]);
  });

  it.each([0, 3651, 1.5, '30', -1])('422: keeps no runs for %j days', async (days) => {
    const { owner, path } = await team();
    for (const name of ['runDays', 'testRunDays']) {
      const json = { settings: { [name]: days } };
      const { status, body } = await owner.as(`PATCH ${path}`, { json });
      expect([status, body.errors[0].path]).toEqual([422, `settings.${name}`]);
    }
  });

  it('204: deleted, it is gone for everybody at once', async () => {
    const { owner, id, path, join } = await team();
    const editor = await join('editor');
    const { body: flow } = await editor.as(`POST /api/workflows?workspaceId=${id}`, {
      json: greeting,
    });
    expect((await owner.as(`DELETE ${path}`)).status).toBe(204);
    for (const what of [`GET ${path}`, `GET /api/workflows/${flow.id}`]) {
      expect((await editor.as(what)).status).toBe(404);
    }
    await expect
      .poll(() => api.deps.db.workspace.count({ where: { id } }), { timeout: 10_000 })
      .toBe(0);
  });
});

describe('an invitation', () => {
  it('shows token and link once, and is stored as a hash', async () => {
    const { owner, path, invite } = await team();
    const made = await invite('Grace@Example.com', 'operator');
    expect(made).toMatchObject({ email: 'grace@example.com', role: 'operator', mailed: false });
    expect(made.link).toContain(made.token);
    const { body, text } = await owner.as(`GET ${path}/invitations`);
    expect(body.items).toMatchObject([{ id: made.id, email: 'grace@example.com' }]);
    expect(text).not.toContain(made.token);
    const hash = createHash('sha256').update(made.token).digest('hex');
    expect(await api.deps.db.workspaceInvitation.count({ where: { hash } })).toBe(1);
    expect((await owner.as(`DELETE ${path}/invitations/${made.id}`)).status).toBe(204);
    expect((await owner.as(`DELETE ${path}/invitations/${made.id}`)).status).toBe(404);
  });

  it('403 invitation_invalid: for another address, used, replaced, revoked or expired', async () => {
    const { owner, path, invite } = await team();
    const guest = await someone();
    const accept = (token: string, by = guest) =>
      by.as('POST /api/invitations/accept', { json: { token } });
    const refused = { status: 403, body: { code: 'invitation_invalid' } };

    const first = await invite(guest.user.email, 'viewer');
    expect(await accept(first.token, await someone())).toMatchObject(refused);
    const second = await invite(guest.user.email, 'viewer');
    expect(await accept(first.token)).toMatchObject(refused);
    await owner.as(`DELETE ${path}/invitations/${second.id}`);
    expect(await accept(second.token)).toMatchObject(refused);
    const third = await invite(guest.user.email, 'viewer');
    await api.deps.db.workspaceInvitation.update({
      where: { id: third.id },
      data: { expiresAt: new Date(Date.now() - 1) },
    });
    expect(await accept(third.token)).toMatchObject(refused);
    const fourth = await invite(guest.user.email, 'viewer');
    const answers = await Promise.all([1, 2, 3].map(() => accept(fourth.token)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 403, 403]);
  });

  it('409 already_member', async () => {
    const { owner, path } = await team();
    const json = { email: owner.user.email, role: 'viewer' };
    expect(await owner.as(`POST ${path}/invitations`, { json })).toMatchObject({
      ...{ status: 409, body: { code: 'already_member' } },
    });
  });
});

describe('members', () => {
  it('are listed with their roles, change them, and leave', async () => {
    const { owner, path, join } = await team();
    const viewer = await join('viewer');
    const { body } = await viewer.as(`GET ${path}/members`);
    expect(body.items.map((one: { role: Role }) => one.role)).toEqual(['viewer', 'owner']);
    const member = `${path}/members/${viewer.user.id}`;
    expect((await viewer.as(`PATCH ${member}`, { json: { role: 'owner' } })).status).toBe(403);
    const { body: changed } = await owner.as(`PATCH ${member}`, { json: { role: 'editor' } });
    expect(changed).toMatchObject({ userId: viewer.user.id, role: 'editor' });
    const other = await join('editor');
    const away = await viewer.as(`DELETE ${path}/members/${other.user.id}`);
    expect([away.status, away.body.code]).toEqual([403, 'forbidden']);
    expect((await viewer.as(`DELETE ${member}`)).status).toBe(204);
    expect((await viewer.as(`GET ${path}`)).status).toBe(404);
  });

  it('409 last_owner: the last owner neither leaves nor steps down, however many try', async () => {
    const { owner, path, join } = await team();
    const second = await join('owner');
    const leave = (one: Someone) => one.as(`DELETE ${path}/members/${one.user.id}`);
    const answers = await Promise.all([leave(owner), leave(second)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 409]);
    const left = answers[0]?.status === 409 ? owner : second;
    const down = await left.as(`PATCH ${path}/members/${left.user.id}`, {
      json: { role: 'editor' },
    });
    expect(down).toMatchObject({ status: 409, body: { code: 'last_owner' } });
  });

  it('lose tokens and invitations with their role', async () => {
    const { owner, path, join } = await team();
    const second = await join('owner');
    const json = { name: 'Script', role: 'owner' };
    const { body: made } = await second.as(`POST ${path}/tokens`, { json });
    const invited = await second.as(`POST ${path}/invitations`, {
      json: { email: 'x@example.com', role: 'viewer' },
    });
    expect((await ask(api, `GET ${path}`, { token: made.token })).status).toBe(200);
    await owner.as(`PATCH ${path}/members/${second.user.id}`, { json: { role: 'editor' } });
    expect((await ask(api, `GET ${path}`, { token: made.token })).status).toBe(401);
    const { body } = await owner.as(`GET ${path}/invitations`);
    expect(body.items).not.toContainEqual(expect.objectContaining({ id: invited.body.id }));
  });
});

describe('an API token', () => {
  it('works in its workspace, by its role, as its own default', async () => {
    const { owner, id, path } = await team();
    const json = { name: 'Reader', role: 'viewer' };
    const { status, body } = await owner.as(`POST ${path}/tokens`, { json });
    expect([status, body.token]).toEqual([201, expect.stringMatching(/^crm_[\w-]{43}$/)]);
    const inDays = (new Date(body.expiresAt).getTime() - Date.now()) / 86_400_000;
    expect(Math.round(inDays)).toBe(90);
    await owner.as(`POST /api/workflows?workspaceId=${id}`, { json: greeting });
    const as = (what: string, options: AskOptions = {}) =>
      ask(api, what, { token: body.token, ...options });
    expect((await as('GET /api/workflows')).body.items).toHaveLength(1);
    expect((await as('GET /api/workspaces')).body.items).toMatchObject([{ id, role: 'viewer' }]);
    expect(await as('POST /api/workflows', { json: greeting })).toMatchObject({
      ...{ status: 403, body: { code: 'forbidden' } },
    });
    expect((await as(`GET /api/workflows?workspaceId=${owner.user.id}`)).status).toBe(404);
    expect((await as('GET /api/auth/me')).status).toBe(403);
    const { body: list, text } = await owner.as(`GET ${path}/tokens`);
    expect(list.items).toMatchObject([{ name: 'Reader', lastUsedAt: expect.any(String) }]);
    expect(text).not.toContain(body.token);
    expect((await owner.as(`DELETE ${path}/tokens/${body.id}`)).status).toBe(204);
    expect((await as('GET /api/workflows')).status).toBe(401);
  });

  it('ends when it says so, and never lasts longer than a year', async () => {
    const { owner, path } = await team();
    const make = (expiresAt: string) =>
      owner.as(`POST ${path}/tokens`, { json: { name: 'T', role: 'viewer', expiresAt } });
    expect((await make('2020-01-01T00:00:00Z')).status).toBe(422);
    expect((await make('2999-01-01T00:00:00Z')).status).toBe(422);
    const { body } = await make(new Date(Date.now() + 60_000).toISOString());
    const expired = { expiresAt: new Date(Date.now() - 1) };
    await api.deps.db.apiToken.update({ where: { id: body.id }, data: expired });
    expect((await ask(api, `GET ${path}`, { token: body.token })).status).toBe(401);
  });
});

describe('the audit log', () => {
  let log: Awaited<ReturnType<typeof team>>;
  beforeAll(async () => {
    log = await team();
    const { owner, id } = log;
    const at = `?workspaceId=${id}`;
    const json = { service: 'crm', key: 'secret-key-123', hosts: ['a.example'] };
    await owner.as(`POST /api/keys${at}`, { json });
    const { body: flow } = await owner.as(`POST /api/workflows${at}`, { json: greeting });
    await owner.as(`POST /api/workflows/${flow.id}/publish`);
    await owner.as(`DELETE /api/workflows/${flow.id}`);
  });

  it('tells who did what, by filters, page by page, and no secret', async () => {
    const { owner, path } = log;
    const { body, text } = await owner.as(`GET ${path}/audit`);
    expect(body.items.map((one: { action: string }) => one.action)).toEqual([
      ...['flow.delete', 'flow.publish', 'flow.create', 'key.store', 'workspace.create'],
    ]);
    expect(body.items[1]).toMatchObject({
      actor: { kind: 'user', id: owner.user.id, name: owner.user.email },
      resource: { kind: 'flow', name: 'Greeting' },
      changes: { version: 1 },
      requestId: expect.any(String),
    });
    expect(text).not.toContain('secret-key-123');
    const { body: flows } = await owner.as(`GET ${path}/audit?action=flow.&limit=2`);
    expect(flows.items).toHaveLength(2);
    const rest = await owner.as(`GET ${path}/audit?action=flow.&cursor=${flows.nextCursor}`);
    expect(rest.body.items).toMatchObject([{ action: 'flow.create' }]);
    expect((await owner.as(`GET ${path}/audit?actor=nobody`)).body.items).toEqual([]);
  });

  it('is written as CSV, with formulas disarmed', async () => {
    const { owner, path, id } = log;
    const json = { ...greeting, name: '=HYPERLINK("http://evil.example")' };
    await owner.as(`POST /api/workflows?workspaceId=${id}`, { json });
    const { headers, text } = await owner.as(`GET ${path}/audit?format=csv`);
    expect(headers.get('content-type')).toContain('text/csv');
    expect(text.split('\r\n')[0]).toBe(
      'at,actorKind,actorId,actor,action,resourceKind,resourceId,resource,requestId,changes',
    );
    expect(text).toContain(`"'=HYPERLINK(""http://evil.example"")"`);
  });

  it('is append-only in the database itself, but for what is past its time', async () => {
    const { pool } = api.deps;
    const { id } = log;
    const refused = 'The audit log is append-only';
    const of = `"workspaceId" = '${id}'`;
    for (const sql of [
      `UPDATE "AuditEntry" SET action = 'x' WHERE ${of}`,
      `DELETE FROM "AuditEntry" WHERE ${of}`,
      'TRUNCATE "AuditEntry"',
    ]) {
      await expect(pool.query(sql)).rejects.toThrow(refused);
    }
    const old = `INSERT INTO "AuditEntry" (id, "workspaceId", actor, action, resource, at)
                 VALUES ('old', $1, '{}', 'x', '{}', now() - interval '366 days')`;
    await pool.query(old, [id]);
    const { rowCount } = await pool.query(`DELETE FROM "AuditEntry" WHERE id = 'old'`);
    expect(rowCount).toBe(1);
  });
});

describe('the routes of a workspace', () => {
  it('403 to members whose role may not, 404 to others, 401 to nobody', async () => {
    const { path, join } = await team();
    const stranger = await someone();
    const members = await Promise.all(
      roles.map(async (role) => ({ role, member: await join(role) })),
    );
    const routes = workspaceRoutes(api.deps).filter(({ needs }) => needs?.of === 'workspace');
    expect(routes.length).toBeGreaterThan(12);
    for (const { method, path: pattern, needs } of routes) {
      const filled = pattern.replace('/api/workspaces/:id', path).replace(/:\w+/, 'nobody');
      const what = `${method.toUpperCase()} ${filled}`;
      expect([what, (await ask(api, what)).status]).toEqual([what, 401]);
      expect([what, (await stranger.as(what)).status]).toEqual([what, 404]);
      for (const { role, member } of members) {
        if (needs === undefined || hasRight(role, needs.right)) continue;
        const { status, body } = await member.as(what);
        expect([what, role, status, body.code]).toEqual([what, role, 403, 'forbidden']);
      }
    }
  });
});

describe('a public flow', () => {
  it('can be read by members whose role reads no flows, as by anybody', async () => {
    const { owner, id, join } = await team();
    const operator = await join('operator');
    const make = async (isPublic: boolean) => {
      const json = { ...greeting, isPublic };
      return (await owner.as(`POST /api/workflows?workspaceId=${id}`, { json })).body.id;
    };
    const read = async (flow: string) => (await operator.as(`GET /api/workflows/${flow}`)).status;
    expect([await read(await make(false)), await read(await make(true))]).toEqual([403, 200]);
  });
});

describe('deleting an account', () => {
  it('409 last_owner where others would be left alone, and says where', async () => {
    const { owner, join } = await team();
    const member = await join('editor');
    const json = { password: owner.password };
    const answer = await owner.as('DELETE /api/auth/me', { json });
    expect([answer.status, answer.body.code]).toEqual([409, 'last_owner']);
    expect(answer.body.detail).toContain('"Team"');
    expect((await owner.as('GET /api/auth/me')).status).toBe(200);
    expect((await member.as('DELETE /api/auth/me', { json })).status).toBe(204);
  });

  it('204: what others own too stays, what nobody else has goes', async () => {
    const { owner, id, join } = await team();
    const second = await join('owner');
    const { body: flow } = await owner.as(`POST /api/workflows?workspaceId=${id}`, {
      json: greeting,
    });
    const json = { password: owner.password };
    expect((await owner.as('DELETE /api/auth/me', { json })).status).toBe(204);
    expect((await second.as(`GET /api/workflows/${flow.id}`)).status).toBe(200);
    await expect
      .poll(() => api.deps.db.user.count({ where: { id: owner.user.id } }), { timeout: 10_000 })
      .toBe(0);
    expect(await api.deps.db.workspace.count({ where: { id: owner.user.id } })).toBe(0);
  });
});
