import { randomUUID } from 'node:crypto';
import type { RunEvent } from '@crmflow/contracts';
import { describe, expect, it } from 'vitest';
import { removeExpiredRuns } from '../expired-runs.js';
import { recordRun } from '../run/record-run.js';
import { flushOf, said } from '../testing/flush.js';
import { newConversation } from '../testing/new-conversation.js';
import { useDatabase } from '../testing/scratch-database.js';
import { removeSilentVisitors } from './remove-conversations.js';
import { readStory, tellConversation } from './tell-conversation.js';

const database = useDatabase();

const at = (seq: number) => 1_700_000_000_000 + seq;
const waits = (seq: number, expected: 'any' | 'choice' = 'any'): RunEvent => ({
  ...{ seq, at: at(seq), type: 'waiting', nodeId: 'ask', visit: 1 },
  data: { label: 'Ask', expect: expected },
});
const sets = (seq: number, name: string, value: string): RunEvent => ({
  ...{ seq, at: at(seq), type: 'variable.set' },
  data: { name, value },
});
const ends = (seq: number): RunEvent => ({
  ...{ seq, at: at(seq), type: 'run.finished' },
  data: { status: 'completed' },
});

/** What was told, in short, and that its numbers have no gaps. */
async function told(conversationId: string): Promise<string[]> {
  const page = await readStory(database.pool, conversationId, 0, 1_000);
  const events = page?.events ?? [];
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
  expect(page?.lastSeq).toBe(events.length);
  return events.map((event) => {
    if (event.type === 'message') return `${event.role} ${event.text}`;
    return event.type === 'waiting' ? `waiting ${event.expect}` : event.type;
  });
}

const record = (runId: string, ...events: RunEvent[]) =>
  recordRun(database.pool, flushOf(runId, events));

type Row = Record<string, unknown>;
const rowOf = async (table: string, id: string): Promise<Row | undefined> =>
  (await database.pool.query<Row>(`SELECT * FROM "${table}" WHERE id = $1`, [id])).rows[0];

describe('tellConversation', () => {
  it('numbers what is told without gaps, however often and from wherever it is told', async () => {
    const { id, runId } = await newConversation(database.pool);
    const flushes = Array.from({ length: 20 }, (_, i) => [
      said(3 * i + 1, 'system', `s${i}`),
      waits(3 * i + 2),
      said(3 * i + 3, 'user', `u${i}`),
    ]);
    for (const events of flushes) {
      await Promise.all([
        record(runId, ...events),
        record(runId, ...events),
        ...Array.from({ length: 4 }, () => tellConversation(database.pool, id)),
      ]);
    }
    expect(await told(id)).toEqual(
      flushes.flatMap((_, i) => [`flow s${i}`, 'waiting any', `visitor u${i}`]),
    );
  });

  it('counts what the visitor says as unread, which ends a snooze and opens what was closed', async () => {
    const { id, runId } = await newConversation(database.pool);
    await record(runId, said(1, 'system', 'hello'), waits(2));
    const put = (sql: string) =>
      database.pool.query(`UPDATE "Conversation" SET ${sql} WHERE id = $1`, [id]);
    await put(`status = 'closed', "snoozedUntil" = now() + interval '1 hour'`);
    await record(runId, said(3, 'system', 'Are you there?'));
    expect(await rowOf('Conversation', id)).toMatchObject({ unread: 0, status: 'closed' });
    await record(runId, said(4, 'user', 'one'), said(5, 'user', 'two'));
    await tellConversation(database.pool, id);
    expect(await rowOf('Conversation', id)).toMatchObject({
      ...{ unread: 2, status: 'open', snoozedUntil: null },
    });
    await put(`status = 'closed'`);
    await record(runId, said(6, 'user', 'bye'), ends(7));
    expect(await rowOf('Conversation', id)).toMatchObject({ unread: 3, status: 'closed' });
  });

  it('tells of a log that was rewritten only what it tells otherwise', async () => {
    const { id, runId } = await newConversation(database.pool);
    await record(runId, said(1, 'system', 'hello'), waits(2), said(3, 'user', 'tea'));
    await record(runId, said(4, 'system', 'one'), waits(5, 'choice'));
    const before = ['flow hello', 'waiting any', 'visitor tea', 'flow one', 'waiting choice'];
    expect(await told(id)).toEqual(before);
    await record(runId, said(4, 'system', 'one', 'two'), waits(5, 'choice'));
    expect(await told(id)).toEqual([...before, 'flow two', 'waiting choice']);
    expect((await rowOf('Run', runId))?.['epoch']).toBe(1);
  });

  it('repeats no wait of a log that was rewritten from its beginning on', async () => {
    const { id, runId } = await newConversation(database.pool);
    const rest = [
      ...[said(2, 'system', 'hello'), waits(3), said(4, 'user', 'tea')],
      ...[said(5, 'system', 'one'), waits(6), said(7, 'user', 'milk'), waits(8, 'choice')],
    ];
    await record(runId, sets(1, 'a', 'one'), ...rest);
    const before = await told(id);
    await record(runId, sets(1, 'a', 'two'), ...rest);
    expect(await told(id)).toEqual(before);
    expect((await rowOf('Run', runId))?.['epoch']).toBe(1);
    await record(runId, said(9, 'user', 'sugar'), ends(10));
    expect(await told(id)).toEqual([...before, 'visitor sugar', 'finished']);
  });

  it('tells the next run after the one before, and nothing late of that', async () => {
    const { id, runId, next } = await newConversation(database.pool);
    await record(runId, said(1, 'system', 'hello'), ends(2));
    expect(await rowOf('Conversation', id)).toMatchObject({ status: 'closed' });
    const second = await next();
    await record(second, said(1, 'system', 'hello'), waits(2));
    await record(runId, said(1, 'system', 'hello'), ends(2));
    expect(await told(id)).toEqual(['flow hello', 'finished', 'flow hello', 'waiting any']);
    expect(await rowOf('Conversation', id)).toMatchObject({
      ...{ status: 'open', toldSeq: 2, lastMessage: { role: 'flow', text: 'hello' } },
    });
  });

  it('fills what a contact lacks, and overwrites nothing', async () => {
    const { id, runId, contactId } = await newConversation(database.pool, { email: 'a@b.example' });
    await record(runId, sets(1, 'name', 'Ada'), sets(2, 'email', 'eve@evil.example'));
    await record(runId, sets(3, 'name', 'Eve'), sets(4, 'phone', '+44 20'));
    expect(await rowOf('Contact', contactId!)).toMatchObject({
      ...{ name: 'Ada', email: 'a@b.example', phone: '+44 20' },
    });
    expect(await told(id)).toEqual([]);
  });

  it('tells nothing of a conversation or run that was deleted', async () => {
    const { id, runId } = await newConversation(database.pool);
    await database.pool.query('DELETE FROM "Run" WHERE id = $1', [runId]);
    expect(await tellConversation(database.pool, id)).toBeNull();
    expect(await tellConversation(database.pool, randomUUID())).toBeNull();
    expect(await readStory(database.pool, randomUUID(), 0, 10)).toBeNull();
  });
});

describe('readStory', () => {
  it('continues after a number, up to the limit', async () => {
    const { id, runId } = await newConversation(database.pool);
    await record(runId, ...Array.from({ length: 9 }, (_, i) => said(i + 1, 'system', `s${i + 1}`)));
    const seqs = async (after: number, limit: number) =>
      (await readStory(database.pool, id, after, limit))?.events.map(({ seq }) => seq);
    expect(await seqs(0, 4)).toEqual([1, 2, 3, 4]);
    expect(await seqs(4, 4)).toEqual([5, 6, 7, 8]);
    expect(await seqs(9, 4)).toEqual([]);
    expect(await seqs(999_999_999, 4)).toEqual([]);
  });
});

describe('removeSilentVisitors', () => {
  const age = (table: string, id: string) =>
    database.pool.query(
      `UPDATE "${table}" SET "createdAt" = now() - interval '25 hours' WHERE id = $1`,
      [id],
    );

  it('removes visitors who said nothing for a day, with their runs, and nobody else', async () => {
    const silent = await newConversation(database.pool, null);
    const recent = await newConversation(database.pool, null);
    const spoke = await newConversation(database.pool);
    for (const one of [silent, spoke]) {
      await age('Conversation', one.id);
      await age('ContactIdentity', one.identityId);
    }
    await database.pool.query(
      `INSERT INTO "VisitorToken" (id, "identityId", "deploymentId", "expiresAt")
       SELECT name, $1, "deploymentId", now() + days * interval '1 day'
         FROM "Conversation", (VALUES ('old', 0), ('new', 1)) AS t (name, days) WHERE id = $2`,
      [spoke.identityId, spoke.id],
    );
    const forgotten: string[] = [];
    const forgetRuns = async (ids: readonly string[]) => void forgotten.push(...ids);
    // A conversation, an identity, and a token that has expired.
    expect(await removeSilentVisitors(database.pool, { forgetRuns, workMs: 10_000 })).toBe(3);
    expect(forgotten).toEqual([silent.runId]);
    for (const [one, isThere] of [
      ...([
        [silent, false],
        [recent, true],
        [spoke, true],
      ] as const),
    ]) {
      expect((await rowOf('Conversation', one.id)) !== undefined).toBe(isThere);
      expect((await rowOf('Run', one.runId)) !== undefined).toBe(isThere);
      expect((await rowOf('ContactIdentity', one.identityId)) !== undefined).toBe(isThere);
    }
    expect(await rowOf('VisitorToken', 'old')).toBeUndefined();
    expect(await rowOf('VisitorToken', 'new')).toBeDefined();
  });

  it('removes nothing that Temporal could not delete', async () => {
    const { id, runId } = await newConversation(database.pool, null);
    await age('Conversation', id);
    const forgetRuns = () => Promise.reject(new Error('Temporal is away'));
    await expect(
      removeSilentVisitors(database.pool, { forgetRuns, workMs: 10_000 }),
    ).rejects.toThrow('away');
    expect(await rowOf('Conversation', id)).toBeDefined();
    expect(await rowOf('Run', runId)).toBeDefined();
  });
});

describe('the retention of runs', () => {
  it('removes what was said with the last run of a conversation', async () => {
    const { id, runId, contactId, workspaceId, next } = await newConversation(database.pool);
    await record(runId, said(1, 'system', 'hello'));
    const second = await next();
    await record(second, said(1, 'system', 'again'));
    const expire = (run: string) =>
      database.pool.query(
        `UPDATE "Run" SET "finishedAt" = now() - interval '8 days' WHERE id = $1`,
        [run],
      );
    await database.pool.query(
      `UPDATE "Workspace" SET settings = '{"runDays": 7, "testRunDays": 7}' WHERE id = $1`,
      [workspaceId],
    );
    const remove = () =>
      removeExpiredRuns(database.pool, { forgetRuns: async () => {}, workMs: 5_000 });
    await expire(runId);
    expect(await remove()).toBe(1);
    expect(await told(id)).toEqual(['flow hello', 'flow again']);
    await expire(second);
    expect(await remove()).toBe(1);
    expect(await readStory(database.pool, id, 0, 10)).toBeNull();
    expect(await rowOf('Contact', contactId!)).toBeDefined();
  });
});
