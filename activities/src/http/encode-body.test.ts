import type { Json } from '@crmflow/contracts';
import { describe, expect, it } from 'vitest';
import { encodeBody } from './encode-body.js';

const form = 'application/x-www-form-urlencoded';
const text = (body: string | Uint8Array) =>
  typeof body === 'string' ? body : Buffer.from(body).toString('latin1');

describe('a body', () => {
  it.each<[declared: string | undefined, body: Json, sent: string]>([
    [undefined, { a: 1 }, '{"a":1}'],
    [undefined, 'plain', 'plain'],
    [undefined, null, 'null'],
    ['application/json', { a: 'ü' }, '{"a":"ü"}'],
    ['application/json', '{"a": 1}', '{"a": 1}'],
    ['application/vnd.api+json', [1, 2], '[1,2]'],
    [form, { name: 'Ada & Co', city: 'Köln' }, 'name=Ada+%26+Co&city=K%C3%B6ln'],
    [`${form}; charset=utf-8`, { tags: ['a', 'b'] }, 'tags=a&tags=b'],
    [form.toUpperCase(), { ok: true, none: null, n: 1.5 }, 'ok=true&none=&n=1.5'],
    [
      form,
      { card: { number: 4, owner: { name: 'Ada' } } },
      'card%5Bnumber%5D=4&card%5Bowner%5D%5Bname%5D=Ada',
    ],
    [form, 'a=1&b=2', 'a=1&b=2'],
    [form, {}, ''],
    ['text/plain', 42, '42'],
    ['text/csv', 'a;b', 'a;b'],
    ['text/plain; charset=iso-8859-1', 'Größe', 'Größe'],
    ['application/xml; charset=latin1', '<a/>', '<a/>'],
  ])('under %s of %j is sent as %j', (declared, body, sent) => {
    expect(text(encodeBody(body, declared).body)).toBe(sent);
  });

  it('is a form of several parts where its type says so', () => {
    const { body, type } = encodeBody({ 'a"b': 'x', list: [1, 2] }, 'multipart/form-data');
    expect(type).toBe('multipart/form-data; boundary=crmflow-form');
    expect(text(body)).toBe(
      [
        '--crmflow-form\r\nContent-Disposition: form-data; name="a%22b"\r\n\r\nx\r\n',
        '--crmflow-form\r\nContent-Disposition: form-data; name="list"\r\n\r\n1\r\n',
        '--crmflow-form\r\nContent-Disposition: form-data; name="list"\r\n\r\n2\r\n',
        '--crmflow-form--\r\n',
      ].join(''),
    );
    expect(encodeBody({ a: 'crmflow-form' }, 'multipart/form-data').type).toMatch(/crmflow-form-$/);
  });

  it.each([
    ['text/plain; charset=iso-8859-1', '€'],
    ['text/plain; charset=shift_jis', 'ü'],
    ['text/plain; charset=utf-16', 'ü'],
  ])('under %s cannot be %s', (declared, body) => {
    expect(() => encodeBody(body, declared)).toThrow(/cannot be sent as/);
  });
});
