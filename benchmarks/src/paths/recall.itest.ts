import { createPool } from '@crmflow/db';
import { migratedDatabase } from '@crmflow/db/testing';
import { expect, it } from 'vitest';
import { evaluateRecall } from './recall.js';

it('finds nine of ten answers among five passages, by words alone', async () => {
  const database = await migratedDatabase();
  const pool = createPool(database.url);
  try {
    const { retrieval, naive, questions } = await evaluateRecall(pool);
    const missed = retrieval.missed.map(({ question }) => question).join('\n');
    expect(questions).toBeGreaterThanOrEqual(60);
    expect(retrieval.recall, missed).toBeGreaterThanOrEqual(0.9);
    expect(retrieval.reciprocal).toBeGreaterThan(naive.reciprocal);
  } finally {
    await pool.end();
    await database.drop();
  }
});
