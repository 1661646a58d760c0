import { describe, expect, it } from 'vitest';
import { parseCron, readCalendar } from './calendar.js';

describe('cron', () => {
  it.each<[string, object]>([
    ['0 9 * * MON-FRI', { minute: [0], hour: [9], dayOfWeek: [1, 2, 3, 4, 5] }],
    [
      '*/20 0-23/6 1,15 jan,DEC 7',
      {
        minute: [0, 20, 40],
        hour: [0, 6, 12, 18],
        dayOfMonth: [1, 15],
        month: [1, 12],
        dayOfWeek: [0],
      },
    ],
    ['50/5 * * * 5-7', { minute: [50, 55], dayOfWeek: [0, 5, 6] }],
    ['5,5,1 0 * * Friday', { minute: [1, 5], dayOfWeek: [5] }],
  ])('%s', (text, expected) => {
    expect(parseCron(text).value).toMatchObject(expected);
  });

  it.each([
    ['0 0 9 * * *', /five fields.*Seconds/],
    ['0 9 * *', /five fields/],
    ['0 9 L * *', /“L”.*28-31/],
    ['0 9 15W * *', /“W”.*MON-FRI/],
    ['0 9 * * MON#1', /“#”.*1-7/],
    ['0 9 * * 5L', /“L”/],
    ['0 9 ? * 1', /“\?”/],
    ['@daily', /`0 0 \* \* \*`/],
    ['@every 5m', /`every`/],
    ['CRON_TZ=UTC 0 9 * * *', /timezone/],
    ['60 9 * * *', /minute/],
    ['0 24 * * *', /hour/],
    ['0 9 0 * *', /day of the month/],
    ['0 9 * 13 *', /month/],
    ['0 9 * * 8', /day of the week/],
    ['30-10 9 * * *', /ends before it begins/],
    ['*/0 9 * * *', /step/],
    ['*-5 9 * * *', /minute/],
    ['a b c d e', /minute/],
    ['', /five fields/],
  ])('%s is refused', (text, words) => {
    expect(parseCron(text).fault).toMatch(words);
  });
});

describe('a calendar', () => {
  it('has defaults, names and ranges', () => {
    const sent = { hour: [9, { start: 12, end: 18, step: 3 }], dayOfWeek: 'MONDAY', month: 'APR' };
    const { value } = readCalendar({ ...sent, year: { start: 2026, end: 2027 } });
    expect(value).toMatchObject({ minute: [0], hour: [9, 12, 15, 18], dayOfWeek: [1], month: [4] });
    expect(value).toMatchObject({ year: [2026, 2027] });
    expect(value?.dayOfMonth).toHaveLength(31);
  });

  it.each([{ hour: 24 }, { dayOfWeek: 'MOON' }, { year: 3 }, { hour: { start: 5, end: 2 } }])(
    '%j is refused',
    (sent) => {
      expect(readCalendar(sent).fault).toBeDefined();
    },
  );
});
