import { describe, expect, it } from 'vitest';
import { evaluate } from '../expression.js';
import { localeOf } from './locale-of.js';

const say = (source: string, locale?: string, timezone = 'Europe/Berlin') =>
  evaluate(source, {
    ...{ vars: { day: '2026-12-31', at: '2026-12-31T18:05:00+01:00' }, input: {}, run: {} },
    messages: [],
    ...(locale && { locale: localeOf(locale, timezone) }),
  });

describe('the functions that format', () => {
  it.each([
    ['formatNumber(1234567.5)', 'de', '1.234.567,5'],
    ['formatNumber(1234567.5)', 'en', '1,234,567.5'],
    ['formatNumber(1234567)', 'hi', '12,34,567'],
    ['formatNumber(1234)', 'es', '1234'],
    ['formatNumber(-1234.5, 2)', 'en', '-1,234.50'],
    ['formatNumber(1234.5)', 'ar-EG', '١٬٢٣٤٫٥'],
    ['formatNumber(5, 2)', 'de', '5,00'],
    ['formatNumber(-0.001, 2)', 'de', '0,00'],
    ['formatNumber(9007199254740991)', 'de', '9.007.199.254.740.991'],
    ['formatNumber(0.0000001)', 'de', '0,0000001'],
    ['formatDate(vars.day)', 'de', '31.12.2026'],
    ['formatDate(vars.day)', 'en-US', '12/31/2026'],
    ['formatDate(vars.day)', 'ja', '2026/12/31'],
    ['formatDate(vars.day, "long")', 'de', '31. Dezember 2026'],
    ['formatDate(vars.day, "long")', 'en-US', 'December 31, 2026'],
    ['formatDate(vars.day, "long")', 'ja', '2026年12月31日'],
    ['formatDate(vars.day, "long")', 'pl', '31 grudnia 2026'],
    ['formatTime(vars.at)', 'de', '18:05'],
    ['formatTime(vars.at)', 'en-US', '6:05\u202fPM'],
    ['formatTime(timestamp(vars.at))', 'de', '18:05'],
    ['formatDate(timestamp("2026-12-31T23:30:00Z"))', 'de', '01.01.2027'],
    ['formatNumber(1234.5)', undefined, '1,234.5'],
  ])('%s in %s is %j', (source, locale, text) => {
    expect(say(source, locale)).toBe(text);
  });

  it.each([
    'formatNumber(1.0 / 0.0)',
    'formatNumber(1, 21)',
    'formatDate("soon")',
    'formatDate(vars.day, "full")',
  ])('%s fails', (source) => {
    expect(() => say(source, 'de')).toThrow();
  });
});

describe('named time zones and calendars in expressions', () => {
  it.each([
    ['timestamp("2026-07-01T12:00:00Z").getHours("Europe/Berlin")', 14],
    ['timestamp("2026-01-01T12:00:00Z").getHours("Europe/Berlin")', 13],
    ['timestamp("2026-01-01T12:00:00Z").getHours("+02:00")', 14],
    ['timestamp("2026-12-31T23:30:00Z").getFullYear("Europe/Berlin")', 2027],
    ['timestamp("2026-12-31T18:00", "Europe/Berlin")', '2026-12-31T17:00:00Z'],
    ['timestamp("2026-12-31", "Europe/Berlin")', '2026-12-30T23:00:00Z'],
    ['timestamp("2026-12-31T18:00:00Z", "Europe/Berlin")', '2026-12-31T18:00:00Z'],
    // The clocks change on the 29th of March: the day after is 23 hours away.
    ['timestamp("2026-03-28T12:00:00Z").addDays(1, "Europe/Berlin")', '2026-03-29T11:00:00Z'],
    ['timestamp("2026-03-28T12:00:00Z").addDays(1)', '2026-03-29T11:00:00Z'],
    ['timestamp("2026-03-28T12:00:00Z") + duration("P1D")', '2026-03-29T12:00:00Z'],
    ['timestamp("2026-03-28T01:30:00Z").addDays(1)', '2026-03-29T01:30:00Z'],
    ['timestamp("2026-01-31T12:00:00Z").addMonths(1)', '2026-02-28T12:00:00Z'],
    ['timestamp("2026-05-31T12:00:00Z").addMonths(-3)', '2026-02-28T13:00:00Z'],
  ])('%s is %j', (source, value) => {
    expect(say(source, 'de')).toBe(value);
  });

  it.each([
    'timestamp("2026-07-01T12:00:00Z").getHours("Berlin")',
    'timestamp("2026-03-29T02:30", "Europe/Berlin")',
    'timestamp("2026-12-31T25:00", "Europe/Berlin")',
    'timestamp("2026-01-01T00:00:00Z").addDays(9000000)',
    'timestamp("2026-01-01T00:00:00Z").addMonths(9223372036854775807)',
  ])('%s fails', (source) => {
    expect(() => say(source, 'de')).toThrow();
  });
});
