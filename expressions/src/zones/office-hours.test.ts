import type { OfficeHours } from '@crmflow/contracts';
import { describe, expect, it } from 'vitest';
import { nextOfficeTime } from './office-hours.js';

const day = [
  { from: '09:00', to: '12:00' },
  { from: '13:00', to: '17:30' },
];
const hours = (change: Partial<OfficeHours> = {}): OfficeHours => ({
  timezone: 'Europe/Berlin',
  week: { mon: day, tue: day, wed: day, thu: day, fri: day, sat: [], sun: [] },
  closed: [],
  ...change,
});

const next = (at: string, given = hours()) => {
  const found = nextOfficeTime(given, Date.parse(at));
  return found === null ? null : new Date(found).toISOString();
};

describe('nextOfficeTime', () => {
  it.each([
    ['in a period', '2027-01-11T10:15:00.000Z', '2027-01-11T10:15:00.000Z'],
    ['at its first moment', '2027-01-11T08:00:00.000Z', '2027-01-11T08:00:00.000Z'],
    ['at its end', '2027-01-11T11:00:00.000Z', '2027-01-11T12:00:00.000Z'],
    ['before work', '2027-01-11T05:00:00.000Z', '2027-01-11T08:00:00.000Z'],
    ['in the lunch break', '2027-01-11T11:30:00.000Z', '2027-01-11T12:00:00.000Z'],
    ['after work', '2027-01-11T16:30:00.000Z', '2027-01-12T08:00:00.000Z'],
    ['on a Friday evening', '2027-01-15T18:00:00.000Z', '2027-01-18T08:00:00.000Z'],
    [
      'after midnight there, before it in UTC',
      '2027-01-10T23:30:00.000Z',
      '2027-01-11T08:00:00.000Z',
    ],
    ['over the change to summer time', '2027-03-26T18:00:00.000Z', '2027-03-29T07:00:00.000Z'],
  ])('%s', (_, at, expected) => {
    expect(next(at)).toBe(expected);
  });

  it('skips closed dates, by the calendar of the zone', () => {
    const closed = ['2027-01-12', '2027-01-13'];
    expect(next('2027-01-11T16:30:00Z', hours({ closed }))).toBe('2027-01-14T08:00:00.000Z');
  });

  it('opens an hour later where clocks skip the opening', () => {
    const none: OfficeHours['week']['mon'] = [];
    const week = { mon: none, tue: none, wed: none, thu: none, fri: none, sat: none };
    const sundays = hours({ week: { ...week, sun: [{ from: '02:30', to: '05:00' }] } });
    expect(next('2027-03-27T20:00:00Z', sundays)).toBe('2027-03-28T01:30:00.000Z');
  });

  it('knows when work ends at midnight', () => {
    const all = [{ from: '00:00', to: '24:00' }];
    const week = { mon: all, tue: all, wed: all, thu: all, fri: all, sat: all, sun: all };
    expect(next('2027-01-11T22:59:59.999Z', hours({ week }))).toBe('2027-01-11T22:59:59.999Z');
    expect(next('2027-01-11T23:00:00.000Z', hours({ week }))).toBe('2027-01-11T23:00:00.000Z');
  });

  it('tells where nobody works for more than a year', () => {
    const closed = Array.from({ length: 500 }, (_, i) =>
      new Date(Date.UTC(2027, 0, 10 + i)).toISOString().slice(0, 10),
    );
    expect(next('2027-01-11T10:00:00Z', hours({ closed }))).toBeNull();
  });
});
