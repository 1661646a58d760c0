import { describe, expect, it } from 'vitest';
import { priceOf, withCost } from './prices.js';

const usage = (inputTokens: number, outputTokens: number) => ({ inputTokens, outputTokens });
const autumn = new Date('2026-11-15T00:00:00Z');

describe('withCost', () => {
  it.each([
    ['gemini-2.5-flash', usage(1_000_000, 0), 0.3],
    ['gemini-2.5-flash', usage(0, 1_000_000), 2.5],
    ['models/gemini-2.5-flash-lite-001', usage(1_000, 100), 0.00014],
    ['gemini-2.5-pro', usage(200_000, 0), 0.25],
    ['gemini-2.5-pro', usage(200_001, 10), 0.5001525],
  ])('%s, %j: %d dollars', (model, used, costUsd) => {
    expect(withCost(used, model, autumn)).toEqual({ ...used, costUsd });
  });

  it('follows a price that changes at a known day', () => {
    const used = usage(1_000_000, 0);
    const cost = (day: string) => withCost(used, 'gemini-3.8-flash', new Date(day)).costUsd;
    expect(cost('2026-12-31T23:59:59Z')).toBe(0.75);
    expect(cost('2027-01-01T00:00:00Z')).toBe(1.5);
  });

  it.each(['gemini-9', 'gemini-flash-latest', 'gemini-2.5-flash-latest', 'constructor'])(
    'gives no cost for %s, whose price is not known',
    (model) => {
      expect(withCost(usage(5, 5), model, autumn)).toEqual(usage(5, 5));
      expect(priceOf(model, autumn)).toBeUndefined();
    },
  );

  it('gives no cost once a price has run out', () => {
    const after = new Date('2026-12-01T00:00:00Z');
    expect(withCost(usage(5, 5), 'gemini-2.5-flash', after)).toEqual(usage(5, 5));
  });
});

it('says when a price was read', () => {
  expect(priceOf('gemini-2.5-pro', autumn)).toEqual({
    ...{ inputPerMillion: 1.25, outputPerMillion: 10 },
    asOf: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
  });
});
