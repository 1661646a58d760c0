import { describe, expect, it } from 'vitest';
import { keyHostSchema, storeKeySchema } from './key.js';

describe('a host of a key', () => {
  it.each([
    ['api.example.com', 'api.example.com'],
    ['API.Example.com:8443', 'api.example.com:8443'],
    ['localhost', 'localhost'],
    ['127.0.0.1:80', '127.0.0.1:80'],
    ['my_service.internal:65535', 'my_service.internal:65535'],
    ['xn--bcher-kva.example', 'xn--bcher-kva.example'],
  ])('%s', (host, stored) => {
    expect(keyHostSchema.parse(host)).toBe(stored);
  });

  it.each([
    '',
    '*',
    '*.example.com',
    'https://example.com',
    'example.com/path',
    'example.com:',
    'example.com:0',
    'example.com:65536',
    'user@example.com',
    'example.com?x',
    'example.com#x',
    'example.com\\x',
    'exa mple.com',
    'example.com\n',
    '.example.com',
    'example..com',
    'example.com.',
    '-example.com',
    '1.2.3',
    '256.1.1.1',
    '0177.0.0.1',
    '1.2.3.4.5',
    '0x7f000001',
    '2130706433',
    '[::1]',
    'bücher.example',
    '{{ vars.host }}',
  ])('is not %j', (host) => {
    expect(keyHostSchema.safeParse(host).success).toBe(false);
  });
});

describe('a key to store', () => {
  const valid = { service: 'crm', key: 'sk-0123456789' };

  it.each([
    { ...valid },
    { ...valid, service: 'a' },
    { ...valid, service: 'My.Service_2-x' },
    { ...valid, key: 'a b c d e f' },
    { ...valid, hosts: [] },
  ])('%j', (body) => {
    expect(storeKeySchema.parse(body)).toEqual(body);
  });

  it('names each host once, in an order of its own', () => {
    const { hosts } = storeKeySchema.parse({ ...valid, hosts: ['b.io', 'A.io', 'a.io', 'B.io'] });
    expect(hosts).toEqual(['a.io', 'b.io']);
  });

  it.each([
    ['service', ''],
    ['service', '../x'],
    ['service', '.hidden'],
    ['service', 'a b'],
    ['service', 'x'.repeat(65)],
    ['key', ''],
    ['key', '1234567'],
    ['key', 'x'.repeat(4097)],
    ['key', 'line\nbreak0'],
    ['key', '0123456789\n'],
    ['key', ' 0123456789'],
    ['key', 'nul\0nul\0nul'],
    ['key', 'schlüssel-0123'],
    ['hosts', 'api.example.com'],
    ['hosts', Array.from({ length: 21 }, (_, i) => `h${i}.example`)],
    ['more', 1],
  ])('is not one where %s is %j', (field, value) => {
    const result = storeKeySchema.safeParse({ ...valid, [field]: value });
    expect(result.error?.issues.length).toBeGreaterThan(0);
  });
});
