import { expect, it } from 'vitest';
import { mayReadMetrics } from './may-read.js';

const token = 'a token of twenty';
const from = (remoteAddress: string | undefined, headers = {}) => ({ remoteAddress, headers });

it.each(['127.0.0.1', '127.8.0.1', '::1', '::ffff:127.0.0.1'])('%s may', (address) => {
  expect(mayReadMetrics(from(address))).toBe(true);
});

it.each(['10.0.0.1', '::ffff:10.0.0.1', '2001:db8::1', undefined])('%s may not', (address) => {
  expect(mayReadMetrics(from(address))).toBe(false);
});

it.each(['x-forwarded-for', 'x-real-ip', 'forwarded', 'via'])(
  'a proxy on this machine that says %s may not',
  (name) => {
    expect(mayReadMetrics(from('127.0.0.1', { [name]: '127.0.0.1' }))).toBe(false);
  },
);

it('whoever has the token may, from anywhere', () => {
  const headers = { authorization: `Bearer ${token}`, 'x-forwarded-for': '10.0.0.1' };
  expect(mayReadMetrics(from('10.0.0.1', headers), token)).toBe(true);
});

it('a wrong token may not, and none opens where none is set', () => {
  expect(mayReadMetrics(from('10.0.0.1', { authorization: 'Bearer x' }), token)).toBe(false);
  expect(mayReadMetrics(from('10.0.0.1', { authorization: 'Bearer undefined' }))).toBe(false);
});
