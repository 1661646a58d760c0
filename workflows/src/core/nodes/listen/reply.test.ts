import { dataSchemas } from '@crmflow/contracts';
import { localeOf } from '@crmflow/expressions';
import { describe, expect, it } from 'vitest';
import { readMessages, readReply } from './reply.js';

const now = Date.UTC(2026, 10, 30);
const refused = undefined;

const read = (data: object, text: string, locale = 'de') =>
  readReply(dataSchemas.listen.parse(data), text, {
    locale: localeOf(locale, 'Europe/Berlin'),
    now,
  });

describe('a reply', () => {
  it.each([
    ['any', '  Hi there ', '  Hi there '],
    ['any', 'Dvor\u030ca\u0301k', 'Dvořák'],
    ['number', '1,5', 1.5],
    ['number', '1.000', 1000],
    ['number', 'viel', refused],
    ['email', 'info@müller.com', 'info@müller.com'],
    ['email', 'ada@example', refused],
    ['date', '31.12.2026', '2026-12-31'],
    ['date', '2026-12-31 18:00', '2026-12-31T18:00:00+01:00'],
    ['date', 'morgen', refused],
  ])('to %s of %j is %j', (expected, text, value) => {
    expect(read({ expect: expected }, text)).toBe(value);
  });

  it.each([
    ['de', '+49 30 901820', '+4930901820'],
    ['de', '030 901820', '+4930901820'],
    ['de', '0049 (0)30 / 90 18 20', '+4930901820'],
    ['de', '+49\u00a030\u00a0901820', '+4930901820'],
    ['de', 'tel:+4930901820', '+4930901820'],
    ['de-AT', '01 58858', '+43158858'],
    ['en-GB', '020 7946 0018', '+442079460018'],
    ['en-US', '(212) 555-2368', '+12125552368'],
    ['ar-EG', '٠١٠٠١٢٣٤٥٦٧', '+201001234567'],
    ['de', '+1 212 555 2368', '+12125552368'],
    ['de', '12', refused],
    ['de', '+49 1', refused],
    ['de', '+999 123456', refused],
    ['de', 'ruf mich an: 030 901820', refused],
    ['de', '+49 30 901820 ext. 5', refused],
    ['de', 'keine', refused],
    ['en-US', '030 901820', refused],
  ])('in %s the phone number in %j is %j', (locale, text, value) => {
    expect(read({ expect: 'phone' }, text, locale)).toBe(value);
  });

  const orders = [
    { value: 'y', label: 'Ja, bitte' },
    { value: 'n', label: 'Nein' },
    { value: 'later', label: 'Später' },
    { value: 'cafe', label: 'Café Zoë' },
    { value: 'strasse', label: 'Straße' },
    { value: 'thumb', label: '👍' },
  ];
  it.each([
    ['y', 'y'],
    [' JA, BITTE ', 'y'],
    ['ja bitte!', 'y'],
    ['Ja, bitte!', 'y'],
    ['nein.', 'n'],
    ['„Nein“', 'n'],
    ['Ｎｅｉｎ', 'n'],
    ['spater', 'later'],
    ['spaeter', 'later'],
    ['Spa\u0308ter', 'later'],
    ['CAFE ZOE', 'cafe'],
    ['STRASSE', 'strasse'],
    ['👍', 'thumb'],
    ['2', 'n'],
    ['2.', 'n'],
    ['#2', 'n'],
    ['٢', 'n'],
    ['ja', 'y'],
    ['spä', 'later'],
    ['s', refused],
    ['0', refused],
    ['7', refused],
    ['vielleicht', refused],
    ['', refused],
    ['!!!', refused],
  ])('chooses by %j the choice %j', (text, value) => {
    expect(read({ expect: 'choice', choices: orders }, text)).toBe(value);
  });

  it('counts no choices where they begin with digits', () => {
    const choices = ['2 rooms', '3 rooms', '4 rooms'].map((label) => ({ value: label, label }));
    expect(read({ expect: 'choice', choices }, '2')).toBe('2 rooms');
    expect(read({ expect: 'choice', choices }, '1')).toBeUndefined();
  });

  it('keeps choices apart that only differ by an accent', () => {
    const choices = ['schon', 'schön'].map((label) => ({ value: label, label }));
    expect(read({ expect: 'choice', choices }, 'schön')).toBe('schön');
    expect(read({ expect: 'choice', choices }, 'SCHON')).toBeUndefined();
  });

  it('keeps choices apart that only differ by signs', () => {
    const choices = ['C', 'C++', 'C#'].map((label) => ({ value: label, label }));
    expect(read({ expect: 'choice', choices }, 'c++')).toBe('C++');
    expect(read({ expect: 'choice', choices }, 'c#')).toBe('C#');
    expect(read({ expect: 'choice', choices }, 'c!')).toBeUndefined();
  });

  it('takes a pattern as the whole reply, without the marks of a phone', () => {
    const pattern = { expect: 'pattern', pattern: '[A-Z]{2} \\d+' };
    expect(read(pattern, 'AB 12')).toBe('AB 12');
    expect(read(pattern, 'AB\u00a0１２')).toBe('AB 12');
    expect(read(pattern, 'see AB 12')).toBeUndefined();
  });
});

describe('a reply of several messages', () => {
  const choices = [
    { value: 's', label: 'Small' },
    { value: 'l', label: 'Extra large' },
  ];
  const pattern = '[A-Z]{2}[0-9]{4}';
  it.each([
    ['any', ['Hi', 'it is', 'me'], 'Hi\nit is\nme'],
    ['number', ['about', '42', 'no: 43', '44', 'ok?'], 44],
    ['number', ['4', 'or 5'], 4],
    ['email', ['my address is', 'ada@example.com', 'thanks'], 'ada@example.com'],
    ['date', ['31.12.2026', 'evening'], '2026-12-31'],
    ['phone', ['+49 30 9018', '20'], '+4930901820'],
    ['phone', ['030 901820', 'no', '030 901821'], '+4930901821'],
    ['choice', ['Small', 'no', 'Extra large', 'please'], 'l'],
    ['choice', ['Extra', 'large'], 'l'],
    ['pattern', ['AB1234', 'sorry, AB1235', 'AB1236'], 'AB1236'],
    ['number', ['some', 'more'], refused],
  ])('to %s of %j is %j', (expected, texts, value) => {
    const data = dataSchemas.listen.parse({ expect: expected, choices, pattern });
    expect(readMessages(data, texts, { locale: localeOf('de', 'Europe/Berlin'), now })).toBe(value);
  });
});
