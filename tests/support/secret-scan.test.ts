import { describe, expect, it } from 'vitest';
import { findLeaks } from './secret-scan.js';

const secret = `sk-A+b/9=?&"'\\ z%`;
const clean = { where: 'clean', text: 'nothing to see here' };
const forms: [string, string][] = [
  ['as it is', secret],
  ['in a URL', encodeURIComponent(secret)],
  ['in a form', new URLSearchParams({ k: secret }).toString()],
  ['in JSON', JSON.stringify({ secret })],
  ['in hexadecimal', Buffer.from(secret).toString('hex')],
  ['in base64', Buffer.from(secret).toString('base64')],
  ['in base64 of URLs', Buffer.from(secret).toString('base64url')],
  ...['', 'u', 'us', 'use', 'user'].map((user): [string, string] => [
    `in Basic of "${user}"`,
    `Basic ${Buffer.from(`${user}:${secret}`).toString('base64')}`,
  ]),
];

describe('a planted secret is found', () => {
  it.each(forms)('%s', (_, form) => {
    const traces = [clean, { where: 'here', text: `before ${form} after` }];
    expect(findLeaks(traces, { key: secret, other: 'another-secret' })).toMatchObject([
      { secret: 'key', where: 'here' },
    ]);
  });
});

it('finds nothing where there is nothing', () => {
  expect(findLeaks([clean], { key: secret })).toEqual([]);
});
