import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRedactor } from './redactor.js';

const secret = `sk-A+b/9=?&<"'\\ z%`;
const redactor = createRedactor(secret);
const percent = (text: string) =>
  Array.from(text, (one) => `%${one.charCodeAt(0).toString(16).padStart(2, '0')}`).join('');

describe('a secret is found', () => {
  it.each([
    ['as it is', secret],
    ['in a URL', encodeURIComponent(secret)],
    ['in a form', new URLSearchParams({ a: secret }).toString().slice(2)],
    ['with all of it percent-encoded', percent(secret)],
    ['in JSON', JSON.stringify(secret).slice(1, -1)],
    ['in JSON of PHP', JSON.stringify(secret).slice(1, -1).replaceAll('/', '\\/')],
    ['in escapes of JSON', Array.from(secret, (c) => `\\u00${percent(c).slice(1)}`).join('')],
    ['in HTML', secret.replace(/[&<"']/g, (c) => `&#${c.charCodeAt(0)};`)],
    [
      'in HTML by names',
      secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;'),
    ],
    [
      'in base64',
      Buffer.from(secret)
        .toString('base64')
        .replace(/(?<!=)=+$/, ''),
    ],
    ['in base64 of URLs', Buffer.from(secret).toString('base64url')],
    ['in hexadecimal', Buffer.from(secret).toString('hex').toUpperCase()],
  ])('%s', (_, form) => {
    const clean = redactor.text(`before ${form} after`);
    expect(clean).toMatch(/^before [A-Za-z0-9+/_-]{0,2}\[secret\][A-Za-z0-9+/_=-]{0,3} after$/);
    expect(redactor.finds(form)).toBe(true);
  });

  it('in base64 wherever it begins', () => {
    for (const user of ['', 'a', 'ab', 'abc', 'abcd']) {
      for (const after of ['', 'x', 'xy']) {
        const basic = Buffer.from(`${user}:${secret}${after}`).toString('base64');
        expect(redactor.text(`Basic ${basic}`)).toContain('[secret]');
      }
    }
  });

  it('in texts, keys and numbers of a value', () => {
    const numeric = createRedactor('1234567890');
    expect(numeric.value({ a: [1234567890, 12, '1234567890!', null, true] })).toEqual({
      a: ['[secret]', 12, '[secret]!', null, true],
    });
    expect(redactor.value({ [secret]: { deep: secret } })).toEqual({
      '[secret]': { deep: '[secret]' },
    });
  });

  it('whatever it is, in each form', () => {
    const printable = fc.string({
      unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)),
      minLength: 8,
      maxLength: 40,
    });
    fc.assert(
      fc.property(printable, fc.string(), fc.string(), (any, before, after) => {
        const { text } = createRedactor(any);
        const forms = [
          any,
          encodeURIComponent(any),
          JSON.stringify(any),
          Buffer.from(before + any + after).toString('base64'),
        ];
        for (const form of forms) expect(text(`${before}\n${form}\n${after}`)).not.toContain(form);
      }),
    );
  });
});

it('leaves all else as it is', () => {
  const value = { id: 7, text: 'sk-A+b/9', list: [1.5, false, null], nested: { k: 'v' } };
  expect(redactor.value(value)).toEqual(value);
  expect(redactor.finds(JSON.stringify(value))).toBe(false);
});

it('is quick on a large text and a long secret', () => {
  const long = createRedactor('ab'.repeat(2048));
  const text = 'ab'.repeat(128_000);
  expect(long.text(text)).toContain('[secret]');
  expect(long.text('ab'.repeat(2047).concat('!').repeat(60))).not.toContain('[secret]');
});
