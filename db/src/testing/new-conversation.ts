import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { newRun } from './new-run.js';

/** A conversation of a test's own. */
export type TestConversation = {
  id: string;
  workspaceId: string;
  identityId: string;
  contactId: string | null;
  /** Of its first run. */
  runId: string;
  /** Begins another run of it. @returns the id */
  next(): Promise<string>;
};

const startRun = `
  WITH run AS (
    INSERT INTO "Run" (id, "workflowId", "versionId", "workspaceId", "conversationId")
    SELECT $2, "workflowId", "workflowId", "workspaceId", id FROM "Conversation" WHERE id = $1
    RETURNING id
  )
  UPDATE "Conversation" c
     SET "currentRunId" = run.id, "toldSeq" = 0, "toldEpoch" = 0, status = 'open'
    FROM run WHERE c.id = $1`;

/**
 * A conversation of a new user's chat, with a run that has told nothing yet.
 * @param contact what is known of its contact; null: nobody spoke yet
 */
export async function newConversation(
  pool: pg.Pool,
  contact: { email?: string } | null = {},
): Promise<TestConversation> {
  const first = await newRun(pool);
  const id = randomUUID();
  const contactId = contact && randomUUID();
  await pool.query(
    `WITH d AS (
       INSERT INTO "Deployment" (id, "workspaceId", "workflowId", kind, name, settings, slug)
       VALUES ($1, $2, $2, 'chat', 'Chat', '{}', $1) RETURNING id
     ), contact AS (
       INSERT INTO "Contact" (id, "workspaceId", email)
       SELECT $3, $2, $4 WHERE $3::text IS NOT NULL RETURNING id
     ), i AS (
       INSERT INTO "ContactIdentity" (id, "workspaceId", kind, scope, value, "contactId")
       SELECT $1, $2, 'visitor', d.id, $1, $3 FROM d LEFT JOIN contact ON true RETURNING id
     )
     INSERT INTO "Conversation" (id, "workspaceId", "deploymentId", "workflowId", "identityId",
                                 "contactId", "requestId", "requestHash")
     SELECT $1, $2, d.id, $2, i.id, $3, 'r', '' FROM d, i`,
    [id, first, contactId, contact?.email ?? null],
  );
  const next = async () => {
    const runId = randomUUID();
    await pool.query(startRun, [id, runId]);
    return runId;
  };
  await pool.query('DELETE FROM "Run" WHERE id = $1', [first]);
  return { ...{ id, contactId, next }, workspaceId: first, identityId: id, runId: await next() };
}
