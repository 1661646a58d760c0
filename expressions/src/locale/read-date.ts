import { dateMs } from '../cel/instants.js';
import { instantAt, zoneOffset } from '../zones/zone.js';
import { englishLocale } from './english.js';
import type { RunLocale } from './locale.js';
import { plainText } from './plain-text.js';

type Facts = Pick<RunLocale, 'date' | 'timezone'>;
type Day = { year: number; month: number; day: number };

const minuteMs = 60_000;
const yearsAhead = 20;
/** Characters of the longest text that may be a date. */
const longest = 100;

/** English names are understood beside those of the run's own language. */
const { months: englishMonths, weekdays: englishWeekdays } = englishLocale.date;

const fold = (text: string) =>
  text
    .normalize('NFD')
    .replace(/[\u0300-\u036f.]/g, '')
    .toLowerCase();

/**
 * Which month or weekday a word names, counted from 0: of the run's own language if that has it, else
 * of English; -1 if neither has it.
 */
function indexOf(word: string, own: readonly string[][], english: readonly string[][]): number {
  const wanted = fold(word);
  const isNamed = (names: readonly string[]) => names.some((name) => fold(name) === wanted);
  const found = own.findIndex(isNamed);
  return found >= 0 ? found : english.findIndex(isNamed);
}

/** A year of two digits is the one that lies nearest, at most twenty years ahead. */
function fullYear(digits: string, now: number): number {
  const year = Number(digits);
  if (digits.length > 2) return year;
  const latest = new Date(now).getUTCFullYear() + yearsAhead;
  return latest - ((((latest - year) % 100) + 100) % 100);
}

const isMonth = (value: number) => value >= 1 && value <= 12;

/** Day and month of two numbers; undefined where they could be either, and the locale has neither. */
function dayAndMonth(
  first: number,
  second: number,
  order: RunLocale['date']['order'],
): Pick<Day, 'day' | 'month'> | undefined {
  if (!isMonth(first) || !isMonth(second)) {
    if (isMonth(second)) return { day: first, month: second };
    return isMonth(first) ? { day: second, month: first } : undefined;
  }
  if (first === second || order === 'dmy') return { day: first, month: second };
  return order === 'mdy' ? { day: second, month: first } : undefined;
}

function readNumeric(text: string, { date }: Facts, now: number): Day | undefined {
  const parts =
    /^(\d{1,4}) ?([-./\u5e74\ub144]) ?(\d{1,2}) ?[-./\u6708\uc6d4] ?(\d{1,4}) ?[.\u65e5\uc77c]?$/.exec(
      text,
    );
  if (!parts) return undefined;
  const [, first = '', mark = '', second = '', third = ''] = parts;
  if (first.length === 3 || third.length === 3) return undefined;
  const isYearFirst = first.length === 4 || (third.length <= 2 && date.order === 'ymd');
  if (isYearFirst) {
    if (third.length > 2) return undefined;
    return { year: fullYear(first, now), month: Number(second), day: Number(third) };
  }
  if (third.length === 1) return undefined;
  // With points the day comes first everywhere but where the month does in every form.
  const order = mark === '.' && date.order === 'ymd' ? 'dmy' : date.order;
  const dayMonth = dayAndMonth(Number(first), Number(second), order);
  return dayMonth && { year: fullYear(third, now), ...dayMonth };
}

/** Words that stand between the parts of a date. */
const between = new Set([
  'de',
  'del',
  'of',
  'the',
  'den',
  'der',
  'am',
  'on',
  'le',
  'il',
  'el',
  'op',
  'dia',
  'r',
  'г',
  'року',
]);

function readNamed(
  text: string,
  { date }: Facts,
  now: number,
): (Day & { weekday?: number }) | undefined {
  let month: number | undefined;
  let weekday: number | undefined;
  const numbers: string[] = [];
  for (const word of text
    .split(/[ ,/]+|(?<=[\p{L}.])-|-(?=\p{L})|(?<=\d)\.(?=\p{L})/u)
    .filter((part) => part !== '')) {
    const digits = /^(\d{1,4})(?:st|nd|rd|th|er|\.|º|ª|o)?$/i.exec(word)?.[1];
    const monthAt = digits === undefined ? indexOf(word, date.months, englishMonths) : -1;
    const weekdayAt =
      digits === undefined && monthAt < 0 ? indexOf(word, date.weekdays, englishWeekdays) : -1;
    if (digits !== undefined) numbers.push(digits);
    else if (monthAt >= 0 && month === undefined) month = monthAt + 1;
    else if (weekdayAt >= 0 && weekday === undefined) weekday = weekdayAt;
    else if (!between.has(fold(word))) return undefined;
  }
  const [first = '', second = '', ...others] = numbers;
  if (month === undefined || second === '' || others.length > 0) return undefined;
  const isYearFirst = first.length === 4;
  const [day, year] = isYearFirst ? [second, first] : [first, second];
  if (day.length > 2 || year.length === 3 || year.length === 1) return undefined;
  return {
    ...{ year: fullYear(year, now), month, day: Number(day) },
    ...(weekday !== undefined && { weekday }),
  };
}

/** Years of calendars that count otherwise are taken where it is plain by how much. */
function gregorianYear(year: number, calendar: string): number | undefined {
  if (calendar === 'gregory' || (year >= 1800 && year < 2200)) return year;
  return calendar === 'buddhist' && year >= 2343 && year < 2743 ? year - 543 : undefined;
}

function readDay(text: string, facts: Facts, now: number): number | undefined {
  const found = readNumeric(text, facts, now) ?? readNamed(text, facts, now);
  const year = found && gregorianYear(found.year, facts.date.calendar);
  if (found === undefined || year === undefined || year < 1) return undefined;
  const midnight = dateMs(year, found.month, found.day);
  const weekday = 'weekday' in found ? found.weekday : undefined;
  if (midnight === undefined) return undefined;
  return weekday === undefined || new Date(midnight).getUTCDay() === weekday ? midnight : undefined;
}

const clock =
  /(?:^|,? |T)(?:um |at |à |as |às |alle |a las |kl\.? |om |o |v )?(\d{1,2})(?:[:.h](\d{2})(?::(\d{2})(?:\.\d{1,9})?)?)?( ?(?:uhr|h|[ap]\.? ?m\.?))?(?: ?(z|utc|[+\u2212-]\d{2}:?\d{2}))?$/i;

type Time = { ms: number; offset: number | undefined };

/** A time of day of `18:00`, `6 pm`, `18 Uhr` and the like, with an offset where one is written. */
function readTime(parts: RegExpExecArray): Time | undefined {
  const [, hours = '', minutes, seconds = '0', unit = '', zone] = parts;
  if (minutes === undefined && unit === '') return undefined;
  const half = /([ap])/i.exec(unit.replace(/uhr/i, ''))?.[1]?.toLowerCase();
  const hour = Number(hours);
  const isReal = half ? hour >= 1 && hour <= 12 : hour <= 23;
  if (!isReal || Number(minutes ?? 0) > 59 || Number(seconds) > 59) return undefined;
  const counted = half ? (hour % 12) + (half === 'p' ? 12 : 0) : hour;
  const ms = (counted * 60 + Number(minutes ?? 0)) * minuteMs + Number(seconds) * 1000;
  if (zone === undefined) return { ms, offset: undefined };
  const [, ahead = '+', zoneHours = '0', zoneMinutes = '0'] =
    /^([+\u2212-])(\d{2}):?(\d{2})$/.exec(zone) ?? [];
  if (Number(zoneHours) > 23 || Number(zoneMinutes) > 59) return undefined;
  const offset = (Number(zoneHours) * 60 + Number(zoneMinutes)) * minuteMs;
  return { ms, offset: ahead === '+' ? offset : -offset };
}

/** RFC 3339 with the offset that clocks had there. */
function formatInstant(ms: number, offset: number): string {
  const local = new Date(ms + offset).toISOString().slice(0, 19);
  if (offset === 0) return `${local}Z`;
  const size = Math.abs(offset) / minuteMs;
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  return `${local}${offset < 0 ? '-' : '+'}${two(size / 60)}:${two(size % 60)}`;
}

/**
 * Reads a date as people of a locale type it: ISO 8601, `31.12.2026`, `12/31/2026`, `31/12/26`,
 * `31. Dezember 2026`, `Dec 31st, 2026`, `2026年12月31日`, each with a time of day after it or not.
 * Where day and month could be either, the locale's order counts, and in one that begins with the
 * year the reply is refused. A time without an offset is one of the run's time zone: one that clocks
 * skip there is refused, and one that they show twice means the first of the two. Also refused are
 * days that don't exist, dates with the wrong weekday, dates without a year, and words such as
 * `tomorrow`.
 * @param now epoch milliseconds: years of two digits lie around it
 * @returns `2026-12-31`, or RFC 3339 with an offset; undefined where it is refused
 */
export function readDate(text: string, facts: Facts, now: number): string | undefined {
  if (text.length > longest) return undefined;
  const plain = plainText(text)
    .replace(/[,;!]$/, '')
    .trim();
  const alone = readDay(plain, facts, now);
  if (alone !== undefined) return new Date(alone).toISOString().slice(0, 10);
  const parts = clock.exec(plain);
  const time = parts && readTime(parts);
  if (!parts || !time) return undefined;
  const midnight = readDay(plain.slice(0, parts.index).replace(/,$/, ''), facts, now);
  if (midnight === undefined) return undefined;
  const local = midnight + time.ms;
  if (time.offset !== undefined) return formatInstant(local - time.offset, time.offset);
  const ms = instantAt(facts.timezone, local);
  if (ms === null || ms === undefined) return undefined;
  return formatInstant(ms, zoneOffset(facts.timezone, ms) ?? 0);
}
