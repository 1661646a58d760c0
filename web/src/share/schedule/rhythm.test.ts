import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cronOf,
  type IntervalUnit,
  intervalUnits,
  rhythmOf,
  rhythmOfCron,
  settingsOfRhythm,
  weekDays,
} from './rhythm.js';

describe('the rhythm of a schedule', () => {
  it.each([
    ['5 * * * *', { kind: 'hourly', minute: '5' }],
    ['0 9 * * *', { kind: 'daily', time: '09:00' }],
    ['30 7 * * 1-5', { kind: 'weekdays', time: '07:30' }],
    ['0 9 * * mon,thu', { kind: 'weekly', days: ['MON', 'THU'] }],
    ['15 18 28 * *', { kind: 'monthly', day: '28', time: '18:15' }],
    ['*/5 * * * *', { kind: 'cron' }],
    ['0 9 1-7 * MON', { kind: 'cron' }],
    ['0 9 * 12 *', { kind: 'cron' }],
  ])('reads %s', (cron, expected) => {
    expect(rhythmOfCron(cron)).toMatchObject(expected);
  });

  it('is the same after it was written and read', () => {
    const number = (most: number, least = 0) => fc.integer({ min: least, max: most }).map(String);
    const time = fc
      .tuple(number(23), number(59))
      .map((parts) => parts.map((part) => part.padStart(2, '0')).join(':'));
    const kind = fc.constantFrom(
      ...(['hourly', 'daily', 'weekdays', 'weekly', 'monthly'] as const),
    );
    const days = fc.subarray([...weekDays], { minLength: 1 });
    const all = fc.record({ kind, time, days, minute: number(59), day: number(31, 1) });
    fc.assert(
      fc.property(all, (part) => {
        const written = cronOf({ ...rhythmOfCron('* * * * *'), ...part });
        const read = rhythmOfCron(written);
        expect(read.kind).toBe(part.kind);
        expect(cronOf(read)).toBe(written);
      }),
    );
  });

  it.each(Object.keys(intervalUnits) as IntervalUnit[])('reads an interval of %s', (unit) => {
    const sent = settingsOfRhythm({ ...rhythmOf({}), kind: 'interval', count: '3', unit });
    expect(rhythmOf(sent)).toMatchObject({ kind: 'interval', count: '3', unit });
  });

  it('leaves alone what only the API sets', () => {
    expect(settingsOfRhythm(rhythmOf({}))).toEqual({});
    expect(rhythmOf({ every: 'PT1M30S' }).kind).toBe('fixed');
  });
});
