import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { newConversation } from './testing/new-conversation.js';
import { newRun } from './testing/new-run.js';
import { useDatabase } from './testing/scratch-database.js';
import { removeOldTokenUse } from './maintenance.js';
import { reserveDeploymentTokens, reserveTokens, tokensToday } from './token-use.js';

const database = useDatabase();
let pool: pg.Pool;
beforeAll(() => ({ pool } = database));

const plenty = 1e9;
const budgets = { flow: plenty, workspace: plenty, installation: plenty };

const reserve = (
  workspace: { runId: string } | { workspaceId: string },
  tokens: number,
  more: object,
) => reserveTokens(pool, workspace, tokens, { ...budgets, ...more });

describe('the tokens of a day', () => {
  it('are counted before they are used, so that many at once exceed no budget', async () => {
    const workspaceId = randomUUID();
    const calls = Array.from({ length: 20 }, () => reserve({ workspaceId }, 10, { workspace: 50 }));
    const admitted = (await Promise.all(calls)).filter((one) => 'settle' in one);
    expect(admitted.length).toBeGreaterThan(0);
    expect(admitted.length).toBeLessThanOrEqual(5);
    expect((await tokensToday(pool, workspaceId)).workspace).toBe(10 * admitted.length);
  });

  it('are those that were used, once that is known', async () => {
    const workspaceId = randomUUID();
    const reserved = await reserve({ workspaceId }, 10, {});
    if ('settle' in reserved) await reserved.settle(3);
    expect((await tokensToday(pool, workspaceId)).workspace).toBe(3);
    const more = await reserve({ workspaceId }, 10, {});
    if ('settle' in more) await more.settle(30);
    expect((await tokensToday(pool, workspaceId)).workspace).toBe(33);
  });

  it('of a run are those of its flow, its workspace and the installation', async () => {
    const runId = await newRun(pool);
    const { installation } = await tokensToday(pool, runId);
    await reserve({ runId }, 7, {});
    expect(await tokensToday(pool, runId)).toEqual({
      ...{ flow: 7, workspace: 7, installation: installation + 7 },
    });
    expect(await reserve({ runId }, 1, { flow: 7 })).toEqual({ usedUp: 'flow' });
    expect(await reserve({ runId }, 1, { workspace: 7 })).toEqual({ usedUp: 'workspace' });
    expect(await reserve({ runId }, 1, { installation: 7 })).toEqual({ usedUp: 'installation' });
    expect((await tokensToday(pool, runId)).flow).toBe(7);
    expect(await reserve({ runId: await newRun(pool) }, 1, { flow: 7 })).toHaveProperty('settle');
  });

  it('are forgotten after a month', async () => {
    const workspaceId = randomUUID();
    await pool.query(
      `INSERT INTO "TokenUse" (day, scope, id, tokens)
       SELECT current_date - days, 'workspace', $1, 1 FROM unnest(ARRAY[1, 40]) days`,
      [workspaceId],
    );
    expect(await removeOldTokenUse(pool)).toBe(1);
  });
});

describe('the tokens of a deployment', () => {
  const counted = async (id: string) => {
    const { rows } = await pool.query<{ tokens: string }>(
      `SELECT tokens FROM "TokenUse" WHERE scope = 'deployment' AND id = $1`,
      [id],
    );
    return Number(rows[0]?.tokens);
  };
  const withBudget = async (settings: object) => {
    const { id, runId } = await newConversation(pool);
    await pool.query('UPDATE "Deployment" SET settings = $2 WHERE id = $1', [id, settings]);
    return { id, runId };
  };

  it('are refused once the budget is used up, even for many at once', async () => {
    const { id, runId } = await withBudget({
      ...{ limits: { modelTokensPerDay: 5_000 }, fallbackText: 'Back tomorrow.' },
    });
    const calls = Array.from({ length: 20 }, () => reserveDeploymentTokens(pool, runId, 1_000));
    const answers = await Promise.all(calls);
    const refused = answers.filter((one) => one && 'usedUp' in one);
    expect(refused.length).toBe(15);
    expect(refused[0]).toEqual({ usedUp: { tokensPerDay: 5_000, fallbackText: 'Back tomorrow.' } });
    expect(await counted(id)).toBe(5_000);
    const admitted = answers.find((one) => one && 'settle' in one);
    if (admitted && 'settle' in admitted) await admitted.settle(10);
    expect(await counted(id)).toBe(4_010);
    expect(await reserveDeploymentTokens(pool, runId, 1_000)).toHaveProperty('settle');
  });

  it('are counted without a budget too, but not for runs outside a conversation', async () => {
    const { id, runId } = await withBudget({});
    const reserved = await reserveDeploymentTokens(pool, runId, 1_000);
    if (reserved && 'settle' in reserved) await reserved.settle(1_500);
    expect(await counted(id)).toBe(1_500);
    expect(await reserveDeploymentTokens(pool, await newRun(pool), 1_000)).toBeNull();
  });
});
