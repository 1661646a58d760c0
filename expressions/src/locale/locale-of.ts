/* eslint-disable no-restricted-globals -- The API asks Intl at a start, and records what it says. */
import { createCache } from '../lru.js';
import type { RunLocale } from './locale.js';

const sample = (month: number, day = 5) => new Date(Date.UTC(2033, month, day, 15, 7));

function numberFacts(tag: string): RunLocale['number'] {
  const format = new Intl.NumberFormat(tag, { maximumFractionDigits: 2 });
  const parts = (value: number) => format.formatToParts(value);
  const valueOf = (type: string) => parts(123_456_789.5).find((one) => one.type === type)?.value;
  const groups = parts(123_456_789).filter(({ type }) => type === 'integer');
  const sizeAt = (fromEnd: number) => groups.at(-fromEnd)?.value.length ?? 3;
  const isGrouped = (value: number) => parts(value).some(({ type }) => type === 'group');
  const plain = new Intl.NumberFormat(tag, { useGrouping: false }).format(9_876_543_210);
  const digits = [...plain].reverse().join('');
  return {
    decimal: valueOf('decimal') ?? '.',
    group: valueOf('group') ?? '',
    sizes: groups.length > 1 ? [sizeAt(1), sizeAt(2)] : [3, 3],
    groupedFrom: [1000, 10_000, 100_000].find(isGrouped)?.toString().length ?? 7,
    ...(digits !== '0123456789' && { digits }),
  };
}

type Part = Intl.DateTimeFormatPart;

/** A form of dates, from how the fifth of March 2033 is written. */
function formOf(parts: readonly Part[]): string {
  const named = ({ type, value }: Part) => {
    const isShort = value.length < (type === 'year' ? 4 : 2);
    if (type === 'day') return isShort ? '{d}' : '{dd}';
    if (type === 'year') return isShort ? '{yy}' : '{y}';
    if (type !== 'month') return value;
    if (!/^\d+$/.test(value)) return '{MMMM}';
    return isShort ? '{M}' : '{MM}';
  };
  return parts.map(named).join('');
}

function timeForm(tag: string): Pick<RunLocale['date'], 'time' | 'halves'> {
  const format = new Intl.DateTimeFormat(`${tag}-u-nu-latn`, {
    ...{ hour: 'numeric', minute: '2-digit', timeZone: 'UTC' },
  });
  const half = (hour: number) =>
    format
      .formatToParts(new Date(Date.UTC(2033, 2, 5, hour, 7)))
      .find(({ type }) => type === 'dayPeriod')?.value ?? '';
  const time = format.formatToParts(new Date(Date.UTC(2033, 2, 5, 3, 7))).map(({ type, value }) => {
    if (type === 'hour') return half(3) ? '{h}' : value.length === 2 ? '{HH}' : '{H}';
    if (type === 'minute') return '{m}';
    return type === 'dayPeriod' ? '{a}' : value;
  });
  return { time: time.join(''), halves: [half(3), half(15)] };
}

function dateFacts(tag: string): RunLocale['date'] {
  const calendar = new Intl.DateTimeFormat(tag).resolvedOptions().calendar;
  const gregorian = `${tag}-u-ca-gregory-nu-latn`;
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(gregorian, { timeZone: 'UTC', ...options });
  const part = (options: Intl.DateTimeFormatOptions, type: string, date: Date) =>
    format(options)
      .formatToParts(date)
      .find((one) => one.type === type)?.value ?? '';
  const months = Array.from({ length: 12 }, (_, month) => {
    const names = (['long', 'short'] as const).flatMap((width) => [
      part({ day: 'numeric', month: width, year: 'numeric' }, 'month', sample(month)),
      part({ month: width }, 'month', sample(month)),
    ]);
    return [...new Set(names)].filter((name) => !/^\d*$/.test(name));
  });
  const weekdays = Array.from({ length: 7 }, (_, day) => {
    // The second of January 2033 is a Sunday.
    const date = sample(0, 2 + day);
    return (['long', 'short'] as const).map((weekday) => part({ weekday }, 'weekday', date));
  });
  const numeric = format({ dateStyle: 'short' }).formatToParts(sample(2));
  const order = numeric
    .filter(({ type }) => ['day', 'month', 'year'].includes(type))
    .map(({ type }) => type.charAt(0))
    .join('');
  const short = format({ day: '2-digit', month: '2-digit', year: 'numeric' });
  const long = format({ dateStyle: 'long' });
  return {
    order: order.startsWith('y') ? 'ymd' : order === 'mdy' ? 'mdy' : 'dmy',
    calendar,
    months,
    weekdays,
    short: formOf(short.formatToParts(sample(2))),
    long: formOf(long.formatToParts(sample(2))),
    ...timeForm(tag),
  };
}

const remembered = createCache<RunLocale>(200);

/**
 * What a run needs to know of a locale, by this machine's `Intl`.
 * @param tag BCP 47; what `Intl` does not know is read as English
 * @param timezone IANA, one that `isZone` knows
 */
export function localeOf(tag: string, timezone: string): RunLocale {
  return { ...remembered(tag, () => factsOf(tag)), timezone };
}

function factsOf(tag: string): RunLocale {
  const [known = 'en'] = Intl.DateTimeFormat.supportedLocalesOf([tag]);
  const { baseName, region } = new Intl.Locale(known);
  const likely = region ?? new Intl.Locale(baseName).maximize().region;
  return {
    tag: baseName,
    timezone: 'UTC',
    ...(likely && /^[A-Z]{2}$/.test(likely) && { region: likely }),
    number: numberFacts(baseName),
    date: dateFacts(baseName),
  };
}
