import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask } from '../testing/ask.js';
import { openRunHarness, type RunHarness } from '../testing/run-harness.js';

let harness: RunHarness;
let owner: Awaited<ReturnType<RunHarness['newUser']>>;
let base: string;

/** A real API, database and Temporal, and no worker: what runs do is told by the tests. */
beforeAll(async () => {
  harness = await openRunHarness();
  owner = await harness.newUser();
  const { token } = owner;
  const flowId = await harness.saveFlow(token);
  await ask(harness.api, `POST /api/workflows/${flowId}/publish`, { token });
  const json = { kind: 'chat', settings: {} };
  const { body } = await ask(harness.api, `POST /api/workflows/${flowId}/deployments`, {
    ...{ token, json },
  });
  base = `/api/public/chat/${body.slug}`;
});
afterAll(() => harness.close());

/** A conversation in which a visitor has written. @returns its id, and how the visitor writes more */
async function converse() {
  const { body: visitor } = await ask(harness.api, `POST ${base}/visitors`, { json: {} });
  const as = (path: string, json: object) =>
    ask(harness.api, `POST ${base}${path}`, { token: visitor.token as string, json });
  const { body } = await as('/conversations', { requestId: randomUUID() });
  const id = body.conversationId as string;
  const write = () => as(`/conversations/${id}/messages`, { messageId: randomUUID(), text: 'Hi' });
  await write();
  return { id, write };
}

async function member(role: string, name = '') {
  const user = await harness.newUser();
  await harness.pool.query(
    'INSERT INTO "Member" ("workspaceId", "userId", role) VALUES ($1, $2, $3)',
    [owner.user.id, user.user.id, role],
  );
  await harness.pool.query('UPDATE "User" SET name = $2 WHERE id = $1', [user.user.id, name]);
  return user;
}

type User = Pick<typeof owner, 'token'>;
const act = ({ token }: User, id: string, what: string, json: object) =>
  ask(harness.api, `POST /api/conversations/${id}/${what}`, { token, json });
const takeOver = (user: User, id: string, expected: string | null = null) =>
  act(user, id, 'take-over', { expect: expected });
const answer = (user: User, id: string) =>
  act(user, id, 'messages', { messageId: randomUUID(), text: 'Hello' });

type Row = { assigneeId: string | null; heldBy: string | null; currentRunId: string };
const stored = async (id: string): Promise<Row> =>
  (await harness.pool.query<Row>('SELECT * FROM "Conversation" WHERE id = $1', [id])).rows[0]!;

const finish = async (runId: string) => {
  const { rows } = await harness.pool.query<{ lastSeq: number }>(
    'SELECT "lastSeq" FROM "Run" WHERE id = $1',
    [runId],
  );
  const end = { type: 'run.finished', data: { status: 'completed' } } as const;
  await harness.record(runId, rows[0]!.lastSeq + 1, [end], { status: 'completed' });
};

describe('taking a conversation over', () => {
  it('succeeds for one of twenty at once, and tells the others who', async () => {
    const { id } = await converse();
    const team = await Promise.all(
      Array.from({ length: 20 }, (_, index) => member('operator', `Operator ${index}`)),
    );
    const answers = await Promise.all(team.map((one) => takeOver(one, id)));
    const winners = answers.flatMap(({ status }, index) => (status === 200 ? [team[index]!] : []));
    expect(winners).toHaveLength(1);
    const { id: userId } = winners[0]!.user;
    const name = `Operator ${team.indexOf(winners[0]!)}`;
    const lost = answers.filter(({ status }) => status !== 200);
    for (const { status, body } of lost) {
      expect([status, body.code, body.takenBy]).toEqual([409, 'already_taken', { userId, name }]);
    }
    expect(await stored(id)).toMatchObject({ assigneeId: userId, heldBy: userId });
    const writers = await Promise.all(team.map((one) => answer(one, id)));
    expect(writers.filter(({ status }) => status === 202)).toHaveLength(1);
    expect(new Set(writers.map(({ body }) => body.code))).toEqual(
      new Set([undefined, 'not_in_control']),
    );
    const back = await Promise.all(
      Array.from({ length: 5 }, () => act(winners[0]!, id, 'hand-back', { how: 'reask' })),
    );
    expect(back.map(({ status }) => status).sort()).toEqual([202, 409, 409, 409, 409]);
    expect(await stored(id)).toMatchObject({ assigneeId: null, heldBy: null });
  });

  it('takes it from another person only if they are expected to have it', async () => {
    const { id } = await converse();
    const [ana, ben] = [await member('operator', 'Ana'), await member('editor', 'Ben')];
    expect((await takeOver(ana, id)).status).toBe(200);
    expect((await takeOver(ana, id, ana.user.id)).status).toBe(200);
    expect((await takeOver(ben, id, ana.user.id)).status).toBe(200);
    expect((await answer(ana, id)).body.code).toBe('not_in_control');
    expect((await answer(ben, id)).status).toBe(202);
    const { body } = await ask(harness.api, `GET /api/workspaces/${owner.user.id}/audit`, owner);
    const acts = body.items.filter(({ resource }: never) => (resource as { id: string }).id === id);
    expect(acts.map(({ action }: { action: string }) => action)).toEqual(
      Array(3).fill('conversation.takeOver'),
    );
  });

  it.each([
    ['viewer', 403],
    [null, 404],
  ])('is not for a %s', async (role, status) => {
    const { id } = await converse();
    const user = role === null ? await harness.newUser() : await member(role);
    const answers = await Promise.all([
      takeOver(user, id),
      answer(user, id),
      act(user, id, 'hand-back', { how: 'end' }),
    ]);
    expect(answers.map((one) => one.status)).toEqual([status, status, status]);
  });

  it('starts a run that the person leads if the last one has ended', async () => {
    const { id, write } = await converse();
    const { currentRunId: before } = await stored(id);
    await finish(before);
    // A message at the same time leads to the same run.
    const [taken, written] = await Promise.all([takeOver(owner, id), write()]);
    expect([taken.status, written.status]).toEqual([200, 202]);
    const { currentRunId } = await stored(id);
    expect(currentRunId).not.toBe(before);
    expect(taken.body.runId).toBe(currentRunId);
    expect((await write()).status).toBe(202);
    expect((await stored(id)).currentRunId).toBe(currentRunId);
    expect((await answer(owner, id)).status).toBe(202);
    await finish(currentRunId);
    expect((await answer(owner, id)).body.code).toBe('not_in_control');
    expect(await stored(id)).toMatchObject({ heldBy: null });
  });

  it('is undone if the run cannot be told', async () => {
    const { id } = await converse();
    harness.toTemporal.cut();
    try {
      expect((await takeOver(owner, id)).body.code).toBe('temporal_unavailable');
    } finally {
      harness.toTemporal.restore();
    }
    expect(await stored(id)).toMatchObject({ assigneeId: null, heldBy: null });
    await expect
      .poll(async () => (await takeOver(owner, id)).status, { timeout: 30_000 })
      .toBe(200);
    harness.toTemporal.cut();
    try {
      const { body } = await act(owner, id, 'hand-back', { how: 'reask' });
      expect(body.code).toBe('temporal_unavailable');
    } finally {
      harness.toTemporal.restore();
    }
    expect(await stored(id)).toMatchObject({ heldBy: owner.user.id });
  });

  it('hands back only to a node of the flow', async () => {
    const { id } = await converse();
    await takeOver(owner, id);
    const elsewhere = await act(owner, id, 'hand-back', { how: 'goto', nodeId: 'nowhere' });
    expect([elsewhere.status, elsewhere.body.code]).toEqual([422, 'invalid']);
    expect((await act(owner, id, 'hand-back', { how: 'goto' })).status).toBe(422);
    expect((await act(owner, id, 'hand-back', { how: 'end', nodeId: 'a' })).status).toBe(422);
    expect(await stored(id)).toMatchObject({ heldBy: owner.user.id });
  });
});
