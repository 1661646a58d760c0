import {
  ascending,
  type Calendar,
  isWhole,
  parseCron,
  parseDuration,
  readCalendar,
  type ScheduleSettings,
} from '@crmflow/contracts';
import { type ClockChange, clockChanges, zoneOffset } from '../zones/zone.js';

const minuteMs = 60_000;
const dayMs = 86_400_000;
/** For longer, nobody waits for a time that is said to come. */
const horizonMs = 50 * 366 * dayMs;

/** When a schedule is due. Times are epoch milliseconds. */
export type Timing = {
  /** One of them has to fit, on the clocks of the zone. */
  calendars: Calendar[];
  /** In place of calendars: at `phaseMs`, and then again after each interval. */
  every: { ms: number; phaseMs: number } | null;
  timezone: string;
  startAt: number;
  endAt: number;
};

/** What the settings of a schedule say of when. They are sound, see `scheduleSettingsSchema`. */
export function timingOf({
  cron,
  every,
  calendar,
  timezone,
  startAt,
  endAt,
}: Pick<
  ScheduleSettings,
  'cron' | 'every' | 'calendar' | 'timezone' | 'startAt' | 'endAt'
>): Timing {
  const read = [
    ...(cron === undefined ? [] : [parseCron(cron)]),
    ...[calendar ?? []].flat().map((one) => readCalendar(one)),
  ];
  const ms = every === undefined ? null : parseDuration(every);
  const start = startAt === null ? -Infinity : Date.parse(startAt);
  return {
    calendars: read.flatMap(({ value }) => value ?? []),
    // Temporal counts in whole seconds.
    every:
      ms === null
        ? null
        : { ms, phaseMs: startAt === null ? 0 : (Math.ceil(start / 1000) * 1000) % ms },
    timezone,
    startAt: start,
    endAt: endAt === null ? Infinity : Date.parse(endAt),
  };
}

/** @param day a local day as epoch milliseconds, as though the clocks showed UTC */
function fitsDay({ year, month, dayOfMonth, dayOfWeek }: Calendar, day: number): boolean {
  const date = new Date(day);
  return (
    (year === undefined || year.includes(date.getUTCFullYear())) &&
    month.includes(date.getUTCMonth() + 1) &&
    dayOfMonth.includes(date.getUTCDate()) &&
    dayOfWeek.includes(date.getUTCDay())
  );
}

/** The instants of one local day at which clocks show what fits, ascending. */
function timesOfDay({ calendars, timezone }: Timing, day: number): number[] {
  const fitting = calendars.filter((one) => fitsDay(one, day));
  if (fitting.length === 0) return [];
  const around = [day - dayMs, day + 2 * dayMs];
  const offsets = new Set(around.map((at) => zoneOffset(timezone, at) ?? 0));
  const found = new Set<number>();
  for (const { hour, minute } of fitting) {
    for (const hours of hour) {
      for (const minutes of minute) {
        const local = day + (hours * 60 + minutes) * minuteMs;
        for (const offset of offsets) {
          if (zoneOffset(timezone, local - offset) === offset) found.add(local - offset);
        }
      }
    }
  }
  return ascending(found);
}

/**
 * The times of a schedule from an instant on, ascending. A time is one at which the clocks of the zone show
 * what is asked for: one that they skip never comes, one that they show twice comes twice.
 * @param from epoch milliseconds; a time that is just then counts
 */
export function* timesOf(timing: Timing, from: number): Generator<number> {
  const { every, timezone, startAt, endAt } = timing;
  const first = Math.max(from, startAt);
  if (every) {
    const { ms, phaseMs } = every;
    for (let at = Math.ceil((first - phaseMs) / ms) * ms + phaseMs; at <= endAt; at += ms) yield at;
    return;
  }
  const last = Math.min(endAt, first + horizonMs);
  const local = first + (zoneOffset(timezone, first) ?? 0);
  // A day earlier: at a change of clocks the same instant can be part of two days.
  for (let day = Math.floor(local / dayMs) * dayMs - dayMs; day <= last + dayMs; day += dayMs) {
    for (const at of timesOfDay(timing, day)) {
      if (at > last) return;
      if (at >= first) yield at;
    }
  }
}

/** The first times of a schedule from an instant on, and only so many. */
export function firstTimes(timing: Timing, from: number, count: number): number[] {
  const found: number[] = [];
  for (const at of timesOf(timing, from)) {
    if (found.length === count) break;
    found.push(at);
  }
  return found;
}

/** Whether a schedule has a time at an instant. */
export const isTime = (timing: Timing, at: number): boolean => firstTimes(timing, at, 1)[0] === at;

const digits = (value: number, length = 2) => String(value).padStart(length, '0');

/** An instant as the clocks of a zone show it, with their offset: `2026-03-29T03:00:00+02:00`. */
export function zonedTime(timezone: string, at: number): string {
  const minutes = Math.round((zoneOffset(timezone, at) ?? 0) / minuteMs);
  const sign = minutes < 0 ? '-' : '+';
  const ahead = Math.abs(minutes);
  const shown = new Date(at + minutes * minuteMs).toISOString().slice(0, 19);
  return `${shown}${sign}${digits(Math.floor(ahead / 60))}:${digits(ahead % 60)}`;
}

/** What happens to a time of a schedule where clocks change. `local`: the time, `2027-03-28T02:30`. */
export type ClockWarning = { code: 'skipped_time' | 'repeated_time'; at: number; local: string };

/** The first time of a schedule that clocks skip, or show twice, at a change. */
function hit({ calendars }: Timing, { at, before, after }: ClockChange): number | undefined {
  // What runs every hour loses and doubles nothing: the hours between its runs stay the same.
  const named = calendars.filter((one) => !isWhole(one, 'hour'));
  const end = at + Math.max(before, after);
  for (let local = at + Math.min(before, after); local < end; local += minuteMs) {
    const day = Math.floor(local / dayMs) * dayMs;
    const minutes = Math.round((local - day) / minuteMs);
    const fits = ({ hour, minute }: Calendar) =>
      minute.includes(minutes % 60) && hour.includes(Math.floor(minutes / 60));
    if (named.some((one) => fits(one) && fitsDay(one, day))) return local;
  }
  return undefined;
}

/** What happens to times of a schedule at the changes of clocks in the year from an instant on. */
export function clockWarnings(timing: Timing, from: number): ClockWarning[] {
  const first = Math.max(from, timing.startAt);
  const changes = clockChanges(timing.timezone, first, Math.min(timing.endAt, first + 366 * dayMs));
  return changes.flatMap((change): ClockWarning[] => {
    const local = hit(timing, change);
    if (local === undefined) return [];
    const code = change.after > change.before ? 'skipped_time' : 'repeated_time';
    return [{ code, at: change.at, local: new Date(local).toISOString().slice(0, 16) }];
  });
}

/** Whether a schedule names days of the month and of the week, which both have to fit. */
export const namesBothDays = ({ calendars }: Timing): boolean =>
  calendars.some((one) => !isWhole(one, 'dayOfMonth') && !isWhole(one, 'dayOfWeek'));
