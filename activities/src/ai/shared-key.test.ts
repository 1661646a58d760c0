import type { Pool } from 'pg';
import { describe, expect, it } from 'vitest';
import { createSharedKey } from './shared-key.js';

const tokens = { flow: 100, workspace: 1_000, installation: 10_000 };
const keyFor = (models: string[], model = 'gemini-flash-latest', pool = {} as Pool) =>
  createSharedKey({ models, tokens }, { pool, model });

describe('the models of the installation’s key', () => {
  it.each([
    ['gemini-flash-latest', true],
    ['gemini-2.5-flash', true],
    ['gemini-2.5-flash-001', true],
    ['models/gemini-3.5-flash-lite', true],
    ['gemini-2.5-pro', false],
    ['gemini-2.5-flash-image', false],
    ['gemini-special', false],
    ['tunedModels/x', false],
  ])('without a list are those that cost no more than the default: %s', (model, allowed) => {
    expect(keyFor([]).mayUse(model)).toBe(allowed);
  });

  it('are those of the list', () => {
    const key = keyFor(['gemini-2.5-*', 'gemini-special']);
    const models = ['gemini-2.5-pro', 'gemini-special', 'gemini-flash-latest'];
    expect(models.map(key.mayUse)).toEqual([true, true, false]);
    expect(keyFor(['*']).mayUse('gemini-ultra')).toBe(true);
    const refused = { code: 'ai_model_not_allowed', retryable: false };
    expect(() => key.requireModel('gemini-flash-latest')).toThrow(expect.objectContaining(refused));
  });
});

describe('the budget of the installation’s key', () => {
  const poolThat = (query: () => Promise<unknown>) => ({ query }) as unknown as Pool;

  it('says whose it is, and when it continues', async () => {
    const pool = poolThat(async () => ({ rows: [{ scope: 'flow', tokens: 150, day: 'x' }] }));
    const reserved = keyFor([], undefined, pool).reserve({ runId: 'r' }, 10);
    await expect(reserved).rejects.toMatchObject({
      code: 'ai_budget_exceeded',
      retryable: false,
      message: expect.stringMatching(/^This flow has used .* \(100 tokens\)\. .* 00:00 UTC/),
      retryAfterMs: expect.any(Number),
    });
  });

  it('lets nothing through that it cannot count', async () => {
    const pool = poolThat(() => Promise.reject(new Error('away')));
    const reserved = keyFor([], undefined, pool).reserve({ runId: 'r' }, 10);
    await expect(reserved).rejects.toMatchObject({ code: 'database_unavailable', retryable: true });
  });
});
