import { describe, expect, it } from 'vitest';
import { readPeriods, writePeriods } from './periods.js';

describe('readPeriods', () => {
  it.each([
    ['', ''],
    ['9-17', '09:00–17:00'],
    ['09:00–12:00, 13:00 - 17:30', '09:00–12:00, 13:00–17:30'],
    ['0-24', '00:00–24:00'],
  ])('takes %j', (text, written) => {
    const periods = readPeriods(text);
    expect(periods && writePeriods(periods)).toBe(written);
  });

  it.each([
    '9',
    '17-9',
    '9-12, 11-13',
    '9:60-12',
    '9-24:30',
    'nine to five',
    '1-2,3-4,5-6,7-8,9-10',
  ])('refuses %j', (text) => {
    expect(readPeriods(text)).toBeNull();
  });
});
