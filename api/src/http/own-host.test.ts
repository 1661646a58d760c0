import { describe, expect, it } from 'vitest';
import { createIsOwnHost } from './own-host.js';

const origins = ['https://crm.example.com', 'http://b.example:8080'];

describe('a Host header', () => {
  const isOwn = createIsOwnHost({ host: '127.0.0.1', origins });
  it.each([
    ...['localhost', 'LOCALHOST:3001', '127.0.0.1:1', '127.9.9.9', '[::1]:3001', '[::1]'],
    ...['crm.example.com', 'crm.example.com:443', 'CRM.example.com:8443', 'b.example'],
  ])('%s is ours', (host) => expect(isOwn(host)).toBe(true));

  it.each([
    ...[undefined, '', ':3001', 'evil.example', 'evil.example:3001', 'x.crm.example.com'],
    ...['localhost.evil.example', 'localhost.', '10.1.2.3', '0.0.0.0', '[::]', '169.254.1.1'],
    ...[
      'evil.example@localhost',
      'localhost/evil',
      'localhost:3001:80',
      '[::1',
      'a b',
      '\\\\localhost',
    ],
  ])('%s is not', (host) => expect(isOwn(host)).toBe(false));

  it('may be any address where all of them are listened on, but no other name', () => {
    for (const host of ['0.0.0.0', '::']) {
      const isOwnNow = createIsOwnHost({ host, origins });
      expect(isOwnNow('192.168.1.5:3001')).toBe(true);
      expect(isOwnNow('[2001:db8::1]:3001')).toBe(true);
      expect(isOwnNow('evil.example')).toBe(false);
    }
  });

  it('may be the name in HOST', () => {
    expect(createIsOwnHost({ host: 'Box.lan', origins: [] })('box.lan:3001')).toBe(true);
  });
});
