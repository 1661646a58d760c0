import { parseDuration } from '@crmflow/contracts';
import { Duration, Timestamp } from './values.js';

const nsPerMs = 1_000_000n;
const nsPerSecond = 1_000_000_000n;
const firstNs = -62_135_596_800n * nsPerSecond;
const lastNs = 253_402_300_800n * nsPerSecond - 1n;
const longestNs = 315_576_000_000n * nsPerSecond;

const rfc3339 =
  /^(\d{4})-(\d\d)-(\d\d)(?:[Tt](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?:[Zz]|([+-])(\d\d):(\d\d)))?$/;

/** The instant, or undefined outside the years 1 to 9999. */
export function timestampOf(ns: bigint): Timestamp | undefined {
  return ns >= firstNs && ns <= lastNs ? new Timestamp(ns) : undefined;
}

/** The span, or undefined beyond ten thousand years. */
export function durationOf(ns: bigint): Duration | undefined {
  return ns >= -longestNs && ns <= longestNs ? new Duration(ns) : undefined;
}

/** Midnight of a day in UTC in epoch milliseconds, or undefined if there is no such day. */
export function dateMs(year: number, month: number, day: number): number | undefined {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.getTime() : undefined;
}

/** Reads RFC 3339 (`2026-01-31T09:30:00Z`, any offset), or a date alone as its midnight in UTC. */
export function parseTimestamp(text: string): Timestamp | undefined {
  const parts = rfc3339.exec(text);
  if (!parts) return undefined;
  const at = (index: number) => Number(parts[index] ?? 0);
  const day = dateMs(at(1), at(2), at(3));
  if (day === undefined || at(4) > 23 || at(5) > 59 || at(6) > 59) return undefined;
  if (at(9) > 23 || at(10) > 59) return undefined;
  const offset = (parts[8] === '-' ? -1 : 1) * (at(9) * 60 + at(10));
  const seconds = day / 1000 + at(4) * 3600 + (at(5) - offset) * 60 + at(6);
  return timestampOf(BigInt(seconds) * nsPerSecond + BigInt((parts[7] ?? '').padEnd(9, '0')));
}

function fraction(ns: bigint): string {
  return ns === 0n ? '' : `.${String(ns).padStart(9, '0')}`.replace(/(?<!0)0+$/, '');
}

/** The milliseconds since 1970 of an instant, rounded down. */
export function epochMs({ ns }: Timestamp): number {
  const ms = ns / nsPerMs;
  return Number(ns < 0n && ns % nsPerMs !== 0n ? ms - 1n : ms);
}

/** ISO 8601 in UTC with as many digits as there are. */
export function formatTimestamp(timestamp: Timestamp): string {
  const rest = ((timestamp.ns % nsPerSecond) + nsPerSecond) % nsPerSecond;
  return `${new Date(epochMs(timestamp)).toISOString().slice(0, 19)}${fraction(rest)}Z`;
}

const unitNs: Record<string, bigint> = {
  h: 3600n * nsPerSecond,
  m: 60n * nsPerSecond,
  s: nsPerSecond,
  ms: nsPerMs,
  us: 1000n,
  µs: 1000n,
  ns: 1n,
};

const clock = /^([+-])?((?:\d{1,15}(?:\.\d{1,9})?(?:h|ms|us|µs|ns|m|s))+)$/;

function parseClock(text: string): bigint | undefined {
  const parts = clock.exec(text);
  if (!parts) return undefined;
  let ns = 0n;
  for (const [, whole = '0', part = '', unit = 's'] of (parts[2] ?? '').matchAll(
    /(\d{1,15})(?:\.(\d{1,9}))?(h|ms|us|µs|ns|m|s)/g,
  )) {
    const size = unitNs[unit] ?? 0n;
    ns += BigInt(whole) * size + (BigInt(part.padEnd(9, '0')) * size) / nsPerSecond;
  }
  return parts[1] === '-' ? -ns : ns;
}

/** Reads CEL's durations (`1h30m`, `-1.5s`) and ISO 8601's weeks to seconds (`P1DT12H`). */
export function parseSpan(text: string): Duration | undefined {
  const ns = text === '0' ? 0n : parseClock(text);
  if (ns !== undefined) return durationOf(ns);
  const ms = text.length > 100 ? null : parseDuration(text);
  return ms === null ? undefined : durationOf(BigInt(ms) * nsPerMs);
}

/** As CEL writes durations: in seconds, `5400s`. */
export function formatSpan({ ns }: Duration): string {
  const size = ns < 0n ? -ns : ns;
  return `${ns < 0n ? '-' : ''}${size / nsPerSecond}${fraction(size % nsPerSecond)}s`;
}

/** ISO 8601 in seconds: `PT5400S`. */
export function isoSpan(duration: Duration): string {
  const text = formatSpan(duration).toUpperCase();
  return text.startsWith('-') ? `-PT${text.slice(1)}` : `PT${text}`;
}
