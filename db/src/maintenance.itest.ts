import type pg from 'pg';
import { beforeAll, expect, it } from 'vitest';
import {
  deletedWorkspaces,
  pruneDrafts,
  removeExpiredAccess,
  removeOldDeliveries,
  removeWorkspace,
  removeExpiredSessions,
} from './maintenance.js';
import { newConversation } from './testing/new-conversation.js';
import { newRun } from './testing/new-run.js';
import { useDatabase } from './testing/scratch-database.js';

const database = useDatabase();
let pool: pg.Pool;
beforeAll(() => {
  ({ pool } = database);
});

it('removes old drafts that no run needs, and nothing else', async () => {
  // A run's id is its flow's and its version's too.
  const workflowId = await newRun(pool);
  const keep = (id: string, number: number | null, age: string) =>
    pool.query(
      `INSERT INTO "WorkflowVersion" (id, "workflowId", number, "contentHash", graph, "createdAt")
       VALUES ($1, $2, $3, $1, '{}', now() - $4::interval)`,
      [id, workflowId, number, age],
    );
  await keep('unused', null, '25 hours');
  await keep('fresh', null, '23 hours');
  await keep('published', 1, '25 hours');
  await keep('used', null, '25 hours');
  await pool.query(`UPDATE "Run" SET "versionId" = 'used' WHERE id = $1`, [workflowId]);
  expect(await pruneDrafts(pool)).toBe(1);
  const { rows } = await pool.query<{ id: string }>('SELECT id FROM "WorkflowVersion" ORDER BY id');
  const kept = rows.map(({ id }) => id).filter((id) => id !== workflowId);
  expect(kept).toEqual(['fresh', 'published', 'used']);
});

it('removes the sessions that have expired', async () => {
  const userId = await newRun(pool);
  const open = (id: string, expires: string) =>
    pool.query(
      'INSERT INTO "Session" (id, "userId", "expiresAt") VALUES ($1, $2, now() + $3::interval)',
      [id, userId, expires],
    );
  await open('over', '-1 second');
  await open('open', '1 hour');
  expect(await removeExpiredSessions(pool)).toBe(1);
  const { rows } = await pool.query('SELECT id FROM "Session"');
  expect(rows).toEqual([{ id: 'open' }]);
});

it('removes deliveries that are older than runs are kept, and expired answers', async () => {
  const deploy = async (settings: object) => {
    const id = await newRun(pool);
    await pool.query('UPDATE "Workspace" SET settings = $2 WHERE id = $1', [id, settings]);
    await pool.query(
      `INSERT INTO "Deployment" (id, "workspaceId", "workflowId", kind, name, settings, slug)
       VALUES ($1, $1, $1, 'webhook', '', '{}', $1)`,
      [id],
    );
    for (const age of ['8 days', '6 days']) {
      await pool.query(
        `INSERT INTO "HookDelivery" ("deploymentId", at, method, query, headers, bytes, "isVerified", key)
         VALUES ($1, now() - $2::interval, 'POST', '{}', '{}', 0, true, $2)`,
        [id, age],
      );
    }
    for (const expires of ['-1 second', '1 hour']) {
      await pool.query(
        `INSERT INTO "HookResult" ("tokenHash", "deploymentId", "runId", "expiresAt")
         VALUES ($1 || $2, $1, $1, now() + $2::interval)`,
        [id, expires],
      );
    }
    return id;
  };
  const [week, forever] = [await deploy({ runDays: 7 }), await deploy({})];
  expect(await removeOldDeliveries(pool)).toBe(3);
  const { rows } = await pool.query<{ deploymentId: string; key: string }>(
    'SELECT "deploymentId", key FROM "HookDelivery" ORDER BY id',
  );
  expect(rows.map(({ deploymentId, key }) => [deploymentId, key])).toEqual([
    [week, '6 days'],
    [forever, '8 days'],
    [forever, '6 days'],
  ]);
});

it('removes a workspace that was deleted, once Temporal has forgotten its runs', async () => {
  const id = await newRun(pool);
  const away = new Error('Temporal is away');
  await expect(removeWorkspace(pool, id, () => Promise.reject(away))).rejects.toBe(away);
  expect(await deletedWorkspaces(pool)).toEqual([]);
  await pool.query('UPDATE "Workspace" SET "deletingSince" = now() WHERE id = $1', [id]);
  expect(await deletedWorkspaces(pool)).toEqual([id]);
  // More of everything that contacts have than is deleted at once.
  await pool.query(
    `WITH d AS (INSERT INTO "Deployment" (id, "workspaceId", "workflowId", kind, name, settings, slug)
                VALUES ($1, $1, $1, 'chat', '', '{}', $1) RETURNING id),
          i AS (INSERT INTO "ContactIdentity" (id, "workspaceId", kind, scope, value)
                SELECT n, $1, 'visitor', d.id, n FROM d, generate_series(1, 5001) n RETURNING id),
          t AS (INSERT INTO "VisitorToken" (id, "identityId", "deploymentId", "expiresAt")
                SELECT i.id, i.id, d.id, now() FROM i, d)
     INSERT INTO "Conversation" (id, "workspaceId", "deploymentId", "workflowId", "identityId",
                                 "requestId", "requestHash")
     SELECT i.id, $1, d.id, $1, i.id, '', '' FROM i, d WHERE i.id::int <= 201`,
    [id],
  );
  const forgotten: string[] = [];
  let batches = 0;
  const forget = async (runIds: readonly string[]) => void forgotten.push(...runIds);
  await removeWorkspace(pool, id, forget, () => (batches += 1));
  expect(forgotten).toEqual([id]);
  // Log and messages of the run 2, conversations 3, tokens 2, identities 2.
  expect(batches).toBe(9);
  expect(await deletedWorkspaces(pool)).toEqual([]);
  const { rows } = await pool.query('SELECT id FROM "Run" WHERE "workspaceId" = $1', [id]);
  expect(rows).toEqual([]);
});

it('removes what undoing a merge of contacts takes after 30 days', async () => {
  const { contactId } = await newConversation(pool);
  const keep = (id: string, age: string) =>
    pool.query(
      `INSERT INTO "ContactMerge" (id, "intoId", source, before, after, at)
       VALUES ($1, $2, '{}', '{}', '{}', now() - $3::interval)`,
      [id, contactId, age],
    );
  await keep('old', '30 days');
  await keep('recent', '29 days');
  expect(await removeExpiredAccess(pool)).toBe(1);
  const { rows } = await pool.query('SELECT id FROM "ContactMerge"');
  expect(rows).toEqual([{ id: 'recent' }]);
});
