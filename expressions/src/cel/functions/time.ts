import { instantAt, zoneOffset } from '../../zones/zone.js';
import type { Budget } from '../budget.js';
import { failed } from '../code.js';
import { epochMs, parseTimestamp, timestampOf } from '../instants.js';
import type { Timestamp } from '../values.js';
import { form, type FunctionTable, type Overload } from './overload.js';

const dayMs = 86_400_000;
const nsPerMs = 1_000_000n;

function noZone(zone: string): Error {
  return failed(
    `"${zone.slice(0, 40).toWellFormed()}" is not a time zone. Write a name like Europe/Berlin, or an offset like +02:00`,
  );
}

/** How far an offset such as `+02:00` is ahead of UTC, in milliseconds; undefined for another zone. */
export function fixedOffset(zone: string): number | undefined {
  const parts = /^([+-])?(\d\d):(\d\d)$/.exec(zone);
  if (!parts) return undefined;
  const minutes = Number(parts[2]) * 60 + Number(parts[3]);
  return (parts[1] === '-' ? -minutes : minutes) * 60_000;
}

/** How far a zone is ahead of UTC at an instant, in milliseconds. */
function offsetIn(zone: string, ms: number): number {
  const offset = fixedOffset(zone) ?? zoneOffset(zone, ms);
  if (offset === undefined) throw noZone(zone);
  return offset;
}

/**
 * The instant shifted so that its UTC fields read as local time.
 * @param zone IANA, or an offset
 * @throws FlowFault expression_failed for another one
 */
export function localMs(timestamp: Timestamp, zone: string): number {
  const ms = epochMs(timestamp);
  return ms + offsetIn(zone, ms);
}

/** The instant at which clocks of a zone show a time; null where they skip it. */
function instantShown(zone: string, local: number): number | null {
  const fixed = fixedOffset(zone);
  const at = fixed === undefined ? instantAt(zone, local) : local - fixed;
  if (at === undefined) throw noZone(zone);
  return at;
}

/** The instant at which clocks of a zone show a time; where they skip it, as much later. */
function instantIn(zone: string, local: number): number {
  return instantShown(zone, local) ?? local - offsetIn(zone, local - dayMs);
}

function inRange(ms: number, restNs: bigint): Timestamp {
  const moved = Number.isFinite(ms) ? timestampOf(BigInt(ms) * nsPerMs + restNs) : undefined;
  if (moved) return moved;
  throw failed('the result is beyond the years 1 to 9999');
}

/** Moves an instant by what a calendar of the zone says, and keeps the time of day there. */
function moved(move: (date: Date, by: number) => void): Overload[] {
  const run = (budget: Budget, timestamp: Timestamp, by: bigint, zone = budget.locale.timezone) => {
    const date = new Date(localMs(timestamp, zone));
    move(date, Number(by));
    const ms = instantIn(zone, date.getTime());
    return inRange(ms, timestamp.ns - BigInt(epochMs(timestamp)) * nsPerMs);
  };
  return [
    form(['timestamp', 'int'], 'timestamp', run),
    form(['timestamp', 'int', 'string'], 'timestamp', run),
  ];
}

/** As calendars do: a month after the last of January is the last of February. */
function addMonths(date: Date, months: number): void {
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, last));
}

/**
 * Reads the time that clocks of a zone show, `2026-12-31T18:00`; a date alone as its midnight there,
 * and what has an offset of its own as it is.
 * @throws FlowFault expression_failed for text that isn't a time, or a time that clocks skip there
 */
export function timestampIn(text: string, zone: string): Timestamp {
  const own = /^\d{4}-\d\d-\d\d$/.test(text) ? undefined : parseTimestamp(text);
  if (own) return own;
  const [, day = '', time = '00:00', seconds = ':00'] =
    /^(\d{4}-\d\d-\d\d)(?:[Tt ](\d\d:\d\d)(:\d\d(?:\.\d{1,9})?)?)?$/.exec(text) ?? [];
  const local = day === '' ? undefined : parseTimestamp(`${day}T${time}${seconds}Z`);
  const shown = JSON.stringify(text.slice(0, 40).toWellFormed());
  if (!local) throw failed(`${shown} is not a time such as 2026-12-31T18:00`);
  const ms = epochMs(local);
  const at = instantShown(zone, ms);
  if (at === null) throw failed(`clocks in ${zone} skip ${shown}; use a time before or after it`);
  return inRange(at, local.ns - BigInt(ms) * nsPerMs);
}

function dayOfYear(date: Date): number {
  const first = Date.UTC(date.getUTCFullYear(), 0, 1);
  const day = Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate());
  return (day - first) / dayMs;
}

function field(read: (date: Date) => number): Overload[] {
  const run = (_budget: Budget, timestamp: Timestamp, zone = 'UTC') =>
    BigInt(read(new Date(localMs(timestamp, zone))));
  return [form(['timestamp'], 'int', run), form(['timestamp', 'string'], 'int', run)];
}

function span(ns: bigint): Overload {
  return form(['duration'], 'int', (_budget, duration) => duration.ns / ns);
}

/**
 * Parts of timestamps and of durations, and days and months of a calendar. A zone is a name such as
 * `Europe/Berlin` or an offset such as `+02:00`. Without one, parts are those of UTC, as in CEL;
 * `addDays` and `addMonths`, which CEL doesn't have, then count in the run's zone. `addDays` adds days
 * of the calendar there, whether 23, 24 or 25 hours long; `duration("P1D")` is always 24 hours.
 */
export const timeFunctions: FunctionTable = {
  '.getFullYear': field((date) => date.getUTCFullYear()),
  '.getMonth': field((date) => date.getUTCMonth()),
  '.getDate': field((date) => date.getUTCDate()),
  '.getDayOfMonth': field((date) => date.getUTCDate() - 1),
  '.getDayOfWeek': field((date) => date.getUTCDay()),
  '.getDayOfYear': field(dayOfYear),
  '.getHours': [...field((date) => date.getUTCHours()), span(3_600_000_000_000n)],
  '.getMinutes': [...field((date) => date.getUTCMinutes()), span(60_000_000_000n)],
  '.getSeconds': [...field((date) => date.getUTCSeconds()), span(1_000_000_000n)],
  '.getMilliseconds': [
    ...field((date) => date.getUTCMilliseconds()),
    form(['duration'], 'int', (_budget, duration) => (duration.ns / 1_000_000n) % 1000n),
  ],
  '.addDays': moved((date, days) => date.setUTCDate(date.getUTCDate() + days)),
  '.addMonths': moved(addMonths),
};
