import { createPool } from '@crmflow/db';
import { migratedDatabase } from '@crmflow/db/testing';
import { expect, it } from 'vitest';
import { evaluateRecall } from './recall.js';

it('finds nine of ten answers among five passages, by words alone', async () => {
  const database = await migratedDatabase();
  const pool = createPool(database.url);
  try {
    const { ours, naive, questions } = await evaluateRecall(pool);
    const missed = ours.missed.map(({ question }) => question).join('\n');
    expect(questions).toBeGreaterThanOrEqual(60);
    expect(ours.recall, missed).toBeGreaterThanOrEqual(0.9);
    expect(ours.reciprocal).toBeGreaterThan(naive.reciprocal);
  } finally {
    await pool.end();
    await database.drop();
  }
});
