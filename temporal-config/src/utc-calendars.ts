import { ascending, type Calendar } from '@crmflow/contracts';

const minutesOfDay = 1_440;

/** A day before (-1), the same, or after (1): how the date in UTC differs from that in the zone. */
type DayShift = -1 | 0 | 1;

/** Hours and minutes of a calendar as they are in UTC, in groups of which each is all of its combinations. */
function clocksInUtc({ hour, minute }: Calendar, offsetMinutes: number) {
  const groups = new Map<string, { day: DayShift; hour: Set<number>; minute: Set<number> }>();
  for (const hours of hour) {
    for (const minutes of minute) {
      const at = hours * 60 + minutes - offsetMinutes;
      const day = Math.floor(at / minutesOfDay) as DayShift;
      const inDay = at - day * minutesOfDay;
      // Minutes that cross the hour go apart from those that do not.
      const crosses = Math.floor((minutes - offsetMinutes) / 60);
      const group = groups.get(`${day} ${crosses}`) ?? { day, hour: new Set(), minute: new Set() };
      group.hour.add(Math.floor(inDay / 60));
      group.minute.add(inDay % 60);
      groups.set(`${day} ${crosses}`, group);
    }
  }
  return [...groups.values()];
}

/** The dates on which a calendar can fit in UTC, where those differ by a day. Some of them may not fit. */
function shiftDates(calendar: Calendar, day: DayShift): Omit<Calendar, 'hour' | 'minute'> {
  const { dayOfMonth, month, dayOfWeek, year } = calendar;
  const dates = { dayOfMonth, month, dayOfWeek, ...(year && { year }) };
  if (day === 0) return dates;
  const crosses = day < 0 ? dayOfMonth.includes(1) : dayOfMonth.some((date) => date >= 28);
  const beyond = !crosses ? [] : day < 0 ? [28, 29, 30, 31] : [1];
  const within = dayOfMonth.map((date) => date + day).filter((date) => date >= 1 && date <= 31);
  const monthsBeyond = crosses ? month.map((one) => ((one - 1 + day + 12) % 12) + 1) : [];
  return {
    dayOfMonth: ascending([...within, ...beyond]),
    month: ascending([...month, ...monthsBeyond]),
    dayOfWeek: ascending(dayOfWeek.map((one) => (one + day + 7) % 7)),
    ...(year && { year: ascending([...year, ...year.map((one) => one + day)]) }),
  };
}

/**
 * A calendar of a time zone in UTC: every instant at which the clocks of the zone can show what fits, as far
 * as the zone has these offsets, and some more. Which of them are times is for the rules of the zone to say.
 * @param offsetsMs how far the zone can be ahead of UTC
 */
export function utcCalendars(calendar: Calendar, offsetsMs: readonly number[]): Calendar[] {
  return offsetsMs.flatMap((offset) =>
    clocksInUtc(calendar, Math.round(offset / 60_000)).map(({ day, hour, minute }) => ({
      minute: ascending(minute),
      hour: ascending(hour),
      ...shiftDates(calendar, day),
    })),
  );
}
