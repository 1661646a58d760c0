import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { newRun } from './testing/new-run.js';
import { useDatabase } from './testing/scratch-database.js';
import { removeOldTokenUse } from './maintenance.js';
import { reserveTokens, tokensToday } from './token-use.js';

const database = useDatabase();
let pool: pg.Pool;
beforeAll(() => ({ pool } = database));

const plenty = 1e9;
const budgets = { flow: plenty, user: plenty, installation: plenty };

const reserve = (user: { runId: string } | { userId: string }, tokens: number, more: object) =>
  reserveTokens(pool, user, tokens, { ...budgets, ...more });

describe('the tokens of a day', () => {
  it('are counted before they are used, so that many at once exceed no budget', async () => {
    const userId = randomUUID();
    const calls = Array.from({ length: 20 }, () => reserve({ userId }, 10, { user: 50 }));
    const admitted = (await Promise.all(calls)).filter((one) => 'settle' in one);
    expect(admitted.length).toBeGreaterThan(0);
    expect(admitted.length).toBeLessThanOrEqual(5);
    expect((await tokensToday(pool, userId)).user).toBe(10 * admitted.length);
  });

  it('are those that were used, once that is known', async () => {
    const userId = randomUUID();
    const reserved = await reserve({ userId }, 10, {});
    if ('settle' in reserved) await reserved.settle(3);
    expect((await tokensToday(pool, userId)).user).toBe(3);
    const more = await reserve({ userId }, 10, {});
    if ('settle' in more) await more.settle(30);
    expect((await tokensToday(pool, userId)).user).toBe(33);
  });

  it('of a run are those of its flow, its owner and the installation', async () => {
    const runId = await newRun(pool);
    const { installation } = await tokensToday(pool, runId);
    await reserve({ runId }, 7, {});
    expect(await tokensToday(pool, runId)).toEqual({
      ...{ flow: 7, user: 7, installation: installation + 7 },
    });
    expect(await reserve({ runId }, 1, { flow: 7 })).toEqual({ usedUp: 'flow' });
    expect(await reserve({ runId }, 1, { user: 7 })).toEqual({ usedUp: 'user' });
    expect(await reserve({ runId }, 1, { installation: 7 })).toEqual({ usedUp: 'installation' });
    expect((await tokensToday(pool, runId)).flow).toBe(7);
    expect(await reserve({ runId: await newRun(pool) }, 1, { flow: 7 })).toHaveProperty('settle');
  });

  it('are forgotten after a month', async () => {
    const userId = randomUUID();
    await pool.query(
      `INSERT INTO "TokenUse" (day, scope, id, tokens)
       SELECT current_date - days, 'user', $1, 1 FROM unnest(ARRAY[1, 40]) days`,
      [userId],
    );
    expect(await removeOldTokenUse(pool)).toBe(1);
  });
});
