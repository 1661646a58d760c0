import { limits, type Role, roles } from '@crmflow/contracts';
import { beforeEach, describe, expect, it } from 'vitest';
import { ask, newUser } from '../testing/ask.js';
import { useTestApi } from '../testing/test-api.js';
import { savedViewRoutes } from './routes.js';

const api = useTestApi({ routes: savedViewRoutes });

type User = Awaited<ReturnType<typeof newUser>>;
let owner: User;
beforeEach(async () => {
  owner = await newUser(api);
});

const path = '/api/saved-views';
const as = (what: string, json?: unknown, { token }: Pick<User, 'token'> = owner) =>
  ask(api, what, { token, ...(json !== undefined && { json }) });
const save = async (name: string, filter: object = {}) =>
  (await as(`POST ${path}`, { name, filter })).body as { id: string };
const names = async (user: User = owner, query = '') => {
  const { body } = await as(`GET ${path}${query}`, undefined, user);
  return body.items.map(({ name }: { name: string }) => name);
};

async function member(role: Role): Promise<User> {
  const user = await newUser(api);
  const data = { workspaceId: owner.user.id, userId: user.user.id, role };
  await api.deps.db.member.create({ data });
  return user;
}

it('is saved, listed, changed and deleted', async () => {
  const filter = { view: 'waiting', q: 'refund', workflowId: 'w', deploymentId: 'd' };
  const made = await as(`POST ${path}`, { name: ' Refunds ', filter });
  expect([made.status, made.body]).toEqual([
    201,
    { id: expect.any(String), name: 'Refunds', filter, createdAt: expect.any(String) },
  ]);
  await save('All');
  expect((await as(`GET ${path}`)).body.items[0]).toEqual(made.body);
  const one = `${path}/${made.body.id}`;
  expect((await as(`PATCH ${one}`, { name: 'Money' })).body).toEqual({
    ...made.body,
    name: 'Money',
  });
  expect((await as(`PATCH ${one}`, { filter: {} })).body).toMatchObject({
    ...{ name: 'Money', filter: {} },
  });
  expect(await names()).toEqual(['Money', 'All']);
  expect((await as(`DELETE ${one}`)).status).toBe(204);
  expect([(await as(`DELETE ${one}`)).status, await names()]).toEqual([404, ['All']]);
});

it.each([
  [{ name: ' ', filter: {} }, 'name'],
  [{ name: 'x'.repeat(101), filter: {} }, 'name'],
  [{ name: 'View' }, 'filter'],
  [{ name: 'View', filter: { view: 'asleep' } }, 'filter.view'],
  [{ name: 'View', filter: { q: 'x'.repeat(201) } }, 'filter.q'],
  [{ name: 'View', filter: { more: 1 } }, 'filter.more'],
])('422 for %j, which names %s', async (json, at) => {
  const { status, body } = await as(`POST ${path}`, json);
  expect([status, body.errors?.[0]?.path]).toEqual([422, at]);
});

it('409 for a name that another view of the member already has', async () => {
  await save('Refunds');
  const { id } = await save('All');
  const answers = [
    await as(`POST ${path}`, { name: 'Refunds', filter: {} }),
    await as(`PATCH ${path}/${id}`, { name: 'Refunds' }),
  ];
  for (const { status, body } of answers) {
    expect([status, body.errors?.[0]?.path]).toEqual([409, 'name']);
  }
  expect(await names()).toEqual(['Refunds', 'All']);
});

it('422 beyond the limit, also for several at once', async () => {
  const all = Array.from({ length: limits.savedViews + 5 }, (_, index) =>
    as(`POST ${path}`, { name: `View ${index}`, filter: {} }),
  );
  const answers = await Promise.all(all);
  const refused = answers.filter(({ status }) => status !== 201);
  expect(refused.map(({ body }) => body.code)).toEqual(Array(5).fill('views_full'));
  expect(await names()).toHaveLength(limits.savedViews);
});

describe('for each member of a workspace', () => {
  it.each(roles)('is theirs alone: %s', async (role) => {
    const user = role === 'owner' ? await member('owner') : await member(role);
    const there = `?workspaceId=${owner.user.id}`;
    const mayRead = role !== 'viewer';
    const made = await as(`POST ${path}${there}`, { name: 'Mine', filter: {} }, user);
    expect(made.status).toBe(mayRead ? 201 : 403);
    expect((await as(`GET ${path}${there}`, undefined, user)).status).toBe(mayRead ? 200 : 403);
    const { id } = await save('Of the owner');
    for (const [method, json] of [
      ['PATCH', { name: 'Stolen' }],
      ['DELETE', undefined],
    ] as const) {
      const { status } = await as(`${method} ${path}/${id}`, json, user);
      expect([method, status]).toEqual([method, 404]);
    }
    expect(await names()).toEqual(['Of the owner']);
    if (!mayRead) return;
    expect(await names(user, there)).toEqual(['Mine']);
    expect(await names(user)).toEqual([]);
    expect((await as(`DELETE ${path}/${made.body.id}`)).status).toBe(404);
    // What one may no longer see, one may no longer change; who leaves takes their views along.
    const key = { workspaceId: owner.user.id, userId: user.user.id };
    await api.deps.db.member.update({
      where: { workspaceId_userId: key },
      data: { role: 'viewer' },
    });
    expect((await as(`DELETE ${path}/${made.body.id}`, undefined, user)).status).toBe(403);
    await api.deps.db.member.delete({ where: { workspaceId_userId: key } });
    expect(await api.deps.db.savedView.count({ where: { userId: user.user.id } })).toBe(0);
  });

  it('404 for strangers, 401 without a token', async () => {
    const { id } = await save('Mine');
    const stranger = await newUser(api);
    const there = `?workspaceId=${owner.user.id}`;
    expect((await as(`GET ${path}${there}`, undefined, stranger)).status).toBe(404);
    expect((await as(`DELETE ${path}/${id}`, undefined, stranger)).status).toBe(404);
    expect((await ask(api, `GET ${path}`)).status).toBe(401);
  });
});
