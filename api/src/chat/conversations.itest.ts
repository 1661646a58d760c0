import { randomUUID } from 'node:crypto';
import { transaction } from '@crmflow/db';
import { SignJWT } from 'jose';
import type { PoolClient } from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { canonicalHash } from '../canonical-hash.js';
import { ask } from '../testing/ask.js';
import { openRunHarness, type RunHarness } from '../testing/run-harness.js';

let harness: RunHarness;
let token: string;
beforeAll(async () => {
  harness = await openRunHarness();
  ({ token } = await harness.newUser());
});
afterAll(() => harness.close());

const secret = 'a-secret-of-the-site-that-is-long-enough';
const sign = (claims: object) =>
  new SignJWT({ ...claims })
    .setProtectedHeader({ alg: 'HS256' })
    .setExpirationTime('10m')
    .sign(new TextEncoder().encode(secret));

/** A chat of a new flow. @returns its id and the address of its API */
async function deploy(settings: object = {}) {
  const flowId = await harness.saveFlow(token);
  await ask(harness.api, `POST /api/workflows/${flowId}/publish`, { token });
  const json = { kind: 'chat', settings: { secrets: [secret], ...settings } };
  const { body } = await ask(harness.api, `POST /api/workflows/${flowId}/deployments`, {
    ...{ token, json },
  });
  return { id: body.id as string, flowId, base: `/api/public/chat/${body.slug}` };
}

type Guest = { visitorId: string; as: (what: string, json?: object) => ReturnType<typeof ask> };

async function visit(
  base: string,
  { identity, before }: { identity?: string; before?: Guest } = {},
) {
  const json = identity === undefined ? {} : { identity };
  const { status, body } = before
    ? await before.as('POST /visitors', json)
    : await ask(harness.api, `POST ${base}/visitors`, { json });
  expect(status).toBe(201);
  const as: Guest['as'] = (what, sent) => {
    const [method, path] = what.split(' ');
    const carried = { token: body.token as string, ...(sent && { json: sent }) };
    return ask(harness.api, `${method} ${base}${path}`, carried);
  };
  return { visitorId: body.visitorId as string, as };
}

const begin = (guest: Guest, requestId: string = randomUUID(), more: object = {}) =>
  guest.as('POST /conversations', { requestId, ...more });
const begun = async (guest: Guest) => (await begin(guest)).body.conversationId as string;
const say = (guest: Guest, id: string, messageId: string = randomUUID()) =>
  guest.as(`POST /conversations/${id}/messages`, { messageId, text: 'Hello' });

type Row = { identityId: string; contactId: string | null; currentRunId: string | null };

async function stored(id: string): Promise<Row> {
  const { rows } = await harness.pool.query<Row>('SELECT * FROM "Conversation" WHERE id = $1', [
    id,
  ]);
  return rows[0]!;
}

/** Keeps a transaction open while something else is going on, which waits for it. */
async function during<T>(
  work: (client: PoolClient) => Promise<unknown>,
  meanwhile: () => Promise<T>,
  then: (client: PoolClient) => Promise<unknown> = async () => {},
): Promise<T> {
  let waiting: Promise<T> | undefined;
  await transaction(harness.pool, async (client) => {
    await work(client);
    waiting = meanwhile();
    // Until it waits for our locks.
    await vi.waitFor(async () => {
      const { rows } = await harness.pool.query(
        `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      expect(rows.length).toBeGreaterThan(0);
    });
    await then(client);
  });
  return waiting as Promise<T>;
}

/** Makes a conversation that has no run, as a process leaves it that died in between. */
async function withoutRun(chat: Awaited<ReturnType<typeof deploy>>, guest: Guest) {
  const [id, requestId, input] = [randomUUID(), randomUUID(), { campaign: 'autumn' }];
  await harness.pool.query(
    `INSERT INTO "Conversation" (id, "workspaceId", "deploymentId", "workflowId", "identityId",
                                 "requestId", "requestHash")
     SELECT $1, "workspaceId", id, "workflowId", $3, $4, $5 FROM "Deployment" WHERE id = $2`,
    [id, chat.id, guest.visitorId, requestId, canonicalHash([input, null, null])],
  );
  return { id, requestId, input };
}

/** Ends the current run of a conversation. @returns its id */
async function end(id: string): Promise<string> {
  const runId = (await stored(id)).currentRunId!;
  const events = [{ type: 'run.finished' as const, data: { status: 'completed' } }];
  await harness.record(runId, 1, events, { status: 'completed' });
  return runId;
}

describe('a conversation', () => {
  it('begins no more often than allowed, however many requests come at once', async () => {
    const { base } = await deploy({ limits: { openConversations: 3 } });
    const guest = await visit(base);
    const answers = await Promise.all(Array.from({ length: 12 }, () => begin(guest)));
    const refused = answers.filter(({ status }) => status === 429);
    expect(answers.filter(({ status }) => status === 201).length).toBe(3);
    expect(refused.length).toBe(9);
    expect(refused[0]?.headers.get('retry-after')).toBe('60');
  });

  it('is the one that the same request began, whatever changed since', async () => {
    const chat = await deploy();
    const guest = await visit(chat.base, { identity: await sign({ sub: 'u1', name: 'Ada' }) });
    const first = await begin(guest, 'r-1');
    await ask(harness.api, `POST /api/workflows/${chat.flowId}/publish`, { token });
    await ask(harness.api, `PATCH /api/deployments/${chat.id}`, { token, json: { version: 1 } });
    await visit(chat.base, { identity: await sign({ sub: 'u1', name: 'Grace' }) });
    const again = await begin(guest, 'r-1');
    expect([again.status, again.body]).toEqual([200, first.body]);
    const other = await begin(guest, 'r-1', { input: { a: 1 } });
    expect([other.status, other.body.code]).toEqual([409, 'request_id_reused']);
  });

  it('takes a message before its first run was started, and the request that began it', async () => {
    const chat = await deploy();
    const guest = await visit(chat.base);
    const { id, requestId, input } = await withoutRun(chat, guest);
    const [said, repeated] = await Promise.all([
      say(guest, id),
      begin(guest, requestId, { input }),
    ]);
    expect([said.status, repeated.status]).toEqual([202, 200]);
    expect((await begin(guest, requestId, { input })).status).toBe(200);
    const { rows } = await harness.pool.query('SELECT FROM "Run" WHERE "conversationId" = $1', [
      id,
    ]);
    expect(rows.length).toBe(1);
  });

  it('is not found where it is deleted while a message comes', { timeout: 20_000 }, async () => {
    const chat = await deploy();
    const guest = await visit(chat.base);
    await say(guest, await begun(guest));
    const { id } = await withoutRun(chat, guest);
    await harness.pool.query(
      `UPDATE "Conversation" SET "contactId" = (SELECT "contactId" FROM "ContactIdentity"
        WHERE id = "identityId") WHERE id = $1`,
      [id],
    );
    const { status, body } = await during(
      (client) => client.query('DELETE FROM "Conversation" WHERE id = $1', [id]),
      () => say(guest, id),
    );
    expect([status, body.code]).toEqual([404, 'not_found']);
  });

  it('is not found where its visitor is deleted while it begins', async () => {
    const { base } = await deploy();
    const guest = await visit(base);
    const { status, body } = await during(
      (client) => client.query('DELETE FROM "ContactIdentity" WHERE id = $1', [guest.visitorId]),
      () => begin(guest),
    );
    expect([status, body.code]).toEqual([404, 'not_found']);
  });

  it('continues after its run was removed', async () => {
    const { base } = await deploy();
    const guest = await visit(base);
    const id = await begun(guest);
    const { currentRunId } = await stored(id);
    await harness.pool.query('DELETE FROM "Run" WHERE id = $1', [currentRunId]);
    expect((await say(guest, id)).status).toBe(202);
    expect((await stored(id)).currentRunId).not.toBe(currentRunId);
  });

  it('continues after further runs have started and ended', async () => {
    const { base } = await deploy();
    const guest = await visit(base);
    const id = await begun(guest);
    const first = await end(id);
    expect((await say(guest, id)).status).toBe(202);
    await end(id);
    // As a message sees it that was read when the first run was the newest.
    await harness.pool.query('UPDATE "Conversation" SET "currentRunId" = $2 WHERE id = $1', [
      ...[id, first],
    ]);
    expect((await say(guest, id)).status).toBe(202);
    const { rows } = await harness.pool.query('SELECT FROM "Run" WHERE "conversationId" = $1', [
      id,
    ]);
    expect(rows.length).toBe(3);
  });

  it('starts once after its end, however many messages come at once', async () => {
    const { base } = await deploy();
    const guest = await visit(base);
    const id = await begun(guest);
    await end(id);
    const answers = await Promise.all(Array.from({ length: 6 }, () => say(guest, id)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
    const { rows } = await harness.pool.query('SELECT FROM "Run" WHERE "conversationId" = $1', [
      id,
    ]);
    expect(rows.length).toBe(2);
  });

  it('makes one contact of one visitor who speaks first in two at once', async () => {
    const { base } = await deploy();
    const guest = await visit(base);
    const ids = [await begun(guest), await begun(guest)];
    await Promise.all(ids.map((id) => say(guest, id)));
    const [one, two] = await Promise.all(ids.map(stored));
    expect(one?.contactId).not.toBeNull();
    expect(one?.contactId).toBe(two?.contactId);
  });
});

describe('a browser that its site signs in', () => {
  it('keeps the contact that it becomes at this moment', async () => {
    const { base } = await deploy();
    const guest = await visit(base);
    const id = await begun(guest);
    const contactId = randomUUID();
    const identity = await sign({ sub: 'u1', name: 'Ada' });
    const known = await during(
      (client) =>
        client.query('SELECT FROM "ContactIdentity" WHERE id = $1 FOR UPDATE', [guest.visitorId]),
      () => visit(base, { identity, before: guest }),
      async (client) => {
        await client.query(
          `INSERT INTO "Contact" (id, "workspaceId")
           SELECT $1, "workspaceId" FROM "ContactIdentity" WHERE id = $2`,
          [contactId, guest.visitorId],
        );
        for (const [table, key] of [
          ['ContactIdentity', guest.visitorId],
          ['Conversation', id],
        ]) {
          await client.query(`UPDATE "${table}" SET "contactId" = $2 WHERE id = $1`, [
            ...[key, contactId],
          ]);
        }
      },
    );
    expect(await stored(id)).toMatchObject({ identityId: known.visitorId, contactId });
  });

  it('is the same one on all of its pages, whichever is first', async () => {
    const { base } = await deploy();
    const guest = await visit(base);
    const id = await begun(guest);
    await say(guest, id);
    const identity = await sign({ sub: 'u1' });
    const sign2 = () => guest.as('POST /visitors', { identity });
    const answers = await Promise.all([sign2(), sign2(), sign2(), say(guest, id), say(guest, id)]);
    for (const { status } of answers) expect([201, 202, 401, 404]).toContain(status);
    const known = await visit(base, { identity });
    const list = await known.as('GET /conversations');
    expect(list.body.items).toMatchObject([{ id }]);
    expect((await stored(id)).contactId).not.toBeNull();
  });

  it('keeps what it agreed to, and conversations of the same request', async () => {
    const consent = { text: 'May we?', version: '1' };
    const chat = await deploy({ consent });
    const identity = await sign({ sub: 'u1' });
    const before = await visit(chat.base, { identity });
    const phone = await begin(before, 'r-1', { consent: '1' });
    const guest = await visit(chat.base);
    const laptop = await begin(guest, 'r-1', { consent: '1' });
    const known = await visit(chat.base, { identity, before: guest });
    const list = await known.as('GET /conversations');
    expect(list.body.items.map(({ id }: { id: string }) => id).sort()).toEqual(
      [phone.body.conversationId, laptop.body.conversationId].sort(),
    );
    await say(known, laptop.body.conversationId as string);
    const { body } = await known.as('GET /me');
    expect(body.contact.consent).toMatchObject([consent, consent]);
  });

  it('is refused claims that cannot be stored', async () => {
    const { base } = await deploy();
    for (const claims of [
      { sub: 'a\0b' },
      { sub: 'u', name: '\ud800' },
      { sub: 'u', attributes: { 'a\0b': 1 } },
      { sub: 'u', attributes: JSON.parse('{"__proto__":"x"}') as object },
    ]) {
      const json = { identity: await sign(claims) };
      const { status, body } = await ask(harness.api, `POST ${base}/visitors`, { json });
      expect([status, body.code]).toEqual([403, 'identity_invalid']);
    }
  });
});
