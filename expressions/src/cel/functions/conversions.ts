import { int64 } from '../arithmetic.js';
import { charge, chargeText } from '../budget.js';
import { failed } from '../code.js';
import {
  formatSpan,
  formatTimestamp,
  parseSpan,
  parseTimestamp,
  timestampOf,
} from '../instants.js';
import { kindOf } from '../kind-of.js';
import { type Duration, type Timestamp, TypeValue, type Value } from '../values.js';
import { form, type FunctionTable } from './overload.js';
import { timestampIn } from './time.js';

const nsPerSecond = 1_000_000_000n;

function quoted(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 39)}…`.toWellFormed() : text);
}

function notA(what: string, text: string): Error {
  return failed(`${quoted(text)} is not ${what}`);
}

function intOfText(text: string): bigint {
  if (!/^[+-]?\d{1,30}$/.test(text)) throw notA('a whole number', text);
  return int64(BigInt(text.replace('+', '')));
}

function intOfDouble(value: number): bigint {
  if (!Number.isFinite(value)) throw failed(`${value} is not a whole number`);
  return int64(BigInt(Math.trunc(value)));
}

const named: Record<string, number> = { NaN, Inf: Infinity, '+Inf': Infinity, '-Inf': -Infinity };

function doubleOfText(text: string): number {
  if (Object.hasOwn(named, text)) return named[text] ?? NaN;
  if (!/^[+-]?(\d{1,400}\.?\d{0,400}|\.\d{1,400})([eE][+-]?\d{1,5})?$/.test(text)) {
    throw notA('a number', text);
  }
  return Number(text);
}

function boolOfText(text: string): boolean {
  if (['true', 'True', 'TRUE', 't', '1'].includes(text)) return true;
  if (['false', 'False', 'FALSE', 'f', '0'].includes(text)) return false;
  throw notA('true or false', text);
}

function textOfDouble(value: number): string {
  if (Number.isFinite(value)) return String(value);
  return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
}

function timestampOfText(text: string): Timestamp {
  const timestamp = parseTimestamp(text);
  if (timestamp) return timestamp;
  throw notA('a timestamp such as 2026-01-31T09:30:00Z', text);
}

function timestampOfSeconds(seconds: bigint): Timestamp {
  const timestamp = timestampOf(seconds * nsPerSecond);
  if (timestamp) return timestamp;
  throw failed(`${seconds} seconds are beyond the years 1 to 9999`);
}

function durationOfText(text: string): Duration {
  const duration = parseSpan(text);
  if (duration) return duration;
  throw notA('a duration such as 1h30m or P1DT12H', text);
}

const same = <T extends Value>(_budget: unknown, value: T): T => value;

/** Conversions between types. `timestamp` and `duration` read texts, never the clock. */
export const conversionFunctions: FunctionTable = {
  int: [
    form(['int'], 'int', same),
    form(['double'], 'int', (_budget, value) => intOfDouble(value)),
    form(['string'], 'int', (_budget, text) => intOfText(text)),
    form(['timestamp'], 'int', (_budget, { ns }) => {
      const seconds = ns / nsPerSecond;
      return ns < 0n && ns % nsPerSecond !== 0n ? seconds - 1n : seconds;
    }),
  ],
  double: [
    form(['double'], 'double', same),
    form(['int'], 'double', (_budget, value) => Number(value)),
    form(['string'], 'double', (_budget, text) => doubleOfText(text)),
  ],
  bool: [
    form(['bool'], 'bool', same),
    form(['string'], 'bool', (_budget, text) => boolOfText(text)),
  ],
  string: [
    form(['string'], 'string', same),
    form(['bool'], 'string', (_budget, value) => String(value)),
    form(['int'], 'string', (_budget, value) => String(value)),
    form(['double'], 'string', (_budget, value) => textOfDouble(value)),
    form(['timestamp'], 'string', (_budget, value) => formatTimestamp(value)),
    form(['duration'], 'string', (_budget, value) => formatSpan(value)),
  ],
  timestamp: [
    form(['timestamp'], 'timestamp', same),
    form(['string'], 'timestamp', (budget, text) => {
      chargeText(budget, text.length);
      return timestampOfText(text);
    }),
    form(['int'], 'timestamp', (_budget, seconds) => timestampOfSeconds(seconds)),
    form(['string', 'string'], 'timestamp', (budget, text, zone) => {
      chargeText(budget, text.length);
      return timestampIn(text, zone);
    }),
  ],
  duration: [
    form(['duration'], 'duration', same),
    form(['string'], 'duration', (budget, text) => {
      chargeText(budget, text.length);
      return durationOfText(text);
    }),
  ],
  type: [
    form(['dyn'], 'type', (budget, value) => {
      charge(budget, 1);
      return new TypeValue(kindOf(value));
    }),
  ],
  dyn: [form(['dyn'], 'dyn', same)],
};
