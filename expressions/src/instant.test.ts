import { describe, expect, it } from 'vitest';
import { parseInstant } from './instant.js';

describe('parseInstant', () => {
  it.each([
    ['2026-01-31T09:30:00Z', Date.UTC(2026, 0, 31, 9, 30)],
    ['2026-01-31T09:30:00.25+02:00', Date.UTC(2026, 0, 31, 7, 30, 0, 250)],
    [' 2026-01-31 ', Date.UTC(2026, 0, 31)],
    ['2024-02-29', Date.UTC(2024, 1, 29)],
    ['1969-12-31T23:59:59.999Z', -1],
    ['0001-01-01', -62_135_596_800_000],
  ])('%s', (text, expected) => {
    expect(parseInstant(text)).toBe(expected);
  });

  it.each([
    '',
    '1',
    'tomorrow',
    '2026-02-30',
    '2026-13-01',
    '2026-01-31T09:30:00',
    '2026-01-31T24:00:00Z',
    '0000-01-01',
  ])('takes no %j', (text) => {
    expect(parseInstant(text)).toBeNull();
  });
});
