import { dataSchemas } from '@crmflow/contracts';
import { describe, expect, it } from 'vitest';
import { checkAuth } from './check-auth.js';

const bearer = { secret: 'crm', in: 'bearer' as const };
const codesOf = (data: object) =>
  checkAuth(dataSchemas.http.parse(data)).map(({ code, field }) => [code, field]);

describe('an integration with a stored key', () => {
  it.each([
    ['https://api.example.com/{{ vars.id }}'],
    ['https://api.example.com?q={{ vars.q }}'],
    ['https://api.example.com#{{ vars.q }}'],
    ['http://127.0.0.1:8080/x'],
  ])('may call %s', (url) => {
    expect(codesOf({ url, auth: bearer })).toEqual([]);
  });

  it.each([
    ['https://{{ vars.host }}/'],
    ['https://api.{{ vars.host }}'],
    ['https://api.example.com:{{ vars.port }}/'],
    ['https://api.example.com{{ vars.rest }}/'],
    ['https://{{ vars.user }}@api.example.com/'],
    ['https://{{ vars.a ? "x" : "y" }}.example.com/'],
    ['https:///{{ vars.host }}/'],
    ['https:/\\/{{ vars.host }}/'],
    ['https://\t/{{ vars.host }}/'],
    ['HTTPS://\n{{ vars.host }}/'],
  ])('may not go to a host that a value makes: %j', (url) => {
    expect(codesOf({ url, auth: bearer })).toEqual([['auth_host_templated', 'url']]);
    expect(codesOf({ url })).toEqual([]);
  });

  it.each([
    [{ auth: { in: 'bearer' } }, 'data_missing', 'auth.secret'],
    [{ auth: { secret: 'crm', in: 'header' } }, 'data_missing', 'auth.name'],
    [{ auth: { secret: 'crm', in: 'query', name: ' ' } }, 'data_missing', 'auth.name'],
    [{ auth: { secret: 'crm', in: 'header', name: 'a b' } }, 'header_invalid', 'auth.name'],
    [{ auth: bearer, headers: { AUTHORIZATION: 'x' } }, 'data_conflict', 'headers.AUTHORIZATION'],
    [
      { auth: { secret: 'crm', in: 'header', name: 'X-Key' }, headers: { 'x-key': '' } },
      'data_conflict',
      'headers.x-key',
    ],
    [
      { auth: { secret: 'crm', in: 'query', name: 'key' }, query: { key: '' } },
      'data_conflict',
      'query.key',
    ],
  ])('%j', (data, code, field) => {
    expect(codesOf({ url: 'https://api.example.com/', ...data })).toEqual([[code, field]]);
  });
});
