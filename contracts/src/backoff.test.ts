import { describe, expect, it } from 'vitest';
import { backoffMs } from './backoff.js';

const bounds = { firstMs: 100, maxMs: 5_000 };

describe('backoffMs', () => {
  it('doubles with each failure up to the maximum', () => {
    const waits = [1, 2, 3, 6, 7, 2_000].map((failures) => backoffMs(failures, bounds, 0));
    expect(waits).toEqual([100, 200, 400, 3_200, 5_000, 5_000]);
  });

  it('leaves out up to half by chance', () => {
    expect(backoffMs(1, bounds, 0.5)).toBe(75);
    expect(backoffMs(7, bounds, 1)).toBe(2_500);
  });
});
