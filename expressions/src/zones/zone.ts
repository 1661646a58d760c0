import { ascending } from '@crmflow/contracts';
import data from 'moment-timezone/data/packed/latest.json' with { type: 'json' };

/**
 * Rules of the named time zones. They are those of the pinned package, never of the machine: the
 * same run has to come to the same hour on every version of Node.
 */

/** A zone's offsets: `until[i]` ends `offsets[i]`; epoch milliseconds, and minutes east of UTC. */
type Zone = { until: number[]; offsets: number[] };

const minuteMs = 60_000;
const digits = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWX';

/** A number as the package packs it: base 60, with a fraction. */
function unpackNumber(text: string): number {
  const isNegative = text.startsWith('-');
  const [whole = '', fraction = ''] = text.slice(isNegative ? 1 : 0).split('.');
  let value = 0;
  for (const digit of whole) value = value * 60 + digits.indexOf(digit);
  let unit = 1 / 60;
  for (const digit of fraction) {
    value += digits.indexOf(digit) * unit;
    unit /= 60;
  }
  return isNegative ? -value : value;
}

/** `name|abbreviations|offsets|which of them in turn|minutes until each next|population` */
function unpackZone(packed: string): Zone {
  const [, , offsets = '', turns = '', spans = ''] = packed.split('|');
  // The package counts minutes west of UTC.
  const known = offsets.split(' ').map((offset) => 0 - Math.round(unpackNumber(offset)));
  let minutes = 0;
  const until = spans.split(' ').map((span) => {
    minutes += span === '' ? 0 : unpackNumber(span);
    return Math.round(minutes * minuteMs);
  });
  const turnsOf = [...turns].map((turn) => known[digits.indexOf(turn)] ?? 0);
  return { until: spans === '' ? [] : until, offsets: turnsOf };
}

/** Zones by their names in lower case, as the package packs them. */
const packedZones = new Map<string, string>();
for (const packed of data.zones) {
  packedZones.set(packed.slice(0, packed.indexOf('|')).toLowerCase(), packed);
}
for (const link of data.links) {
  const [target = '', alias = ''] = link.toLowerCase().split('|');
  const packed = packedZones.get(target);
  if (packed) packedZones.set(alias, packed);
}

const unpacked = new Map<string, Zone>();

/**
 * The rules of a zone, by its name in any case; undefined where there is no such zone. Each is kept
 * once, since expressions may take the name from a reply, which can be written in many ways.
 */
export function zoneOf(name: string): Zone | undefined {
  const key = name.toLowerCase();
  const known = unpacked.get(key);
  if (known) return known;
  const packed = packedZones.get(key);
  if (packed === undefined) return undefined;
  const zone = unpackZone(packed);
  unpacked.set(key, zone);
  return zone;
}

/** Whether there is a time zone of this name, such as `Europe/Berlin`, in any case. */
export function isZone(name: string): boolean {
  return packedZones.has(name.toLowerCase());
}

/**
 * How far a zone is ahead of UTC at an instant.
 * @param ms epoch milliseconds
 * @returns milliseconds, or undefined where there is no such zone
 */
export function zoneOffset(name: string, ms: number): number | undefined {
  const zone = zoneOf(name);
  if (!zone) return undefined;
  const { until, offsets } = zone;
  let low = 0;
  let high = offsets.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ms < (until[middle] ?? Infinity)) high = middle;
    else low = middle + 1;
  }
  return (offsets[low] ?? 0) * minuteMs;
}

/**
 * The instant at which clocks in a zone show a time.
 * @param local the time as epoch milliseconds, as though the clocks showed UTC
 * @returns epoch milliseconds; of a time that clocks show twice in autumn the first, of one that
 *   they skip in spring null; undefined where there is no such zone
 */
export function instantAt(name: string, local: number): number | null | undefined {
  const dayMs = 86_400_000;
  const before = zoneOffset(name, local - dayMs);
  const after = zoneOffset(name, local + dayMs);
  if (before === undefined || after === undefined) return undefined;
  for (const offset of [Math.max(before, after), Math.min(before, after)]) {
    if (zoneOffset(name, local - offset) === offset) return local - offset;
  }
  return null;
}

/** When the clocks of a zone change; offsets in milliseconds. */
export type ClockChange = { at: number; before: number; after: number };

/**
 * The changes of the clocks of a zone, ascending; none where there is no such zone.
 * @param from epoch milliseconds, like `to`
 */
export function clockChanges(name: string, from: number, to: number): ClockChange[] {
  const { until, offsets } = zoneOf(name) ?? { until: [], offsets: [] };
  return until.flatMap((at, index) => {
    const before = (offsets[index] ?? 0) * minuteMs;
    const after = (offsets[index + 1] ?? offsets[index] ?? 0) * minuteMs;
    return at >= from && at <= to && before !== after ? [{ at, before, after }] : [];
  });
}

const yearMs = 366 * 86_400_000;

/** How far a zone is ahead of UTC, from an instant on for three years, in milliseconds and ascending. */
export function zoneOffsets(name: string, from: number): number[] {
  const changes = clockChanges(name, from - yearMs, from + 3 * yearMs);
  const offsets = changes.flatMap(({ before, after }) => [before, after]);
  const now = zoneOffset(name, from) ?? 0;
  return ascending([now, ...offsets]);
}
