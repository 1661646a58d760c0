import { parseCron } from '@crmflow/contracts';
import { describe, expect, it } from 'vitest';
import { utcCalendars } from './utc-calendars.js';

const hourMs = 3_600_000;
const inUtc = (cron: string, ...hours: number[]) => {
  const { value } = parseCron(cron);
  if (!value) throw new Error(`${cron} is no cron`);
  return utcCalendars(
    value,
    hours.map((ahead) => ahead * hourMs),
  );
};

const minuteMs = 60_000;
const dayMs = 24 * hourMs;

/** The minutes of two years that calendars fit, in UTC. */
function minutesOf(calendars: ReturnType<typeof utcCalendars>): Set<number> {
  const found = new Set<number>();
  const end = Date.UTC(2028, 2, 2);
  for (let day = Date.UTC(2027, 1, 3); day < end; day += dayMs) {
    const date = new Date(day);
    for (const one of calendars) {
      const fits =
        one.month.includes(date.getUTCMonth() + 1) &&
        one.dayOfMonth.includes(date.getUTCDate()) &&
        one.dayOfWeek.includes(date.getUTCDay());
      if (!fits) continue;
      for (const hour of one.hour)
        for (const minute of one.minute) found.add(day + hour * hourMs + minute * minuteMs);
    }
  }
  return found;
}

describe('a calendar in UTC', () => {
  it.each([
    ['30 2 * * *', 1],
    ['10 0,12,23 * * MON-FRI', 2],
    ['10 0,12,23 * * SAT', -5],
    ['*/20 * 1,31 1,3,12 *', 10.5],
    ['0,45 22-23 28,29,30 2 *', -3.5],
    ['15 * 1 1 *', 14],
  ])('%s at %d hours has every time of the zone', (cron, ahead) => {
    const local = minutesOf(inUtc(cron, 0));
    const utc = minutesOf(inUtc(cron, ahead));
    const inside = (at: number) => at > Date.UTC(2027, 1, 5) && at < Date.UTC(2028, 1, 28);
    const missing = [...local]
      .map((at) => at - ahead * hourMs)
      .filter((at) => inside(at) && !utc.has(at));
    expect(missing).toEqual([]);
  });

  it('is exact where no date is named', () => {
    expect(minutesOf(inUtc('*/20 0-4 * * MON', 5.5)).size).toBe(
      minutesOf(inUtc('*/20 0-4 * * MON', 0)).size,
    );
  });
});
