import { createDb, createPool, type Db } from '@crmflow/db';
import { migratedDatabase } from '@crmflow/db/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newRun } from '../../../../db/src/testing/new-run.js';
import { keepDraft } from '../../runs/draft-version.js';
import { pruneDrafts } from './prune-drafts.js';

let database: Awaited<ReturnType<typeof migratedDatabase>>;
let pool: ReturnType<typeof createPool>;
let db: Db;
beforeAll(async () => {
  database = await migratedDatabase();
  pool = createPool(database.url);
  db = createDb(database.url);
});
afterAll(async () => {
  await Promise.all([pool.end(), db.$disconnect()]);
  await database.drop();
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

it('lets a pruned draft be kept again', async () => {
  const workflowId = await newRun(pool);
  const first = await keepDraft(db, pool, workflowId);
  await pool.query('DELETE FROM "WorkflowVersion" WHERE id = $1', [first.id]);
  const second = await keepDraft(db, pool, workflowId);
  expect(second.id).not.toBe(first.id);
  expect(await keepDraft(db, pool, workflowId)).toEqual(second);
});
