import { randomUUID } from 'node:crypto';
import { type Json, unknownContact, type UpdateContactInput } from '@crmflow/contracts';
import { readContactOfConversation } from '@crmflow/db';
import { useDatabase } from '@crmflow/db/testing';
import { ApplicationFailure } from '@temporalio/common';
import { beforeAll, describe, expect, it } from 'vitest';
import { quietEnvironment, runIn } from '../test/quiet-environment.js';
import { createUpdateContact } from './update-contact.js';

const database = useDatabase();
const workspaceId = randomUUID();
const flowId = randomUUID();

beforeAll(async () => {
  await database.pool.query(
    `WITH o AS (INSERT INTO "Workspace" (id, name) VALUES ($1, 'Team') RETURNING id),
          w AS (INSERT INTO "Workflow" (id, "workspaceId", name, "updatedAt")
                SELECT $2, id, 'Flow', now() FROM o RETURNING id),
          v AS (INSERT INTO "WorkflowVersion" (id, "workflowId", number, "contentHash", graph)
                SELECT id, id, 1, 'hash', '{}' FROM w)
     INSERT INTO "Deployment" (id, "workspaceId", "workflowId", kind, name, settings, slug)
     SELECT id, $1, id, 'chat', 'Chat', '{}', id FROM w`,
    [workspaceId, flowId],
  );
});

/** A run in a conversation, of somebody with or without a contact; or in none. */
async function newRun({ claims = {}, contact }: { claims?: object; contact?: object } = {}) {
  const { pool } = database;
  const [runId, conversationId, identityId] = [randomUUID(), randomUUID(), randomUUID()];
  const contactId = contact ? randomUUID() : null;
  if (contact) {
    const row = { email: null, tags: [], attributes: {}, ...contact };
    await pool.query(
      `INSERT INTO "Contact" (id, "workspaceId", name, email, attributes, tags)
       SELECT $1, $2, r->>'name', r->>'email', r->'attributes',
              ARRAY(SELECT jsonb_array_elements_text(r->'tags')) FROM (SELECT $3::jsonb AS r) one`,
      [contactId, workspaceId, JSON.stringify(row)],
    );
  }
  await pool.query(
    `INSERT INTO "ContactIdentity" (id, "workspaceId", kind, scope, value, claims, "contactId")
     VALUES ($1, $2, 'visitor', $3, $1, $4, $5)`,
    [identityId, workspaceId, flowId, JSON.stringify(claims), contactId],
  );
  // The conversation is one in which nothing was said yet, whoever it is with.
  await pool.query(
    `INSERT INTO "Conversation" (id, "workspaceId", "deploymentId", "workflowId", "identityId",
                                 "requestId", "requestHash")
     VALUES ($1, $2, $3, $3, $4, $1, '')`,
    [conversationId, workspaceId, flowId, identityId],
  );
  await pool.query(
    `INSERT INTO "Run" (id, "workflowId", "versionId", "workspaceId", "conversationId")
     VALUES ($1, $2, $2, $3, $4)`,
    [runId, flowId, workspaceId, conversationId],
  );
  return { runId, conversationId, identityId, contactId };
}

async function update(
  runId: string,
  set: { [name: string]: Json },
  known: UpdateContactInput['known'] = unknownContact,
) {
  const { pool } = database;
  const live = () => Promise.resolve();
  const activity = createUpdateContact({ pool, live, now: () => 7, random: () => 0 });
  const fields = Object.entries(set).map(([name, value]) => ({ name, value }));
  const call = { runId, nodeId: 'it', visit: 1, label: 'It', set: fields, known };
  return runIn(quietEnvironment(), activity, call);
}

const one = async (table: 'Contact' | 'ContactIdentity', id: string | null) =>
  (await database.pool.query(`SELECT * FROM "${table}" WHERE id = $1`, [id])).rows[0] as {
    [column: string]: unknown;
  };

describe('updateContact', () => {
  it('writes the contact of the conversation, and tells what it is then', async () => {
    const before = { name: 'Ada', attributes: { plan: 'free', seats: 3 }, tags: ['new'] };
    const { runId, conversationId, contactId } = await newRun({ contact: before });
    const set = { email: 'Ada@Example.com', tags: 'vip', plan: 'pro', seats: null };
    const contact = {
      ...{ id: contactId, name: 'Ada', email: 'ada@example.com', phone: '', locale: '' },
      ...{ timezone: '', attributes: { plan: 'pro' }, tags: ['new', 'vip'] },
    };
    expect(await update(runId, set)).toEqual({ contact, at: 7 });
    expect(await update(runId, set)).toEqual({ contact, at: 7 });
    expect(await one('Contact', contactId)).toMatchObject({
      ...{ name: 'Ada', email: 'ada@example.com', phone: null, locale: null, timezone: null },
      ...{ attributes: { plan: 'pro' }, tags: ['new', 'vip'] },
    });
    expect(await readContactOfConversation(database.pool, conversationId)).toEqual(contact);
    await update(runId, { email: '' });
    expect(await one('Contact', contactId)).toMatchObject({ email: null });
  });

  it('loses nothing where several write at once', async () => {
    for (const contact of [{ name: '' }, undefined]) {
      const { runId, conversationId } = await newRun(contact && { contact });
      const names = Array.from({ length: 8 }, (_, index) => `tag${index}`);
      await Promise.all(names.map((name) => update(runId, { tags: name, [name]: true })));
      const known = await readContactOfConversation(database.pool, conversationId);
      expect([...(known?.tags ?? [])].sort()).toEqual(names);
      expect(Object.keys(known?.attributes ?? {}).sort()).toEqual(names);
    }
  });

  it('keeps it with the identity before there is a contact, apart from what the site signed', async () => {
    const claims = { name: 'Ada', attributes: { plan: 'pro' }, consent: [{ version: '1' }] };
    const { runId, conversationId, identityId } = await newRun({ claims });
    const { contact } = await update(runId, { name: 'Eve', phone: '+49 1' });
    expect(contact).toEqual({
      ...{ ...unknownContact, name: 'Eve', phone: '+49 1', attributes: { plan: 'pro' } },
    });
    expect(await readContactOfConversation(database.pool, conversationId)).toEqual(contact);
    expect(await one('ContactIdentity', identityId)).toMatchObject({ claims, contactId: null });
  });

  it('changes nothing where a value cannot be saved', async () => {
    const { runId, contactId } = await newRun({ contact: { name: 'Ada' } });
    const thrown: unknown = await update(runId, { name: 'Eve', email: 'nobody' }).catch(
      (error: unknown) => error,
    );
    expect(thrown).toBeInstanceOf(ApplicationFailure);
    expect(thrown).toMatchObject({ type: 'contact_invalid', nonRetryable: true });
    expect(await one('Contact', contactId)).toMatchObject({ name: 'Ada', email: null });
  });

  it('writes nothing in a run without a conversation, and continues as if it had', async () => {
    const known = { ...unknownContact, name: 'Ada' };
    const { contact } = await update('run-of-nobody', { tags: 'vip' }, known);
    expect(contact).toEqual({ ...known, tags: ['vip'] });
    const { rows } = await database.pool.query(`SELECT FROM "Contact" WHERE 'vip' = ANY (tags)`);
    expect(rows).toHaveLength(1);
    await expect(update('run-of-nobody', { email: 'nobody' })).rejects.toMatchObject({
      type: 'contact_invalid',
    });
  });
});
