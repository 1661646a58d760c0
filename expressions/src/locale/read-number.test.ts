import { describe, expect, it } from 'vitest';
import { localeOf } from './locale-of.js';
import { readNumber } from './read-number.js';

const refused = undefined;

describe('readNumber', () => {
  it.each<[locale: string, text: string, value: number | undefined]>([
    // One reading only: the locale does not matter.
    ['en', '42', 42],
    ['de', ' -3.5 ', -3.5],
    ['en', '1,5', 1.5],
    ['en', '1.234,56', 1234.56],
    ['de', '1,234.56', 1234.56],
    ['de', '0.500', 0.5],
    ['de', '1.234.567', 1_234_567],
    ['en', '1.234.567', 1_234_567],
    ['en', '1 234', 1234],
    ['de', '1234.567', 1234.567],
    ['en', '.5', 0.5],
    ['de', ',5', 0.5],
    ['en', '5.', 5],
    // Two readings: the locale's.
    ['de', '1.000', 1000],
    ['en', '1.000', 1],
    ['de', '1,000', 1],
    ['en', '1,000', 1000],
    ['es-MX', '1,000', 1000],
    ['fr', '12,345', 12.345],
    ['fr', '1.000', refused],
    ['sv', '1.000', refused],
    // As phones and keyboards send it.
    ['fr', '1\u202f234,5', 1234.5],
    ['de', '1\u00a0234', 1234],
    ['de-CH', '1’234.50', 1234.5],
    ['de-CH', "1'234'567", 1_234_567],
    ['hi', '12,34,567', 1_234_567],
    ['ar-EG', '١٬٢٣٤٫٥', 1234.5],
    ['fa', '۱۲۳', 123],
    ['hi', '१२३', 123],
    ['ja', '１，２３４', 1234],
    ['en', '\u200e42\u200f', 42],
    ['de', '−5', -5],
    ['de', '–5', -5],
    ['de', '19,99 €', 19.99],
    ['en', '$1,234.50', 1234.5],
    ['en', '-$5', -5],
    ['de', '1.500,-', 1500],
    ['en', '1e3', 1000],
    ['en', '9007199254740991', 9_007_199_254_740_991],
    ['en', '0.1', 0.1],
    ['en', '-0', 0],
    // Not a number, or not exactly.
    ['en', '9007199254740993', refused],
    ['en', '7615917337495251231', refused],
    ['en', '0.1234567890123456789', refused],
    ['en', '1e999', refused],
    ['en', '0x10', refused],
    ['en', '12 apples', refused],
    ['en', 'twelve', refused],
    ['en', '', refused],
    ['en', 'Infinity', refused],
    ['en', '1,2,3', refused],
    ['en', '1.2.3', refused],
    ['en', '1 2 3', refused],
    ['en', '1,234.567.890', refused],
    ['en', '12,34', 12.34],
    ['en', '50 %', refused],
    ['en', '1-2', refused],
    ['en', '10²', refused],
    ['en', '½', refused],
    ['en', '1/2', refused],
    ['en', '--5', refused],
    ['en', ',', refused],
  ])('in %s reads %j as %j', (locale, text, value) => {
    expect(readNumber(text, localeOf(locale, 'UTC').number)).toBe(value);
  });
});
