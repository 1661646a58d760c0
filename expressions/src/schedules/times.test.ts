import { scheduleSettingsSchema } from '@crmflow/contracts';
import { describe, expect, it } from 'vitest';
import { clockWarnings, firstTimes, namesBothDays, timingOf, zonedTime } from './times.js';

const timing = (settings: object) => timingOf(scheduleSettingsSchema.parse(settings));

/** The first times after an instant, as clocks show them. */
const times = (settings: { timezone?: string; [name: string]: unknown }, from: string, count = 3) =>
  firstTimes(timing(settings), Date.parse(from), count).map((at) =>
    zonedTime(settings.timezone ?? 'UTC', at),
  );

const berlin = { timezone: 'Europe/Berlin' };
const newYork = { timezone: 'America/New_York' };

describe('the times of a schedule', () => {
  it.each<[string, Parameters<typeof times>[0], string, string[]]>([
    [
      'every weekday at nine, over a weekend and into summer time',
      { cron: '0 9 * * MON-FRI', ...berlin },
      '2026-03-27T12:00:00Z',
      ['2026-03-30T09:00:00+02:00', '2026-03-31T09:00:00+02:00', '2026-04-01T09:00:00+02:00'],
    ],
    [
      'a time that clocks skip',
      { cron: '30 2 * * *', ...berlin },
      '2026-03-28T00:00:00Z',
      ['2026-03-28T02:30:00+01:00', '2026-03-30T02:30:00+02:00', '2026-03-31T02:30:00+02:00'],
    ],
    [
      'a time that clocks show twice',
      { cron: '30 2 * * *', ...berlin },
      '2026-10-25T00:00:00Z',
      ['2026-10-25T02:30:00+02:00', '2026-10-25T02:30:00+01:00', '2026-10-26T02:30:00+01:00'],
    ],
    [
      'New York, skipped',
      { cron: '30 2 * * *', ...newYork },
      '2026-03-07T12:00:00Z',
      ['2026-03-09T02:30:00-04:00', '2026-03-10T02:30:00-04:00', '2026-03-11T02:30:00-04:00'],
    ],
    [
      'New York, twice',
      { cron: '30 1 * * *', ...newYork },
      '2026-11-01T00:00:00Z',
      ['2026-11-01T01:30:00-04:00', '2026-11-01T01:30:00-05:00', '2026-11-02T01:30:00-05:00'],
    ],
    [
      'every quarter of an hour over a gap',
      { cron: '*/15 * * * *', ...berlin },
      '2026-03-29T00:45:00Z',
      ['2026-03-29T01:45:00+01:00', '2026-03-29T03:00:00+02:00', '2026-03-29T03:15:00+02:00'],
    ],
    [
      'an interval from within a second on, in whole seconds',
      { every: 'PT1M', startAt: '2026-01-01T00:00:10.400Z' },
      '2026-01-01T00:00:00Z',
      ['2026-01-01T00:00:11+00:00', '2026-01-01T00:01:11+00:00', '2026-01-01T00:02:11+00:00'],
    ],
    [
      'both days',
      { cron: '0 0 13 * FRI' },
      '2026-01-01T00:00:00Z',
      ['2026-02-13T00:00:00+00:00', '2026-03-13T00:00:00+00:00', '2026-11-13T00:00:00+00:00'],
    ],
    [
      'a leap day',
      { cron: '0 12 29 2 *' },
      '2026-01-01T00:00:00Z',
      ['2028-02-29T12:00:00+00:00', '2032-02-29T12:00:00+00:00', '2036-02-29T12:00:00+00:00'],
    ],
    [
      'an interval from its start on',
      { every: 'PT90M', startAt: '2026-01-01T00:10:00+01:00' },
      '2026-01-01T00:00:00Z',
      ['2026-01-01T00:40:00+00:00', '2026-01-01T02:10:00+00:00', '2026-01-01T03:40:00+00:00'],
    ],
    [
      'one of two calendars, to its end',
      {
        calendar: [{ hour: 9, dayOfWeek: 'MONDAY' }, { hour: { start: 6, end: 9, step: 3 } }],
        endAt: '2026-01-05T09:00:00Z',
      },
      '2026-01-05T00:00:00Z',
      ['2026-01-05T06:00:00+00:00', '2026-01-05T09:00:00+00:00'],
    ],
    [
      'half an hour of summer',
      { cron: '45 1 * * *', timezone: 'Australia/Lord_Howe' },
      '2026-04-04T14:00:00Z',
      ['2026-04-05T01:45:00+11:00', '2026-04-05T01:45:00+10:30', '2026-04-06T01:45:00+10:30'],
    ],
    ['no time at all', { cron: '0 0 31 2 *' }, '2026-01-01T00:00:00Z', []],
  ])('%s', (_, settings, from, expected) => {
    expect(times(settings, from)).toEqual(expected);
  });

  it('counts a time that is just then', () => {
    expect(times({ cron: '0 9 * * *' }, '2026-01-01T09:00:00Z', 1)).toEqual([
      '2026-01-01T09:00:00+00:00',
    ]);
  });
});

describe('the warnings of a schedule', () => {
  const warnings = (settings: object, from = '2026-11-30T00:00:00Z') =>
    clockWarnings(timing(settings), Date.parse(from)).map(({ code, local }) => [code, local]);

  it.each<[object, string[][]]>([
    [
      { cron: '30 2 * * *', ...berlin },
      [
        ['skipped_time', '2027-03-28T02:30'],
        ['repeated_time', '2027-10-31T02:30'],
      ],
    ],
    [
      { cron: '30 1,2 * * *', ...newYork },
      [
        ['skipped_time', '2027-03-14T02:30'],
        ['repeated_time', '2027-11-07T01:30'],
      ],
    ],
    [{ cron: '30 2 * * MON', ...berlin }, []],
    [{ cron: '30 2 * * *' }, []],
    [{ cron: '30 * * * *', ...berlin }, []],
    [{ every: 'PT30M', ...berlin }, []],
    [{ cron: '30 2 * * *', ...berlin, endAt: '2027-03-01T00:00:00Z' }, []],
  ])('%j', (settings, expected) => {
    expect(warnings(settings)).toEqual(expected);
  });

  it('tells of both days', () => {
    expect(namesBothDays(timing({ cron: '0 0 13 * FRI' }))).toBe(true);
    expect(namesBothDays(timing({ cron: '0 0 * * FRI' }))).toBe(false);
  });
});
