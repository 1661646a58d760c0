import type { RunLocale } from './locale.js';
import { plainText } from './plain-text.js';

type Symbols = Pick<RunLocale['number'], 'decimal' | 'group'>;
/** One way to read a number: its digits before and after the decimal sign. */
type Digits = { whole: string; fraction: string };

/** Characters of the longest text that may be a number. */
const longest = 400;
const apostrophes = /[\u2019\u02bc\u2018\u00b4\uff07]/g;
const sign = /^[+\-\u2212\u2010\u2011\u2013\ufe63]/;
const exponent = /[eE]([+-]?\d{1,3})$/;

/** Digits in groups of three, or as in India of two before the last three. */
function isGrouped(parts: readonly string[], separator: string): boolean {
  const [first = '', ...others] = parts;
  const last = others.at(-1) ?? '';
  const between = others.slice(0, -1);
  if (!/^[1-9]\d{0,2}$/.test(first) || last.length !== 3) return false;
  if (between.every(({ length }) => length === 3)) return true;
  return separator === ',' && first.length < 3 && between.every(({ length }) => length === 2);
}

function readWhole(text: string): string | null {
  if (/^\d*$/.test(text)) return text;
  const [separator = ''] = /[^\d]/.exec(text) ?? [];
  const parts = text.split(separator);
  return parts.every((part) => /^\d+$/.test(part)) && isGrouped(parts, separator)
    ? parts.join('')
    : null;
}

function readWith(text: string, decimal: string | null): Digits | null {
  if (decimal === null) {
    const whole = readWhole(text);
    return whole ? { whole, fraction: '' } : null;
  }
  const [before = '', fraction, ...others] = text.split(decimal);
  if (fraction === undefined || others.length > 0 || !/^\d*$/.test(fraction)) return null;
  const whole = readWhole(before);
  return whole === null || whole + fraction === '' ? null : { whole, fraction };
}

/** The ways to read it; where it can be read in two, only what the locale writes so. */
function choose(text: string, { decimal, group }: Symbols): Digits | null {
  const ways = [null, '.', ',', '\u066b'].flatMap((mark) => {
    const digits = readWith(text, mark);
    return digits ? [{ mark, digits }] : [];
  });
  if (ways.length < 2) return ways[0]?.digits ?? null;
  const marks = ways.flatMap(({ mark }) => mark ?? []);
  const byDecimal = ways.find(({ mark }) => mark === decimal);
  if (byDecimal) return byDecimal.digits;
  const isGroup = marks.includes(group);
  return isGroup ? (ways.find(({ mark }) => mark === null)?.digits ?? null) : null;
}

/** The number of these digits, or null where JSON would keep another one. */
function exactly({ whole, fraction }: Digits, power: number): number | null {
  const plain = `${whole || '0'}.${fraction || '0'}`;
  const value = Number(`${plain}e${power}`);
  if (!Number.isFinite(value)) return null;
  const significant = `${whole}${fraction}`.replace(/^0+/, '').replace(/(?<!0)0+$/, '');
  if (significant === '') return 0;
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) return null;
  if (value === 0 || significant.length > 100) return null;
  if (significant.length <= 15) return value;
  const [kept = ''] = value.toExponential(significant.length - 1).split('e');
  return kept.replace('.', '') === significant ? value : null;
}

/**
 * Reads a number as people of a locale type it: `1.234,5` in German, `1,234.5` in English, `1 234,5`
 * in French, `1’234.5` in Switzerland, `12,34,567` in India, digits of any script, with a currency
 * sign, and with `,-` for no cents. What only one reading fits is read so in every locale (`1,5`,
 * `1.234,56`); what two fit is read as the locale writes it (`1.000`), and refused where it writes
 * neither. Anything else is refused: words, units, percent, ranges, and digits that a number in
 * JSON does not keep exactly.
 * @returns undefined where it is refused
 */
export function readNumber(text: string, symbols: Symbols): number | undefined {
  if (text.length > longest) return undefined;
  const typed = plainText(text).replace(apostrophes, "'").replaceAll('\u066c', ',');
  const amount = typed
    .replace(/^\p{Sc} ?| ?\p{Sc}$/u, '')
    .replace(/(?<=\d)[.,][-\u2013\u2014]{1,2}$/, '');
  const isNegative = sign.test(amount) && !amount.startsWith('+');
  const unsigned = amount
    .replace(sign, '')
    .replace(/^ /, '')
    .replace(/^\p{Sc} ?/u, '');
  const power = exponent.exec(unsigned)?.[1];
  const mantissa = power === undefined ? unsigned : unsigned.replace(exponent, '');
  if (!/^[\d.,]/.test(mantissa) || !/^[\d.,' \u066b]+$/.test(mantissa)) return undefined;
  const digits = choose(mantissa, symbols);
  const value = digits && exactly(digits, Number(power ?? 0));
  if (value === null) return undefined;
  return isNegative && value !== 0 ? -value : value;
}
