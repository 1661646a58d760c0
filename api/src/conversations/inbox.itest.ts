import { limits, type Role } from '@crmflow/contracts';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Access } from '../access/authorize.js';
import { AppError } from '../errors/app-error.js';
import { ask, newUser } from '../testing/ask.js';
import { newChat, newConversation } from '../testing/conversations.js';
import { useTestApi } from '../testing/test-api.js';
import { workspaceRoutes } from '../workspaces/routes.js';
import { claim } from './claim.js';
import { conversationRoutes } from './routes.js';

const api = useTestApi({
  routes: (deps) => [...workspaceRoutes(deps), ...conversationRoutes(deps)],
});

type User = Awaited<ReturnType<typeof newUser>>;
let owner: User;
let workspaceId: string;
let chat: { workspaceId: string; deploymentId: string; contactId: string };

beforeEach(async () => {
  owner = await newUser(api);
  workspaceId = owner.user.id;
  const deploymentId = await newChat(api.deps.pool, workspaceId);
  const { id } = await api.deps.db.contact.create({ data: { workspaceId, name: 'Ada' } });
  chat = { workspaceId, deploymentId, contactId: id };
});

const as = (what: string, json?: unknown, { token }: Pick<User, 'token'> = owner) =>
  ask(api, what, { token, ...(json !== undefined && { json }) });
const act = (id: string, what: string, json?: unknown, user = owner) =>
  as(`POST /api/conversations/${id}/${what}`, json, user);
const converse = (more: object = {}) => newConversation(api.deps.pool, { ...chat, ...more });
const read = async (id: string) => (await as(`GET /api/conversations/${id}`)).body;
const did = async (id: string) =>
  (await as(`GET /api/conversations/${id}/team-events`)).body.items as Record<string, unknown>[];
const audited = async () =>
  (await as(`GET /api/workspaces/${workspaceId}/audit?action=conversation.`)).body.items.map(
    ({ action }: { action: string }) => action,
  );
const join = async (role: Role, name: string) => {
  const member = await newUser(api);
  const userId = member.user.id;
  await api.deps.db.user.update({ where: { id: userId }, data: { name } });
  await api.deps.db.member.create({ data: { workspaceId, userId, role } });
  return { ...member, id: userId };
};
const hence = (ms: number) => new Date(Date.now() + ms).toISOString();
const hour = 3_600_000;

describe('a conversation of the inbox', () => {
  it('is assigned to a member who may answer, and to nobody', async () => {
    const { id } = await converse();
    const ben = await join('operator', 'Ben');
    const viewer = await join('viewer', 'Vera');
    const { status, body } = await act(id, 'assign', { userId: ben.id });
    expect([status, body.assigneeId, body.assigneeName]).toEqual([200, ben.id, 'Ben']);
    // To the same one again is nothing that was done.
    await act(id, 'assign', { userId: ben.id });
    const stranger = await newUser(api);
    for (const userId of [viewer.id, stranger.user.id, 'nobody']) {
      const refused = await act(id, 'assign', { userId });
      expect(refused.body).toMatchObject({ code: 'invalid', errors: [{ path: 'userId' }] });
    }
    expect((await act(id, 'assign', { userId: null }, ben)).body.assigneeId).toBeNull();
    expect(await did(id)).toMatchObject([
      { type: 'assigned', by: { id: workspaceId }, assignee: { id: ben.id, name: 'Ben' } },
      { type: 'assigned', by: { id: ben.id, name: 'Ben' }, assignee: null },
    ]);
    expect(await audited()).toEqual(['conversation.assign', 'conversation.assign']);
  });

  it('is snoozed until a time, and is open again after it', async () => {
    const { id } = await converse({ row: { assigneeId: workspaceId } });
    const until = hence(hour);
    expect((await act(id, 'snooze', { until })).body).toMatchObject({
      ...{ status: 'snoozed', snoozedUntil: until },
    });
    const views = async (...names: string[]) => {
      const pages = names.map((view) => as(`GET /api/conversations?view=${view}`));
      return (await Promise.all(pages)).map(({ body }) => body.items.length);
    };
    expect(await views('snoozed', 'mine', 'all')).toEqual([1, 0, 1]);
    await api.deps.pool.query(
      `UPDATE "Conversation" SET "snoozedUntil" = now() - interval '1 second' WHERE id = $1`,
      [id],
    );
    expect(await views('snoozed', 'mine')).toEqual([0, 1]);
    expect(await read(id)).toMatchObject({ status: 'open', snoozedUntil: null });
    await act(id, 'snooze', { until });
    expect((await act(id, 'snooze', { until: null })).body.status).toBe('open');
    for (const wrong of [hence(-1000), hence((limits.snoozeDays + 1) * 24 * hour), 'tomorrow']) {
      expect((await act(id, 'snooze', { until: wrong })).status).toBe(422);
    }
  });

  it('no longer waits and is not snoozed once it is closed, and can be reopened', async () => {
    const row = {
      waitingSince: new Date(),
      snoozedUntil: hence(hour),
      status: 'waiting',
      unread: 3,
    };
    const { id } = await converse({ row });
    const closed = { status: 'closed', waitingSince: null, snoozedUntil: null, unread: 0 };
    expect((await act(id, 'close')).body).toMatchObject(closed);
    expect((await act(id, 'close')).status).toBe(200);
    expect((await act(id, 'reopen')).body.status).toBe('open');
    expect((await did(id)).map(({ type }) => type)).toEqual(['closed', 'reopened']);
    await act(id, 'close');
    // To be reminded of it is to have it open again.
    await act(id, 'snooze', { until: hence(hour) });
    expect(await read(id)).toMatchObject({ status: 'snoozed' });
  });

  it('is read up to a number', async () => {
    const { id } = await converse({ said: ['a', 'b', 'c', 'd', 'e'], row: { unread: 3 } });
    expect((await act(id, 'read', { seq: 3 })).status).toBe(204);
    expect((await read(id)).unread).toBe(1);
    await act(id, 'read', { seq: 1 });
    expect((await read(id)).unread).toBe(1);
    await act(id, 'read', { seq: 5 });
    expect((await read(id)).unread).toBe(0);
  });

  it('has notes that mention members and that its visitor never sees', async () => {
    const { id } = await converse({ said: ['Hello', 'Hi'] });
    const ben = await join('operator', 'Ben');
    await join('viewer', 'Vera');
    const { status, body } = await act(id, 'notes', { text: ' Please call, @ben and @Vera ' });
    expect([status, body]).toMatchObject([
      201,
      {
        type: 'note',
        text: 'Please call, @ben and @Vera',
        mentions: [{ id: ben.id, name: 'Ben' }],
      },
    ]);
    expect((await did(id)).map(({ id: one }) => one)).toEqual([body.id]);
    const { body: told } = await as(`GET /api/conversations/${id}/events`);
    expect(told.items.map(({ seq }: { seq: number }) => seq)).toEqual([1, 2]);
    expect(JSON.stringify(told)).not.toContain('call');
    expect((await act(id, 'notes', { text: ' ' })).status).toBe(422);
    const audit = await as(`GET /api/workspaces/${workspaceId}/audit?action=conversation.note`);
    expect(audit.text).not.toContain('Please');
  });

  it('keeps a limited number of notes and acts', async () => {
    const { id } = await converse();
    await api.deps.pool.query(
      `INSERT INTO "TeamEvent" (id, "conversationId", type, "userId", data)
       SELECT $1 || n, $1, CASE WHEN n <= ${limits.teamNotes} THEN 'note' ELSE 'closed' END, $2,
              '{"text": "x", "mentions": []}'
         FROM generate_series(1, ${limits.teamNotes + limits.teamActs}) AS n`,
      [id, workspaceId],
    );
    expect((await act(id, 'notes', { text: 'More' })).body.code).toBe('notes_full');
    await act(id, 'close');
    const { rows } = await api.deps.pool.query(
      `SELECT count(*)::int AS acts FROM "TeamEvent" WHERE type <> 'note' AND "conversationId" = $1`,
      [id],
    );
    expect(rows).toEqual([{ acts: limits.teamActs }]);
  });

  it('can be changed by operators, and only read by viewers who may', async () => {
    const { id } = await converse();
    const viewer = await join('viewer', 'Vera');
    const one = `/api/conversations/${id}`;
    await as(`PATCH /api/workspaces/${workspaceId}`, {
      settings: { viewersReadTranscripts: true },
    });
    expect((await as(`GET ${one}/team-events`, undefined, viewer)).status).toBe(200);
    const acts: [string, object?][] = [
      ['assign', { userId: null }],
      ['snooze', { until: null }],
      ['close'],
      ['reopen'],
      ['read', { seq: 0 }],
      ['notes', { text: 'x' }],
    ];
    for (const [what, json] of acts) expect((await act(id, what, json, viewer)).status).toBe(403);
    const operator = await join('operator', 'Olga');
    for (const [what, json] of acts) {
      expect((await act(id, what, json, operator)).status, what).toBeLessThan(300);
    }
  });
});

describe('claiming', () => {
  it('gives each of 200 conversations to one of five operators, and tells the others who has it', async () => {
    const { pool } = api.deps;
    const operators = await Promise.all(
      ['Ana', 'Ben', 'Cai', 'Dua', 'Eli'].map((name) => join('operator', name)),
    );
    const ids: string[] = [];
    for (let count = 0; count < 200; count += 1) ids.push((await converse()).id);
    const won: string[][] = operators.map(() => []);
    const lost: { id: string; userId: string }[] = [];
    const work = async (userId: string, index: number) => {
      const principal = { kind: 'user', userId, sessionId: '' } as const;
      const access: Access = { principal, workspaceId, role: 'operator', may: () => true };
      // All at the same ones at once.
      for (const id of ids) {
        try {
          await claim(pool, access, id, null);
          won[index]!.push(id);
        } catch (error) {
          if (!(error instanceof AppError) || error.code !== 'already_taken') throw error;
          const { takenBy } = error.options.extra as { takenBy: { userId: string; name: string } };
          expect(takenBy.name).not.toBe('');
          lost.push({ id, userId: takenBy.userId });
        }
      }
    };
    await Promise.all(operators.map(({ id }, index) => work(id, index)));
    expect(won.flat().sort()).toEqual(ids.sort());
    expect(lost).toHaveLength(4 * 200);
    for (const { id, userId } of lost) {
      expect(won[operators.findIndex((one) => one.id === userId)]).toContain(id);
    }
  });

  it('ends with the membership: its visitor then waits for somebody else', async () => {
    const ben = await join('operator', 'Ben');
    const held = { assigneeId: ben.id, heldBy: ben.id, control: 'human' };
    const { id } = await converse({ row: held });
    const { id: theirs } = await converse({ row: { assigneeId: ben.id } });
    await as(`DELETE /api/workspaces/${workspaceId}/members/${ben.id}`);
    expect(await read(id)).toMatchObject({
      ...{ assigneeId: null, heldBy: null, waitingSince: expect.any(String) as string },
    });
    expect(await read(theirs)).toMatchObject({ assigneeId: null, waitingSince: null });
  });
});

describe('the views of the inbox', () => {
  it('list who has waited longest first, page by page', async () => {
    const at = (second: number) => `2026-01-01T00:00:0${second}Z`;
    const ids: string[] = [];
    for (const second of [3, 1, 2, 2]) {
      const row = { status: 'waiting', waitingSince: at(second), lastMessageAt: at(9 - second) };
      ids.push((await converse({ row })).id);
    }
    await converse({ row: { status: 'closed', waitingSince: at(0) } });
    const [three, one, ...twos] = ids;
    const path = 'GET /api/conversations?view=waiting&limit=2';
    const { body } = await as(path);
    const rest = (await as(`${path}&cursor=${body.nextCursor}`)).body;
    expect(rest.nextCursor).toBeNull();
    const found = [...body.items, ...rest.items].map(({ id }: { id: string }) => id);
    expect(found).toEqual([one, ...twos.sort(), three]);
  });

  it('are counted up to a limit', async () => {
    const rows = [
      { assigneeId: workspaceId },
      { waitingSince: new Date(), status: 'waiting' },
      { snoozedUntil: hence(hour) },
      { status: 'closed' },
    ];
    for (const row of rows) await converse({ row });
    expect((await as('GET /api/conversations/counts')).body).toEqual({
      ...{ mine: 1, unassigned: 1, waiting: 1, snoozed: 1, most: 100 },
    });
  });
});

describe('a canned reply', () => {
  const hello = { shortcut: 'Hello', language: 'en', text: 'Hello {{contact.name}}' };
  const all = '/api/canned-replies';

  it('is made, listed, changed and deleted', async () => {
    const { status, body } = await as(`POST ${all}`, hello);
    expect([status, body]).toMatchObject([201, { ...hello, shortcut: 'hello' }]);
    const german = (await as(`POST ${all}`, { shortcut: 'hello', text: 'Hallo' })).body;
    expect(german.language).toBeNull();
    expect((await as(`POST ${all}`, hello)).body).toMatchObject({
      ...{ code: 'shortcut_taken', errors: [{ path: 'shortcut', message: 'is taken' }] },
    });
    const changed = await as(`PATCH ${all}/${german.id}`, { language: 'de' });
    expect(changed.body).toMatchObject({ shortcut: 'hello', language: 'de', text: 'Hallo' });
    expect((await as(`PATCH ${all}/${german.id}`, { language: 'en' })).status).toBe(409);
    expect((await as(`DELETE ${all}/${body.id}`)).status).toBe(204);
    expect((await as(`GET ${all}`)).body.items).toEqual([changed.body]);
    expect((await as(`DELETE ${all}/${body.id}`)).status).toBe(404);
    const audit = await as(`GET /api/workspaces/${workspaceId}/audit?action=canned.`);
    expect(audit.body.items).toHaveLength(4);
  });

  it.each([
    [{ shortcut: 'two words' }],
    [{ shortcut: '' }],
    [{ text: ' ' }],
    [{ text: 'x'.repeat(limits.cannedReplyLength + 1) }],
    [{ language: 'English' }],
  ])('422: %j', async (wrong) => {
    expect((await as(`POST ${all}`, { ...hello, ...wrong })).status).toBe(422);
  });

  it('is limited in number, and open only to those who may answer', async () => {
    await api.deps.pool.query(
      `INSERT INTO "CannedReply" (id, "workspaceId", shortcut, text)
       SELECT $1 || n, $1, 'r' || n, 'x' FROM generate_series(1, ${limits.cannedReplies}) AS n`,
      [workspaceId],
    );
    expect((await as(`POST ${all}`, hello)).body.code).toBe('canned_replies_full');
    const viewer = await join('viewer', 'Vera');
    const list = `GET ${all}?workspaceId=${workspaceId}`;
    expect((await as(list, undefined, viewer)).status).toBe(403);
    expect((await as(list, undefined, await join('operator', 'Olga'))).status).toBe(200);
    const stranger = await newUser(api);
    expect((await as(`DELETE ${all}/${workspaceId}1`, undefined, stranger)).status).toBe(404);
  });
});
