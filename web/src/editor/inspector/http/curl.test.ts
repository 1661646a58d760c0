import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCurl, shellWords } from './curl.js';

const data = (text: string) => readCurl(text)?.data;

describe('shellWords', () => {
  it('reads quotes, escapes and broken lines as a shell does', () => {
    expect(shellWords(`curl 'a b' "c \\"d\\"" e\\ f \\\n  g'h'"i"`)).toEqual([
      ...['curl', 'a b', 'c "d"', 'e f', 'ghi'],
    ]);
    expect(shellWords(`-d $'it\\'s\\n' ''`)).toEqual(['-d', "it's\n", '']);
  });
});

describe('readCurl', () => {
  it('reads what documentation of services shows', () => {
    const text = `curl -sSL -X POST https://api.example.com/people?active=true \\
      -H 'Content-Type: application/json' -H "Accept: application/json" \\
      -d '{"name": "Ada", "tags": ["a"]}'`;
    expect(readCurl(text)).toEqual({
      data: {
        method: 'POST',
        url: 'https://api.example.com/people',
        query: { active: 'true' },
        headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
        body: { name: 'Ada', tags: ['a'] },
      },
      hadKey: false,
      leftOut: [],
    });
  });

  it('posts what has data, as fields of a form where it is one', () => {
    expect(data('curl example.com -d name=Ada --data-urlencode "city=New York"')).toMatchObject({
      ...{ method: 'POST', url: 'https://example.com' },
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: { name: 'Ada', city: 'New York' },
    });
    expect(data('curl -G https://a.example -d q=x')).toMatchObject({
      ...{ method: 'GET', query: { q: 'x' } },
    });
    expect(data("curl https://a.example --json '[1]'")).toMatchObject({ body: [1] });
    expect(data("curl https://a.example -d 'a=1&a=2'")).toMatchObject({ body: 'a=1&a=2' });
    expect(data('curl -I https://a.example')).toMatchObject({ method: 'HEAD' });
    expect(data('curl -XPUT https://a.example')).toMatchObject({ method: 'PUT' });
  });

  it('never takes a key over', () => {
    const secret = 'sk-1234567890';
    for (const [option, auth] of [
      [`-H 'Authorization: Bearer ${secret}'`, { in: 'bearer', secret: '' }],
      [`-H 'X-API-Key: ${secret}'`, { in: 'header', name: 'X-API-Key', secret: '' }],
      [`-u user:${secret}`, undefined],
      [`-H 'Authorization: Basic ${secret}'`, undefined],
      [`--cookie 'session=${secret}'`, undefined],
    ] as const) {
      const read = readCurl(`curl https://a.example ${option}`);
      expect(read?.hadKey).toBe(true);
      expect(read?.data.auth).toEqual(auth);
      expect(JSON.stringify(read)).not.toContain(secret);
    }
    const inQuery = readCurl(`curl 'https://a.example?api_key=${secret}&page=2'`);
    expect(inQuery?.data).toMatchObject({ query: { page: '2' }, auth: { name: 'api_key' } });
    expect(JSON.stringify(inQuery)).not.toContain(secret);
  });

  it('leaves out who signs in by the address', () => {
    expect(readCurl('curl https://ada:pw1234@a.example/x')).toMatchObject({
      data: { url: 'https://a.example/x' },
      hadKey: true,
    });
  });

  it('says what it leaves out', () => {
    expect(readCurl('curl --cert file https://a.example')?.data.url).toBe('https://a.example');
    expect(readCurl('curl https://a.example -F a=@b.png --cert c -d @file')?.leftOut).toEqual([
      ...['--form', '--cert', '--data'],
    ]);
    expect(readCurl('curl -X PURGE https://a.example')?.leftOut).toEqual(['-X PURGE']);
  });

  it('is nothing where it is no command, or has no address', () => {
    for (const text of ['', 'wget https://a.example', 'https://a.example', 'curl -s']) {
      expect(readCurl(text)).toBeUndefined();
    }
  });

  it('bears any text', () => {
    fc.assert(fc.property(fc.string(), (text) => void readCurl(`curl ${text}`)));
  });
});
