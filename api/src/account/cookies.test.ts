import { describe, expect, it } from 'vitest';
import { createCookie } from './cookies.js';

const keyOf = (fill: number) => Buffer.alloc(32, fill).toString('base64');
const over = (publicUrl: string, fill = 1, previous: string[] = []) =>
  createCookie(
    { publicUrl, encryptionKey: keyOf(fill), previousEncryptionKeys: previous },
    'session',
    ['crmflow_session'],
  );
const pairOf = (header: string) => header.split(';', 1)[0]!;

describe('a cookie', () => {
  it('over https takes the prefix that no other host can set, and reads no other', () => {
    const cookie = over('https://crm.example.com');
    expect(cookie.set('abc')).toBe(
      '__Host-crmflow_session=abc; HttpOnly; Max-Age=34560000; Path=/; SameSite=Lax; Secure',
    );
    expect(cookie.read('a=1; __Host-crmflow_session=abc')).toBe('abc');
    expect(cookie.read('crmflow_session=abc')).toBeNull();
  });

  it('over http has a name of its own in each installation of a host', () => {
    const [one, two] = [over('http://localhost:3001', 1), over('http://localhost:4001', 2)];
    const both = `${pairOf(one.set('one'))}; ${pairOf(two.set('two'))}`;
    expect([one.read(both), two.read(both)]).toEqual(['one', 'two']);
    expect(pairOf(one.clear())).toBe(pairOf(one.set('')));
  });

  it('is found by the name that it had before', () => {
    const old = over('http://localhost:3001', 1);
    const rotated = over('http://localhost:3001', 2, [keyOf(1)]);
    expect(rotated.read(pairOf(old.set('abc')))).toBe('abc');
    expect(rotated.read('crmflow_session=abc')).toBe('abc');
  });

  it.each(['', 'x', '%E0=%E0', 'crmflow_session', 'crmflow_session=', ';;=;'])(
    'is not there in "%s"',
    (header) => expect(over('http://localhost').read(header)).toBeNull(),
  );
});
