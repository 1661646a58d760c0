import { randomUUID } from 'node:crypto';
import { limits, type RunEvent } from '@crmflow/contracts';
import type pg from 'pg';
import { describe, expect, it } from 'vitest';
import { publicMessageId } from '../conversations/story.js';
import { tellConversation } from '../conversations/tell-conversation.js';
import { recordRun } from '../run/record-run.js';
import { forkRun } from '../run/recovery/fork-run.js';
import { event, flushOf, said } from '../testing/flush.js';
import { newConversation } from '../testing/new-conversation.js';
import { newEndpoint } from '../testing/new-endpoint.js';
import { newRun } from '../testing/new-run.js';
import { useDatabase } from '../testing/scratch-database.js';

const database = useDatabase();

type Told = { type: string; data: Record<string, unknown>; status: string };

/** What an endpoint is to hear, in its order. */
async function toldTo(endpointId: string): Promise<Told[]> {
  const { rows } = await database.pool.query<Told>(
    `SELECT event.type, event.data, d.status FROM "EventDelivery" d
       JOIN "OutboundEvent" event ON event.id = d."eventId"
      WHERE d."endpointId" = $1 ORDER BY d.id`,
    [endpointId],
  );
  return rows;
}

const typesTo = async (endpointId: string) => (await toldTo(endpointId)).map(({ type }) => type);

/** A run of a published version. */
async function publishedRun(): Promise<string> {
  const id = await newRun(database.pool);
  await publish(database.pool, id);
  return id;
}

/** Puts the runs of a flow onto a version that is published. */
const publish = (pool: pg.Pool, flowId: string) =>
  pool.query(
    `WITH v AS (
       INSERT INTO "WorkflowVersion" (id, "workflowId", number, "contentHash", graph)
       VALUES ($1 || ':1', $1, 1, 'hash', '{}'))
     UPDATE "Run" SET "versionId" = $1 || ':1' WHERE "workflowId" = $1`,
    [flowId],
  );

const at = (seq: number) => 1_700_000_000_000 + seq;
const started: RunEvent = {
  ...{ seq: 1, at: at(1), type: 'run.started' },
  data: { workflowId: 'w', version: 1, activeNode: 'a', totalNodes: 1 },
};
const waiting = (seq: number, label = 'Ask'): RunEvent => ({
  ...{ seq, at: at(seq), type: 'waiting', nodeId: 'ask', visit: 1 },
  data: { label, expect: { kind: 'text' } } as never,
});
const finished = (seq: number, status: 'completed' | 'failed' | 'cancelled'): RunEvent => ({
  ...{ seq, at: at(seq), type: 'run.finished' },
  data: status === 'completed' ? { status, output: { total: 3 } } : { status },
});

describe('what endpoints hear of a run', () => {
  it('is told once with its log, however often that is recorded', async () => {
    const runId = await publishedRun();
    const endpoint = await newEndpoint(database.pool, runId);
    const flush = flushOf(runId, [started, said(2, 'system', 'm', 'Hello'), waiting(3)]);
    await recordRun(database.pool, flush);
    await Promise.all([1, 2, 3].map(() => recordRun(database.pool, flush)));
    const end = flushOf(runId, [said(4, 'user', 'u', 'Hi'), finished(5, 'completed')]);
    await recordRun(database.pool, end);
    await recordRun(database.pool, end);

    const told = await toldTo(endpoint);
    expect(told.map(({ type }) => type)).toEqual([
      ...['run.started', 'message.created', 'run.waiting', 'message.created', 'run.completed'],
    ]);
    const common = { runId, workflowId: runId, version: 1, conversationId: null };
    for (const { data } of told) expect(data).toMatchObject(common);
    expect(told[1]?.data['message']).toEqual({ id: 'm', role: 'flow', text: 'Hello' });
    expect(told[2]?.data).toMatchObject({
      node: { id: 'ask', label: 'Ask' },
      expect: { kind: 'text' },
    });
    expect(told[3]?.data['message']).toEqual({ id: 'u', role: 'visitor', text: 'Hi' });
    expect(told[4]?.data).toMatchObject({ output: { total: 3 } });
  });

  it('is told again only as far as a rewritten log tells it otherwise', async () => {
    const runId = await publishedRun();
    const endpoint = await newEndpoint(database.pool, runId, ['run.waiting', 'run.failed']);
    await recordRun(database.pool, flushOf(runId, [event(1, 'a'), waiting(2), waiting(3)]));
    const other = [event(1, 'b'), waiting(2), waiting(3, 'Other'), finished(4, 'failed')];
    await recordRun(database.pool, flushOf(runId, other, { status: 'failed', finishedAt: at(4) }));
    expect(await typesTo(endpoint)).toEqual([
      'run.waiting',
      'run.waiting',
      'run.waiting',
      'run.failed',
    ]);
  });

  it('is nothing of test runs, of cancelled ends, of other types, and to other workspaces', async () => {
    const draft = await newRun(database.pool);
    const ofDraft = await newEndpoint(database.pool, draft);
    const runId = await publishedRun();
    const [other, narrow, off] = [
      await newEndpoint(database.pool, await publishedRun()),
      await newEndpoint(database.pool, runId, ['contact.created']),
      await newEndpoint(database.pool, runId),
    ];
    await database.pool.query('UPDATE "Endpoint" SET enabled = false WHERE id = $1', [off]);
    for (const id of [draft, runId]) {
      await recordRun(database.pool, flushOf(id, [started, finished(2, 'cancelled')]));
    }
    const all = await Promise.all([ofDraft, other, narrow, off].map(typesTo));
    expect(all).toEqual([[], [], [], []]);
  });

  it('is of a fork only what it does itself', async () => {
    const runId = await publishedRun();
    await recordRun(database.pool, flushOf(runId, [started, said(2, 'system', 'm')]));
    const endpoint = await newEndpoint(database.pool, runId);
    const forked = randomUUID();
    await forkRun(database.pool, {
      ...{
        runId: forked,
        versionId: `${runId}:1`,
        mode: 'auto',
        pausePoints: [],
        visit: 1,
        at: at(2),
      },
      origin: { runId, nodeId: 'a', seq: 2 } as never,
      ...{ repeatMessages: false, startedBy: runId },
    });
    expect(await typesTo(endpoint)).toEqual([]);
    await recordRun(database.pool, flushOf(forked, [said(3, 'system', 'n')]));
    expect(await typesTo(endpoint)).toEqual(['message.created']);
  });
});

describe('what endpoints hear of a conversation', () => {
  it('names messages as its visitor knows them, and who speaks', async () => {
    const conversation = await newConversation(database.pool);
    const { workspaceId, runId, contactId, id } = conversation;
    await publish(database.pool, workspaceId);
    const endpoint = await newEndpoint(database.pool, workspaceId);
    const control = (seq: number, by: 'operator' | 'flow'): RunEvent => ({
      ...{ seq, at: at(seq), type: 'control.changed' },
      data: { id: `c${seq}`, by, userId: 'u', name: 'Grace' },
    });
    await recordRun(
      database.pool,
      flushOf(runId, [
        started,
        said(2, 'system', 'ask:1', 'Hello'),
        { seq: 3, at: at(3), type: 'handoff.requested', data: { note: 'Angry' } },
        ...[control(4, 'operator'), control(5, 'flow'), finished(6, 'completed')],
      ]),
    );
    const told = await toldTo(endpoint);
    expect(told.map(({ type }) => type)).toEqual([
      ...['run.started', 'message.created', 'handoff.requested', 'handoff.accepted'],
      ...['handoff.ended', 'run.completed', 'conversation.finished'],
    ]);
    for (const { data } of told) {
      expect(data).toMatchObject({ conversationId: id, contactId, runId });
    }
    expect(told[1]?.data['message']).toEqual({
      ...{ id: publicMessageId(runId, 'ask:1'), role: 'flow', text: 'Hello' },
    });
    expect(told[2]?.data).toMatchObject({ note: 'Angry' });
    expect(told[3]?.data).toMatchObject({ userId: 'u', name: 'Grace' });
    // Told again, it has not ended again.
    await tellConversation(database.pool, id);
    expect(await toldTo(endpoint)).toHaveLength(told.length);
  });

  it('hears of the beginning, and of a contact only what changed', async () => {
    const other = await newConversation(database.pool);
    const { workspaceId, contactId } = other;
    const endpoint = await newEndpoint(database.pool, workspaceId);
    const { pool } = database;
    await pool.query(
      `INSERT INTO "Conversation" (id, "workspaceId", "deploymentId", "workflowId", "identityId",
                                   "requestId", "requestHash")
       SELECT $1, "workspaceId", "deploymentId", "workflowId", "identityId", 'r2', ''
         FROM "Conversation" WHERE id = $2`,
      [randomUUID(), other.id],
    );
    const made = randomUUID();
    await pool.query('INSERT INTO "Contact" (id, "workspaceId") VALUES ($1, $2)', [
      made,
      workspaceId,
    ]);
    await pool.query('UPDATE "Contact" SET "lastSeenAt" = now(), name = name WHERE id = $1', [
      contactId,
    ]);
    await pool.query(`UPDATE "Contact" SET tags = '{vip}' WHERE id = $1`, [contactId]);
    const told = await toldTo(endpoint);
    expect(told.map(({ type }) => type)).toEqual([
      ...['conversation.started', 'contact.created', 'contact.updated'],
    ]);
    expect(told[2]?.data).toMatchObject({ contact: { id: contactId, tags: ['vip'] } });
    // What is erased is told to nobody.
    await pool.query('DELETE FROM "Contact" WHERE id = $1', [made]);
    expect(await typesTo(endpoint)).toEqual(['conversation.started', 'contact.updated']);
  });
});

describe('an event', () => {
  it('is there exactly where its fact is', async () => {
    const runId = await publishedRun();
    const endpoint = await newEndpoint(database.pool, runId);
    const client = await database.pool.connect();
    await client.query('BEGIN');
    await client.query('INSERT INTO "Contact" (id, "workspaceId") VALUES ($1, $2)', [
      ...[randomUUID(), runId],
    ]);
    await client.query('ROLLBACK');
    client.release();
    expect(await typesTo(endpoint)).toEqual([]);
  });

  it('is undelivered from the start where too many wait', async () => {
    const runId = await publishedRun();
    const endpoint = await newEndpoint(database.pool, runId);
    const { pool } = database;
    await pool.query(
      `WITH events AS (
         INSERT INTO "OutboundEvent" (id, "workspaceId", type, at, data)
         SELECT $2 || n, $1, 'run.failed', now(), '{}' FROM generate_series(1, $3) n RETURNING id)
       INSERT INTO "EventDelivery" ("endpointId", "eventId") SELECT $2, id FROM events`,
      [runId, endpoint, limits.pendingEvents],
    );
    await pool.query('INSERT INTO "Contact" (id, "workspaceId") VALUES ($1, $2)', [
      ...[randomUUID(), runId],
    ]);
    const { rows } = await pool.query(
      'SELECT status, reason FROM "EventDelivery" WHERE "endpointId" = $1 ORDER BY id DESC LIMIT 2',
      [endpoint],
    );
    expect(rows).toEqual([
      { status: 'undelivered', reason: 'overflow' },
      { status: 'pending', reason: null },
    ]);
  });
});
