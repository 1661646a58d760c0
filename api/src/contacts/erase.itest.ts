import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask } from '../testing/ask.js';
import { newChat, newConversation } from '../testing/conversations.js';
import { openRunHarness, type RunHarness } from '../testing/run-harness.js';
import { createTemporalClient } from '../temporal/create-client.js';
import { eraseContact, eraseIdentity } from './erase.js';

let harness: RunHarness;
let user: Awaited<ReturnType<RunHarness['newUser']>>;
let temporal: ReturnType<typeof createTemporalClient>;
let deploymentId: string;
beforeAll(async () => {
  harness = await openRunHarness();
  user = await harness.newUser();
  temporal = createTemporalClient(harness.config.temporal);
  deploymentId = await newChat(harness.pool, user.user.id);
});
afterAll(async () => {
  await temporal.connection.close();
  await harness.close();
});

const as = (what: string, json?: object) =>
  ask(harness.api, what, { token: user.token, ...(json && { json }) });
const newContact = async (name = 'Ada'): Promise<string> =>
  (await as('POST /api/contacts', { name, email: 'ada@example.com' })).body.id;
const converse = (contactId: string | null, identityId?: string) =>
  newConversation(harness.pool, {
    ...{ workspaceId: user.user.id, deploymentId, contactId, said: ['My secret', 'I keep it'] },
    ...(identityId !== undefined && { identityId }),
  });
const erase = (id: string) => as(`DELETE /api/contacts/${id}`);

/** A conversation whose run Temporal has. */
async function conversing(contactId: string) {
  const made = await converse(contactId);
  const started = await harness.startRun(user.token);
  await harness.pool.query('UPDATE "Run" SET "conversationId" = $2 WHERE id = $1', [
    started,
    made.id,
  ]);
  return { ...made, started };
}

/** How many rows are left of whom. */
async function left(contactId: string, conversationIds: string[], identityIds: string[]) {
  const { rows } = await harness.pool.query(
    `SELECT (SELECT count(*)::int FROM "Contact" WHERE id = $1) AS contacts,
            (SELECT count(*)::int FROM "Conversation" WHERE id = ANY ($2)) AS conversations,
            (SELECT count(*)::int FROM "ConversationEvent" WHERE "conversationId" = ANY ($2)) AS events,
            (SELECT count(*)::int FROM "Run" WHERE "conversationId" = ANY ($2)) AS runs,
            (SELECT count(*)::int FROM "ContactIdentity" WHERE id = ANY ($3)) AS identities,
            (SELECT count(*)::int FROM "VisitorToken" WHERE "identityId" = ANY ($3)) AS tokens`,
    [contactId, conversationIds, identityIds],
  );
  return Object.values(rows[0] as Record<string, number>);
}

const isKnown = async (runId: string) => {
  try {
    await temporal.workflow.getHandle(runId).describe();
    return true;
  } catch {
    return false;
  }
};

describe('DELETE /api/contacts/:id', () => {
  it('204: nothing that was said is left, not in Temporal either', async () => {
    const contactId = await newContact();
    const other = await newContact('Grace');
    const kept = await converse(other);
    const first = await conversing(contactId);
    // Begun by the same visitor, and nothing was said yet.
    const silent = await converse(null, first.identityId);
    await harness.pool.query(
      `INSERT INTO "VisitorToken" (id, "identityId", "deploymentId", "expiresAt")
       VALUES ($1, $1, $2, now() + interval '1 day')`,
      [first.identityId, deploymentId],
    );
    expect(await isKnown(first.started)).toBe(true);
    expect(await left(contactId, [first.id, silent.id], [first.identityId])).toEqual([
      ...[1, 2, 4, 3, 1, 1],
    ]);
    expect(await erase(contactId)).toMatchObject({ status: 204, text: '' });
    expect(await left(contactId, [first.id, silent.id], [first.identityId])).toEqual(
      Array<number>(6).fill(0),
    );
    await expect.poll(() => isKnown(first.started), { timeout: 15_000 }).toBe(false);
    expect(await left(other, [kept.id], [kept.identityId])).toEqual([1, 1, 2, 1, 1, 0]);
    expect((await erase(contactId)).status).toBe(404);
  });

  it('is in the audit log, by the id alone', async () => {
    const contactId = await newContact();
    await erase(contactId);
    const { body } = await as(`GET /api/workspaces/${user.user.id}/audit?action=contact.delete`);
    expect(body.items[0]).toMatchObject({
      resource: { kind: 'contact', id: contactId, name: contactId },
      changes: {},
    });
  });

  it('takes more conversations than are removed at once', async () => {
    const contactId = await newContact();
    const many = [];
    for (let index = 0; index < 45; index += 1) many.push(await converse(contactId));
    expect((await erase(contactId)).status).toBe(204);
    const ids = many.map(({ id }) => id);
    expect(await left(contactId, ids, [])).toEqual(Array<number>(6).fill(0));
  });

  it('503 without Temporal, and is done when it is asked again', async () => {
    const contactId = await newContact();
    const { id, identityId } = await conversing(contactId);
    harness.toTemporal.cut();
    expect(await erase(contactId)).toMatchObject({
      ...{ status: 503, body: { code: 'temporal_unavailable' } },
    });
    expect((await left(contactId, [id], [identityId])).slice(0, 2)).toEqual([1, 1]);
    harness.toTemporal.restore();
    await expect.poll(async () => (await erase(contactId)).status, { timeout: 20_000 }).toBe(204);
    expect(await left(contactId, [id], [identityId])).toEqual(Array<number>(6).fill(0));
  });
});

describe('eraseContact', () => {
  it('does more in its transaction once, of several at once', async () => {
    const contactId = await newContact();
    await converse(contactId);
    const deps = { pool: harness.pool, temporal };
    let times = 0;
    const once = () => eraseContact(deps, contactId, async () => void (times += 1));
    await Promise.all([once(), once(), once()]);
    expect(times).toBe(1);
  });
});

describe('eraseIdentity', () => {
  const forget = (identityId: string) =>
    eraseIdentity({ pool: harness.pool, temporal }, identityId);

  it('erases what one identity said, and the contact with the last of them', async () => {
    const contactId = await newContact();
    const one = await converse(contactId);
    const two = await converse(contactId);
    await forget(one.identityId);
    expect(await left(contactId, [one.id], [one.identityId])).toEqual([1, 0, 0, 0, 0, 0]);
    expect(await left(contactId, [two.id], [two.identityId])).toEqual([1, 1, 2, 1, 1, 0]);
    await forget(two.identityId);
    expect(await left(contactId, [two.id], [two.identityId])).toEqual(Array<number>(6).fill(0));
  });

  it('erases a visitor who is not a contact yet', async () => {
    const { id, identityId } = await converse(null);
    await forget(identityId);
    expect((await left('', [id], [identityId])).every((count) => count === 0)).toBe(true);
  });
});

describe('what undoing a merge takes', () => {
  const keptOf = async (id: string) => {
    const { rows } = await harness.pool.query<{ source: { id: string } }>(
      'SELECT source FROM "ContactMerge" WHERE "intoId" = $1 ORDER BY at, id',
      [id],
    );
    return rows.map(({ source }) => source.id);
  };
  const merge = (id: string, intoId: string) => as(`POST /api/contacts/${id}/merge`, { intoId });

  it('is erased with the contact, also that of earlier merges', async () => {
    const [a, b, c] = [await newContact(), await newContact(), await newContact()];
    await merge(a, b);
    await merge(b, c);
    expect((await keptOf(c)).length).toBe(2);
    await erase(c);
    const { rowCount } = await harness.pool.query(
      `SELECT FROM "ContactMerge" WHERE source->>'id' = ANY($1)`,
      [[a, b]],
    );
    expect(rowCount).toBe(0);
  });

  it('is erased with the identity that it is of, and no other', async () => {
    const [a, b, c] = [await newContact(), await newContact(), await newContact()];
    const { identityId } = await converse(a);
    await converse(c);
    await merge(a, c);
    await merge(b, c);
    await eraseIdentity({ pool: harness.pool, temporal }, identityId);
    expect(await keptOf(c)).toEqual([b]);
  });
});
