import { describe, expect, it } from 'vitest';
import { priceOf, withCost } from './prices.js';

const usage = (inputTokens: number, outputTokens: number) => ({ inputTokens, outputTokens });

describe('withCost', () => {
  it.each([
    ['gemini-2.5-flash', usage(1_000_000, 0), 0.3],
    ['gemini-2.5-flash', usage(0, 1_000_000), 2.5],
    ['models/gemini-2.0-flash-001', usage(1_000, 100), 0.00014],
    ['gemini-2.5-pro', usage(200_000, 0), 0.25],
    ['gemini-2.5-pro', usage(200_001, 10), 0.5001525],
  ])('%s, %j: %d dollars', (model, used, costUsd) => {
    expect(withCost(used, model)).toEqual({ ...used, costUsd });
  });

  it('says nothing of what it does not know', () => {
    expect(withCost(usage(5, 5), 'gemini-9')).toEqual(usage(5, 5));
    expect(priceOf('gemini-9')).toBeUndefined();
    expect(priceOf('gemini-2.5-pro')).toEqual({ inputPerMillion: 1.25, outputPerMillion: 10 });
  });
});
