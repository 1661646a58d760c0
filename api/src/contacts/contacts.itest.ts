import { beforeAll, describe, expect, it } from 'vitest';
import { ask, newUser } from '../testing/ask.js';
import { newChat, newConversation } from '../testing/conversations.js';
import { useTestApi } from '../testing/test-api.js';
import { workspaceRoutes } from '../workspaces/routes.js';
import { contactRoutes } from './routes.js';

const api = useTestApi({ routes: (deps) => [...workspaceRoutes(deps), ...contactRoutes(deps)] });

type User = Awaited<ReturnType<typeof newUser>>;
let owner: User;
beforeAll(async () => {
  owner = await newUser(api);
});

const as = (what: string, json?: unknown, { token }: Pick<User, 'token'> = owner) =>
  ask(api, what, { token, ...(json !== undefined && { json }) });
const create = async (json: object, user = owner) =>
  (await as('POST /api/contacts', json, user)).body;
const audited = async (action: string, user = owner) => {
  const what = `GET /api/workspaces/${user.user.id}/audit?action=${action}&limit=1`;
  return (await as(what, undefined, user)).body.items[0];
};

const ada = {
  ...{ name: 'Ada Lovelace', email: 'ada@example.com', phone: '+44 20 7946', locale: 'en-GB' },
  ...{ timezone: 'Europe/London', attributes: { plan: { seats: 3 } }, tags: ['vip', 'math'] },
};

describe('a contact', () => {
  it('201: is made by its fields, and read by its id', async () => {
    const json = {
      ...ada,
      name: ' Ada  Lovelace ',
      email: 'Ada@Example.com',
      tags: ['vip', 'vip'],
    };
    const { status, body, headers } = await as('POST /api/contacts', json);
    expect(status).toBe(201);
    expect(headers.get('location')).toBe(`/api/contacts/${body.id}`);
    expect(body).toEqual({
      ...{ ...ada, tags: ['vip'], id: expect.any(String) as string },
      ...{ consent: [], blockedAt: null, identities: [], merges: [] },
      ...{ createdAt: expect.any(String) as string, lastSeenAt: expect.any(String) as string },
    });
    expect((await as(`GET /api/contacts/${body.id}`)).body).toEqual(body);
    expect(await create({})).toMatchObject({ name: '', email: null, tags: [], attributes: {} });
  });

  it('has the places at which it is recognised', async () => {
    const { id } = await create({ name: 'Known' });
    const deploymentId = await newChat(api.deps.pool, owner.user.id);
    await api.deps.db.contactIdentity.create({
      data: {
        ...{ workspaceId: owner.user.id, kind: 'external', scope: deploymentId, value: 'user-7' },
        ...{ contactId: id, verifiedAt: '2026-01-02T03:04:05.678Z' },
      },
    });
    const { body } = await as(`GET /api/contacts/${id}`);
    expect(body.identities).toEqual([
      {
        ...{ id: expect.any(String) as string, kind: 'external', deploymentId, value: 'user-7' },
        verifiedAt: '2026-01-02T03:04:05.678Z',
      },
    ]);
  });

  it.each([
    [{ email: 'nobody' }, 'email'],
    [{ tags: [' '] }, 'tags[0]'],
    [{ attributes: { a: 'x'.repeat(16_000) } }, 'attributes'],
    [{ phone: 7 }, 'phone'],
  ])('422 for %j', async (json, path) => {
    const { status, body } = await as('POST /api/contacts', json);
    expect([status, body.code, body.errors[0].path]).toEqual([422, 'invalid', path]);
  });

  it('changes what is sent, and is blocked and let in again', async () => {
    const before = await create(ada);
    const path = `/api/contacts/${before.id}`;
    const { body } = await as(`PATCH ${path}`, { phone: null, attributes: { a: 1 }, tags: [] });
    expect(body).toEqual({ ...before, phone: null, attributes: { a: 1 }, tags: [] });
    const blocked = (await as(`PATCH ${path}`, { blocked: true })).body.blockedAt;
    expect(Date.parse(blocked)).not.toBeNaN();
    expect((await as(`PATCH ${path}`, { blocked: true })).body.blockedAt).toBe(blocked);
    expect((await as(`PATCH ${path}`, { blocked: false })).body.blockedAt).toBeNull();
  });

  it('leaves none of its data in the audit log', async () => {
    const { id } = await create(ada);
    await as(`PATCH /api/contacts/${id}`, { email: 'new@example.com', blocked: true });
    expect(await audited('contact.change')).toMatchObject({
      resource: { kind: 'contact', id, name: id },
      changes: { fields: ['email'], blocked: true },
    });
  });

  it('404 in another workspace, 403 to viewers who may not read transcripts', async () => {
    const { id } = await create(ada);
    const stranger = await newUser(api);
    expect((await as(`GET /api/contacts/${id}`, undefined, stranger)).status).toBe(404);
    await api.deps.db.member.create({
      data: { workspaceId: owner.user.id, userId: stranger.user.id, role: 'viewer' },
    });
    expect((await as(`GET /api/contacts/${id}`, undefined, stranger)).status).toBe(403);
  });
});

describe('GET /api/contacts', () => {
  let user: User;
  const found = async (query: string): Promise<string[]> => {
    const { body } = await as(`GET /api/contacts?${query}`, undefined, user);
    return body.items.map(({ name }: { name: string }) => name);
  };
  beforeAll(async () => {
    user = await newUser(api);
    await create({ name: 'Elsewhere', tags: ['vip'] });
    await create({ name: 'JÜRGEN Größe', email: 'j@example.com', tags: ['vip'] }, user);
    await create({ name: '100%', phone: '+49 (30) 1234_5' }, user);
    await create({ name: 'Ｗｉｄｅ', email: 'w@example.org' }, user);
  });

  it('lists those seen last first, page by page', async () => {
    expect(await found('')).toEqual(['Ｗｉｄｅ', '100%', 'JÜRGEN Größe']);
    const { body } = await as('GET /api/contacts?limit=2', undefined, user);
    expect(await found(`limit=2&cursor=${body.nextCursor}`)).toEqual(['JÜRGEN Größe']);
  });

  it.each([
    ['q=jürgen', ['JÜRGEN Größe']],
    ['q=GRÖSSE', []],
    ['q=gröSS', []],
    ['q=grö', ['JÜRGEN Größe']],
    ['q=EXAMPLE.', ['Ｗｉｄｅ', 'JÜRGEN Größe']],
    ['q=wide', ['Ｗｉｄｅ']],
    ['q=%25', ['100%']],
    ['q=4_5', ['100%']],
    ['q=4%255', []],
    ['q=', ['Ｗｉｄｅ', '100%', 'JÜRGEN Größe']],
    ['tag=vip', ['JÜRGEN Größe']],
    ['tag=VIP', []],
    ['q=100&tag=vip', []],
  ])('%s', async (query, names) => {
    expect(await found(query)).toEqual(names);
  });
});

describe('POST /api/contacts/:id/merge', () => {
  const merge = (id: string, intoId: string) => as(`POST /api/contacts/${id}/merge`, { intoId });

  it('200: the other one, with what only this one had', async () => {
    const { pool } = api.deps;
    const workspaceId = owner.user.id;
    const consent = (version: string, at: string) => ({
      ...{ deploymentId: 'd', text: 'Yes', version, at },
    });
    const [first, second] = [
      consent('1', '2026-01-01T00:00:00.000Z'),
      consent('2', '2026-02-01T00:00:00.000Z'),
    ];
    const from = await create({ ...ada, tags: ['vip', 'math'], attributes: { a: 1, b: 1 } });
    const into = await create({
      email: 'a@work.example',
      tags: ['new', 'vip'],
      attributes: { b: 2 },
    });
    const setConsent = `UPDATE "Contact" SET consent = $2 WHERE id = $1`;
    await pool.query(setConsent, [from.id, JSON.stringify([first, second])]);
    await pool.query(setConsent, [into.id, JSON.stringify([second])]);
    await as(`PATCH /api/contacts/${from.id}`, { blocked: true });
    const deploymentId = await newChat(pool, workspaceId);
    const chat = { workspaceId, deploymentId, contactId: from.id as string };
    const { id, identityId } = await newConversation(pool, chat);

    const { status, body } = await merge(from.id, into.id);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      ...{ id: into.id, name: ada.name, email: 'a@work.example', phone: ada.phone },
      ...{ attributes: { a: 1, b: 2 }, tags: ['new', 'vip', 'math'], consent: [first, second] },
      ...{ createdAt: from.createdAt, lastSeenAt: into.lastSeenAt },
      ...{ blockedAt: expect.any(String) as string, identities: [{ id: identityId }] },
    });
    expect((await as(`GET /api/contacts/${from.id}`)).status).toBe(404);
    const conversation = await api.deps.db.conversation.findUniqueOrThrow({ where: { id } });
    expect(conversation.contactId).toBe(into.id);
    expect(await audited('contact.merge')).toMatchObject({
      ...{ resource: { id: into.id }, changes: { fromId: from.id } },
    });
  });

  it('404 for one of another workspace, 422 for itself', async () => {
    const { id } = await create({ name: 'One' });
    const foreign = await create({ name: 'Two' }, await newUser(api));
    expect(await merge(id, foreign.id)).toMatchObject({ status: 404, body: { code: 'not_found' } });
    expect(await merge(id, 'nowhere')).toMatchObject({ status: 404 });
    expect(await merge(id, id)).toMatchObject({
      ...{ status: 422, body: { code: 'invalid', errors: [{ path: 'intoId' }] } },
    });
  });

  it('makes one of two that are merged into each other at once', async () => {
    const [one, two] = [await create({ name: 'One' }), await create({ name: 'Two' })];
    const answers = await Promise.all([merge(one.id, two.id), merge(two.id, one.id)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 404]);
  });
});

describe('POST /api/contacts/:id/unmerge', () => {
  const merge = (id: string, intoId: string) => as(`POST /api/contacts/${id}/merge`, { intoId });
  const unmerge = (id: string, mergeId: string, who?: typeof owner) =>
    as(`POST /api/contacts/${id}/unmerge`, { mergeId }, who);
  const read = async (id: string) => (await as(`GET /api/contacts/${id}`)).body;
  const mergesOf = async (id: string) =>
    (await read(id)).merges as { id: string; contactId: string; name: string }[];
  const talk = async (contactId: string) => {
    const workspaceId = owner.user.id;
    const deploymentId = await newChat(api.deps.pool, workspaceId);
    return newConversation(api.deps.pool, { workspaceId, deploymentId, contactId });
  };
  const contactOf = async (id: string) =>
    (await api.deps.db.conversation.findUniqueOrThrow({ where: { id } })).contactId;

  it('200: both are as they were, and the conversations where they belong', async () => {
    const from = await create({ ...ada, tags: ['vip', 'math'], attributes: { a: 1, b: 1 } });
    const into = await create({ email: 'a@work.example', tags: ['vip'], attributes: { b: 2 } });
    await as(`PATCH /api/contacts/${from.id}`, { blocked: true });
    const [before, stays] = [await read(from.id), await read(into.id)];
    const [first, own] = [await talk(from.id), await talk(into.id)];
    await merge(from.id, into.id);
    const later = await newConversation(api.deps.pool, {
      workspaceId: owner.user.id,
      deploymentId: await newChat(api.deps.pool, owner.user.id),
      ...{ contactId: into.id as string, identityId: first.identityId },
    });
    const [kept] = await mergesOf(into.id);
    expect(kept).toMatchObject({ contactId: from.id, name: ada.name });
    const { status, body } = await unmerge(into.id, kept!.id);
    expect(status).toBe(200);
    expect(body).toEqual({
      ...before,
      identities: [expect.objectContaining({ id: first.identityId })],
    });
    expect(await read(into.id)).toEqual({
      ...stays,
      identities: [expect.objectContaining({ id: own.identityId })],
    });
    expect(await Promise.all([first.id, later.id, own.id].map(contactOf))).toEqual([
      ...[from.id, from.id, into.id],
    ]);
    expect(await audited('contact.unmerge')).toMatchObject({
      ...{ resource: { id: into.id }, changes: { fromId: from.id } },
    });
    expect((await unmerge(into.id, kept!.id)).status).toBe(404);
  });

  it('keeps what was changed since', async () => {
    const from = await create({
      name: 'Ada',
      phone: '1',
      tags: ['old'],
      attributes: { a: 1, b: 1 },
    });
    const into = await create({});
    await merge(from.id, into.id);
    const change = { name: 'Grace', tags: ['old', 'new'], attributes: { a: 1, b: 2, c: 3 } };
    await as(`PATCH /api/contacts/${into.id}`, change);
    const [kept] = await mergesOf(into.id);
    await unmerge(into.id, kept!.id);
    expect(await read(into.id)).toMatchObject({
      ...{ name: 'Grace', phone: null, tags: ['new'], attributes: { b: 2, c: 3 } },
    });
    expect(await read(from.id)).toMatchObject({ name: 'Ada', phone: '1', tags: ['old'] });
  });

  it('undoes merges of a merged contact once that is there again', async () => {
    const [a, b, c] = [
      ...[await create({ name: 'A' }), await create({ name: 'B' }), await create({ name: 'C' })],
    ];
    const said = await talk(a!.id);
    await merge(a!.id, b!.id);
    const [first] = await mergesOf(b!.id);
    await merge(b!.id, c!.id);
    const kept = await mergesOf(c!.id);
    expect(kept.map(({ contactId }) => contactId)).toEqual([b!.id]);
    expect((await unmerge(c!.id, first!.id)).status).toBe(404);
    await unmerge(c!.id, kept[0]!.id);
    expect(await contactOf(said.id)).toBe(b!.id);
    expect((await mergesOf(b!.id)).map(({ id }) => id)).toEqual([first!.id]);
    await unmerge(b!.id, first!.id);
    expect(await contactOf(said.id)).toBe(a!.id);
    expect([await mergesOf(b!.id), await mergesOf(c!.id)]).toEqual([[], []]);
  });

  it('404 after 30 days, for another contact, and for those who do not belong here', async () => {
    const [from, into, other] = [await create({}), await create({}), await create({})];
    await merge(from.id, into.id);
    const [kept] = await mergesOf(into.id);
    const stranger = await newUser(api);
    expect((await unmerge(other.id, kept!.id)).status).toBe(404);
    expect((await unmerge(into.id, kept!.id, stranger)).status).toBe(404);
    await api.deps.pool.query(
      `UPDATE "ContactMerge" SET at = now() - interval '31 days' WHERE id = $1`,
      [kept!.id],
    );
    expect(await mergesOf(into.id)).toEqual([]);
    const { status, body } = await unmerge(into.id, kept!.id);
    expect([status, body.detail]).toEqual([404, expect.stringContaining('30 days') as string]);
  });

  it('undoes it once, however often it is asked at once', async () => {
    const [from, into] = [await create({}), await create({})];
    await merge(from.id, into.id);
    const [kept] = await mergesOf(into.id);
    const answers = await Promise.all([unmerge(into.id, kept!.id), unmerge(into.id, kept!.id)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 404]);
  });
});
