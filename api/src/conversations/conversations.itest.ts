import type { Role } from '@crmflow/contracts';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Access } from '../access/authorize.js';
import { ask, newUser } from '../testing/ask.js';
import { newChat, newConversation } from '../testing/conversations.js';
import { useTestApi } from '../testing/test-api.js';
import { listConversations } from './read-conversations.js';
import { conversationRoutes } from './routes.js';

const api = useTestApi({ routes: conversationRoutes });

type User = Awaited<ReturnType<typeof newUser>>;
let owner: User;
let chat: { workspaceId: string; deploymentId: string };
let contactId: string;

async function setUp(): Promise<void> {
  owner = await newUser(api);
  const workspaceId = owner.user.id;
  chat = { workspaceId, deploymentId: await newChat(api.deps.pool, workspaceId) };
  const data = { workspaceId, name: 'Ada', email: 'ada@example.com' };
  contactId = (await api.deps.db.contact.create({ data })).id;
}
beforeAll(setUp);

const as = (what: string, { token }: Pick<User, 'token'> = owner) => ask(api, what, { token });
const converse = (more: object = {}) =>
  newConversation(api.deps.pool, { ...chat, contactId, ...more });
const found = async (query: string): Promise<string[]> => {
  const { body, text } = await as(`GET /api/conversations?${query}`);
  expect(body.items, text).toBeDefined();
  return body.items.map(({ id }: { id: string }) => id);
};

describe('a conversation', () => {
  it('is told with its contact, its chat and its runs', async () => {
    const lastMessageAt = '2026-01-02T03:04:05.678Z';
    const row = {
      ...{ lastMessageAt, lastMessage: JSON.stringify({ role: 'flow', text: 'Bye' }), unread: 2 },
      rating: JSON.stringify({ score: 5, text: 'Great', at: lastMessageAt }),
    };
    const { id, runId } = await converse({ row });
    const silent = await converse({ contactId: null });
    const { body } = await as(`GET /api/conversations/${id}`);
    expect(body).toEqual({
      ...{ id, contactId, contact: { id: contactId, name: 'Ada', email: 'ada@example.com' } },
      ...{ deploymentId: chat.deploymentId, deploymentName: 'Chat' },
      ...{ workflowId: chat.deploymentId, workflowName: 'Flow' },
      ...{ currentRunId: runId, runStatus: 'running', control: 'flow', status: 'open' },
      ...{ assigneeId: null, assigneeName: null, heldBy: null, unread: 2, lastMessageAt },
      ...{ waitingSince: null, snoozedUntil: null, suggestion: null },
      lastMessage: { role: 'flow', text: 'Bye' },
      rating: { score: 5, text: 'Great', at: lastMessageAt },
      createdAt: expect.any(String) as string,
      runs: [{ runId, status: 'running', startedAt: expect.any(String) as string }],
    });
    const { runs: _, suggestion: __, ...listed } = body;
    expect((await as('GET /api/conversations')).body.items).toEqual([listed]);
    expect((await as(`GET /api/contacts/${contactId}/conversations`)).body.items).toEqual([listed]);
    expect((await as(`GET /api/conversations/${silent.id}`)).status).toBe(404);
  });

  it('tells what was said, in order and page by page', async () => {
    const { id } = await converse({ said: ['Hello', 'Hi', 'Bye'] });
    const path = `/api/conversations/${id}/events`;
    const { body } = await as(`GET ${path}?limit=2`);
    expect(body).toEqual({
      items: [
        {
          seq: 1,
          at: expect.any(String),
          type: 'message',
          id: 'm0',
          role: 'visitor',
          text: 'Hello',
        },
        { seq: 2, at: expect.any(String), type: 'message', id: 'm1', role: 'flow', text: 'Hi' },
      ],
      nextCursor: '2',
    });
    const rest = (await as(`GET ${path}?cursor=2`)).body;
    expect(rest).toMatchObject({ items: [{ seq: 3, text: 'Bye' }], nextCursor: null });
    expect((await as(`GET ${path}?afterSeq=2`)).body).toEqual(rest);
    expect((await as(`GET ${path}?afterSeq=3`)).body).toEqual({ items: [], nextCursor: null });
  });

  it('tells large messages in pages of about a megabyte', async () => {
    const { id } = await converse({ said: Array<string>(3).fill('x '.repeat(300_000)) });
    const { items, nextCursor } = (await as(`GET /api/conversations/${id}/events`)).body;
    expect([items.length, nextCursor]).toEqual([2, '2']);
  });

  it.each([
    ['operator', [200, 200, 200]],
    ['viewer', [403, 403, 403]],
  ] as [Role, number[]][])('answers a(n) %s %j', async (role, statuses) => {
    const { id } = await converse();
    const member = await newUser(api);
    await api.deps.db.member.create({
      data: { workspaceId: owner.user.id, userId: member.user.id, role },
    });
    const one = `/api/conversations/${id}`;
    const paths = [`/api/conversations?workspaceId=${owner.user.id}`, one, `${one}/events`];
    const answers = await Promise.all(paths.map((path) => as(`GET ${path}`, member)));
    expect(answers.map(({ status }) => status)).toEqual(statuses);
    const stranger = await newUser(api);
    expect((await as(`GET ${one}/events`, stranger)).status).toBe(404);
  });

  it('tells nothing that was said to those who may not read transcripts', async () => {
    await converse({ row: { lastMessage: JSON.stringify({ role: 'flow', text: 'Bye' }) } });
    const principal = { kind: 'user', userId: owner.user.id, sessionId: '' } as const;
    const access: Access = {
      ...{ principal, workspaceId: owner.user.id, role: 'viewer' },
      may: (right) => right !== 'transcript.read',
    };
    const list = (q?: string) =>
      listConversations(api.deps.pool, access, { view: 'all', limit: 1, q });
    const { items } = await list();
    expect(items).toMatchObject([{ lastMessage: null }]);
    await expect(list('bye')).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('GET /api/conversations', () => {
  it('lists the last message first, page by page', async () => {
    await setUp();
    const ids: string[] = [];
    for (const second of [3, 1, 2, 2]) {
      const row = { lastMessageAt: `2026-01-01T00:00:0${second}Z` };
      ids.push((await converse({ row })).id);
    }
    const [three, one, ...twos] = ids;
    const expected = [three, ...twos.sort().reverse(), one];
    const first = (await as('GET /api/conversations?limit=2')).body;
    const rest = await found(`limit=2&cursor=${first.nextCursor}`);
    expect([...first.items.map(({ id }: { id: string }) => id), ...rest]).toEqual(expected);
  });

  it('shows views', async () => {
    await setUp();
    const made: Record<string, string> = {};
    const rows: Record<string, object> = {
      open: {},
      mine: { assigneeId: owner.user.id },
      theirs: { assigneeId: 'another', status: 'waiting', waitingSince: new Date() },
      waiting: { status: 'waiting', waitingSince: new Date() },
      snoozed: { snoozedUntil: '2999-01-01T00:00:00Z', assigneeId: owner.user.id },
      closed: { status: 'closed', assigneeId: owner.user.id },
    };
    for (const [name, row] of Object.entries(rows)) made[name] = (await converse({ row })).id;
    const names = async (view: string) => {
      const ids = await found(`view=${view}`);
      return Object.keys(made).filter((name) => ids.includes(made[name]!));
    };
    expect(await names('all')).toEqual(Object.keys(rows));
    expect(await names('mine')).toEqual(['mine']);
    expect(await names('unassigned')).toEqual(['open', 'waiting']);
    expect(await names('waiting')).toEqual(['theirs', 'waiting']);
    expect(await names('snoozed')).toEqual(['snoozed']);
    expect(await names('closed')).toEqual(['closed']);
  });

  it('shows none of a flow that was deleted', async () => {
    await setUp();
    const { id } = await converse();
    expect((await as(`DELETE /api/workflows/${chat.deploymentId}`)).status).toBe(204);
    expect(await found('')).toEqual([]);
    expect((await as(`GET /api/conversations/${id}`)).status).toBe(404);
    expect((await as(`GET /api/contacts/${contactId}/conversations`)).body.items).toEqual([]);
  });

  it('keeps to one deployment, and to one flow', async () => {
    await setUp();
    const here = await converse();
    const deploymentId = await newChat(api.deps.pool, owner.user.id);
    const there = await converse({ deploymentId });
    expect(await found(`deploymentId=${deploymentId}`)).toEqual([there.id]);
    expect(await found(`workflowId=${chat.deploymentId}`)).toEqual([here.id]);
  });
});

describe('a search for what was said', () => {
  const said = {
    order: ['My ORDER 4711-x, please', 'It comes ﬁrst thing tomorrow'],
    german: ['Größe und Maß', 'ＷＩＤＥ so\u00adft'],
    japanese: ['健康保険について', '承知しました'],
  };
  const ids: Record<string, string> = {};
  beforeAll(async () => {
    await setUp();
    for (const [name, texts] of Object.entries(said)) {
      ids[name] = (await converse({ said: texts })).id;
    }
    const user = await newUser(api);
    const deploymentId = await newChat(api.deps.pool, user.user.id);
    const { id } = await api.deps.db.contact.create({ data: { workspaceId: user.user.id } });
    await newConversation(api.deps.pool, {
      ...{ workspaceId: user.user.id, deploymentId, contactId: id, said: ['order'] },
    });
  });

  it.each([
    ['order', ['order']],
    ['Ord', ['order']],
    ['please order', ['order']],
    ['ord please', []],
    ['4711', ['order']],
    ['4711-x', ['order']],
    ['FIRST', ['order']],
    ['order tomorrow', []],
    ['GRÖßE', ['german']],
    ['wide', ['german']],
    ['soft', ['german']],
    ['健康', ['japanese']],
    ['康保', ['japanese']],
    ['保健', []],
    ['...', []],
    ["o'r & d | !", []],
    ['  ', ['order', 'german', 'japanese']],
  ])('%j', async (q, names) => {
    const listed = await found(`q=${encodeURIComponent(q)}`);
    expect(listed.sort()).toEqual(names.map((name) => ids[name]).sort());
  });
});
