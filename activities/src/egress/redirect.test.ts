import { describe, expect, it } from 'vitest';
import { nextHop } from './redirect.js';

const from = new URL('https://a.example/x');
const hop = {
  method: 'POST',
  url: from.href,
  headers: { 'content-type': 'text/plain', authorization: 's', 'idempotency-key': 'k' },
  body: 'b',
};

describe('nextHop', () => {
  it.each([
    [301, 'POST', 'GET'],
    [302, 'POST', 'GET'],
    [303, 'POST', 'GET'],
    [303, 'DELETE', 'GET'],
    [303, 'HEAD', 'HEAD'],
    [301, 'PUT', 'PUT'],
    [302, 'HEAD', 'HEAD'],
    [307, 'POST', 'POST'],
    [308, 'PATCH', 'PATCH'],
  ])('%i turns %s into %s', (status, method, expected) => {
    expect(nextHop({ ...hop, method }, from, status, '/y')?.method).toBe(expected);
  });

  it('drops the body with the method and keeps it otherwise', () => {
    expect(nextHop(hop, from, 302, '/y')).toEqual({
      method: 'GET',
      url: 'https://a.example/y',
      headers: { authorization: 's', 'idempotency-key': 'k' },
    });
    expect(nextHop(hop, from, 307, '/y')).toEqual({ ...hop, url: 'https://a.example/y' });
  });

  it.each(['https://b.example/', 'http://a.example/', 'https://a.example:8443/', '//b.example'])(
    'sends no secrets to %s',
    (location) => {
      expect(nextHop(hop, from, 307, location)?.headers).toEqual({
        'content-type': 'text/plain',
        'idempotency-key': 'k',
      });
    },
  );

  it.each([
    [Buffer.from('/größe').toString('latin1'), 'https://a.example/gr%C3%B6%C3%9Fe'],
    [
      Buffer.from('/日本?q=語').toString('latin1'),
      'https://a.example/%E6%97%A5%E6%9C%AC?q=%E8%AA%9E',
    ],
    ['/größe', 'https://a.example/gr%F6%DFe'],
    ['/gr%C3%B6%C3%9Fe', 'https://a.example/gr%C3%B6%C3%9Fe'],
    ['/two words ', 'https://a.example/two%20words'],
    [Buffer.from('//münchen.example/').toString('latin1'), 'https://xn--mnchen-3ya.example/'],
    ['?page=2', 'https://a.example/x?page=2'],
    ['../y#part', 'https://a.example/y#part'],
    ['', 'https://a.example/x'],
  ])('reads the location %j as browsers do', (location, url) => {
    expect(nextHop(hop, from, 307, location)?.url).toBe(url);
  });

  it('ends where there is nothing to follow', () => {
    expect(nextHop(hop, from, 304, '/y')).toBeNull();
    expect(nextHop(hop, from, 302, undefined)).toBeNull();
    expect(() => nextHop(hop, from, 302, 'http://[')).toThrow(/an invalid URL/);
  });
});
