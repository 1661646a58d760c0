import { createDb, createPool } from '@crmflow/db';
import { migratedDatabase } from '@crmflow/db/testing';
import { expect, it } from 'vitest';
import { newRun } from '../../../../db/src/testing/new-run.js';
import { keepDraft } from './find-version.js';

it('stores a pruned draft again', async () => {
  const database = await migratedDatabase();
  const pool = createPool(database.url);
  const db = createDb(database.url);
  try {
    const workflowId = await newRun(pool);
    const first = await keepDraft(db, pool, workflowId);
    await pool.query('DELETE FROM "WorkflowVersion" WHERE id = $1', [first.id]);
    const second = await keepDraft(db, pool, workflowId);
    expect(second.id).not.toBe(first.id);
    expect(await keepDraft(db, pool, workflowId)).toEqual(second);
  } finally {
    await Promise.all([pool.end(), db.$disconnect()]);
    await database.drop();
  }
});
