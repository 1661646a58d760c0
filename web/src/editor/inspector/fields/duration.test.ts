import { parseDuration } from '@crmflow/contracts';
import { expect, it } from 'vitest';
import { amountOf, isoOf, units } from './duration.js';

it('says a duration in its largest whole unit', () => {
  expect(amountOf(parseDuration('P2W') ?? 0)).toEqual({ count: 2, unit: 'weeks' });
  expect(amountOf(parseDuration('P1DT12H') ?? 0)).toEqual({ count: 36, unit: 'hours' });
  expect(amountOf(parseDuration('PT90S') ?? 0)).toEqual({ count: 90, unit: 'seconds' });
});

it('writes what the format reads', () => {
  for (const { unit, seconds } of units) {
    expect(parseDuration(isoOf({ count: 3, unit }))).toBe(3_000 * seconds);
  }
});
