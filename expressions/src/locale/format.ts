import type { RunLocale } from './locale.js';

const two = (value: number) => String(value).padStart(2, '0');

function inDigits(text: string, digits: string | undefined): string {
  return digits === undefined ? text : text.replace(/\d/g, (digit) => digits.charAt(Number(digit)));
}

function grouped(whole: string, { group, sizes, groupedFrom }: RunLocale['number']): string {
  if (whole.length < groupedFrom || group === '') return whole;
  const [last, others] = sizes;
  let rest = whole.slice(0, -last);
  let text = whole.slice(-last);
  while (rest !== '') {
    text = `${rest.slice(-others)}${group}${text}`;
    rest = rest.slice(0, -others);
  }
  return text;
}

/** The digits of a number without an exponent. */
function plainDigits(value: number): string {
  const text = String(value);
  const [mantissa = '', power] = text.split('e');
  if (power === undefined) return text;
  const [whole = '', fraction = ''] = mantissa.split('.');
  const shift = Number(power);
  if (shift < 0) return `0.${'0'.repeat(-shift - 1)}${whole}${fraction}`;
  return whole + fraction.padEnd(shift, '0');
}

/** The digits of a number rounded to so many places; numbers too large for `toFixed` are whole. */
function roundedDigits(value: number, places: number | undefined): string {
  return places === undefined || value >= 1e21 ? plainDigits(value) : value.toFixed(places);
}

/** The digits of a whole number, with so many zeros after the point. */
function wholeDigits(value: bigint, places = 0): string {
  return places === 0 ? String(value) : `${value}.${'0'.repeat(places)}`;
}

/**
 * A number as a locale writes it.
 * @param places digits after the decimal sign; as many as it has where it is not said
 */
export function formatNumber(
  value: number | bigint,
  { number }: Pick<RunLocale, 'number'>,
  places?: number,
): string {
  const size = value < 0 ? -value : value;
  const plain = typeof size === 'bigint' ? wholeDigits(size, places) : roundedDigits(size, places);
  const [whole = '', fraction] = plain.split('.');
  const text = grouped(whole, number) + (fraction === undefined ? '' : number.decimal + fraction);
  const isZero = !/[1-9]/.test(plain);
  return `${value < 0 && !isZero ? '-' : ''}${inDigits(text, number.digits)}`;
}

/** A form such as `{dd}.{MM}.{y}` with its parts filled in, in the digits of the locale. */
function filled(
  form: string,
  parts: Record<string, string>,
  { digits }: RunLocale['number'],
): string {
  const text = form.replace(/\{(\w+)\}/g, (_, name: string) => parts[name] ?? '');
  return inDigits(text, digits);
}

/** Which parts of a moment are written. */
export type DateStyle = 'short' | 'long';

/**
 * A day as a locale writes it: `31.12.2026`, or `31. Dezember 2026`.
 * @param local epoch milliseconds, as though the clocks there showed UTC
 */
export function formatDate(
  local: number,
  { date, number }: Pick<RunLocale, 'date' | 'number'>,
  style: DateStyle,
): string {
  const at = new Date(local);
  const [day, month, year] = [at.getUTCDate(), at.getUTCMonth() + 1, at.getUTCFullYear()];
  const parts = {
    ...{ d: String(day), dd: two(day), M: String(month), MM: two(month) },
    ...{ MMMM: date.months[month - 1]?.[0] ?? String(month), y: String(year), yy: two(year % 100) },
  };
  return filled(date[style], parts, number);
}

/**
 * A time of day as a locale writes it: `18:05`, or `6:05 PM`.
 * @param local epoch milliseconds, as though the clocks there showed UTC
 */
export function formatTime(
  local: number,
  { date, number }: Pick<RunLocale, 'date' | 'number'>,
): string {
  const at = new Date(local);
  const hour = at.getUTCHours();
  const parts = {
    ...{ H: String(hour), HH: two(hour), h: String(hour % 12 || 12) },
    ...{ m: two(at.getUTCMinutes()), a: date.halves[hour < 12 ? 0 : 1] },
  };
  return filled(date.time, parts, number);
}
