import type { Budget } from '../budget.js';
import { failed } from '../code.js';
import { epochMs } from '../instants.js';
import type { Timestamp } from '../values.js';
import { form, type FunctionTable, type Overload } from './overload.js';

const dayMs = 86_400_000;

/** The instant shifted so that its UTC fields read as local time at a fixed offset. */
function local(timestamp: Timestamp, zone: string): Date {
  const parts = /^([+-])?(\d\d):(\d\d)$/.exec(zone);
  if (!parts && zone !== 'UTC') {
    throw failed(
      `"${zone.slice(0, 40).toWellFormed()}" is not an offset from UTC. Write one like +02:00; names of time zones are not supported because their rules change`,
    );
  }
  const minutes = parts ? Number(parts[2]) * 60 + Number(parts[3]) : 0;
  return new Date(epochMs(timestamp) + (parts?.[1] === '-' ? -minutes : minutes) * 60_000);
}

function dayOfYear(date: Date): number {
  const first = Date.UTC(date.getUTCFullYear(), 0, 1);
  const day = Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate());
  return (day - first) / dayMs;
}

function field(read: (date: Date) => number): Overload[] {
  const run = (_budget: Budget, timestamp: Timestamp, zone = 'UTC') =>
    BigInt(read(local(timestamp, zone)));
  return [form(['timestamp'], 'int', run), form(['timestamp', 'string'], 'int', run)];
}

function span(ns: bigint): Overload {
  return form(['duration'], 'int', (_budget, duration) => duration.ns / ns);
}

/** Parts of timestamps (in UTC or at an offset such as `+02:00`) and of durations. */
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
};
