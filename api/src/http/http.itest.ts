import { randomUUID } from 'node:crypto';
import { request as rawRequest } from 'node:http';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ask, newUser } from '../testing/ask.js';
import { useTestApi } from '../testing/test-api.js';
import type { RouteDocs } from './route-docs.js';
import { openRoute } from './route.js';

const docs: RouteDocs = { tag: 'System', summary: 'A test', answers: { 200: null } };
const log: string[] = [];
const api = useTestApi({
  onLog: (line) => log.push(line),
  environment: { CORS_ORIGINS: 'https://friend.example' },
  routes: () => [
    openRoute({
      method: 'post',
      docs,
      path: '/api/test/echo',
      body: z.looseObject({}),
      handle: async ({ body }) => ({ status: 200, body }),
    }),
    openRoute({
      method: 'get',
      docs,
      path: '/api/test/search',
      query: z.object({ name: z.string() }),
      handle: async () => ({ status: 204 }),
    }),
    openRoute({
      method: 'get',
      docs,
      path: '/api/test/fault',
      handle: () => Promise.reject(new Error('secret of the house')),
    }),
  ],
});

const json = { 'content-type': 'application/json' };

describe('a request that cannot be read', () => {
  it.each([
    ['{"a":', json, 400, 'bad_request'],
    ['"text"', json, 400, 'bad_request'],
    ['<a/>', { 'content-type': 'text/xml' }, 415, 'unsupported_media_type'],
    ['a=1', { 'content-type': 'application/x-www-form-urlencoded' }, 415, 'unsupported_media_type'],
    ['{}', { 'content-type': 'application/json; charset=latin9' }, 415, 'unsupported_media_type'],
    ['{}', { ...json, 'content-encoding': 'pigeon' }, 415, 'unsupported_media_type'],
    ['{"a":"\\u0000"}', json, 422, 'invalid'],
    ['{"a":"\\ud800"}', json, 422, 'invalid'],
    ['{"__proto__":{}}', json, 422, 'invalid'],
    [`{"a":${'['.repeat(5_000)}${']'.repeat(5_000)}}`, json, 422, 'invalid'],
    [`{"a":"${'x'.repeat(16_000)}"}`, json, 413, 'too_large'],
  ])('%.20s with %j is %i %s', async (raw, headers, status, code) => {
    const answer = await ask(api, 'POST /api/test/echo', { raw, headers });
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  it('an address with broken escapes is 400', async () => {
    const { status, body } = await ask(api, 'GET /api/workflows/%E0');
    expect([status, body.code]).toEqual([400, 'bad_request']);
  });

  it('a query with what no database keeps is 400', async () => {
    const { status, body } = await ask(api, 'GET /api/test/search?name=a%00');
    expect([status, body.code, body.errors[0].path]).toEqual([400, 'bad_request', 'name']);
    expect((await ask(api, 'GET /api/test/search?name=a')).status).toBe(204);
  });

  it('no body at all is an empty one', async () => {
    expect(await ask(api, 'POST /api/test/echo')).toMatchObject({ status: 200, body: {} });
  });
});

describe('what is not there', () => {
  it.each(['GET /api', 'GET /api/nothing', 'POST /api/nothing', 'DELETE /nothing', 'GET /'])(
    '404 for %s',
    async (what) => {
      const { status, body, headers } = await ask(api, what);
      expect([status, body.code]).toEqual([404, 'not_found']);
      expect(headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    },
  );

  it('405 with the methods that are, for a method that is not', async () => {
    const { status, body, headers } = await ask(api, 'DELETE /api/workflows');
    expect([status, body.code]).toEqual([405, 'method_not_allowed']);
    expect(headers.get('allow')).toBe('HEAD, GET, POST');
  });
});

describe('a problem document', () => {
  it('has all its members', async () => {
    const id = randomUUID();
    const { body } = await ask(api, 'GET /api/nothing', { headers: { 'x-request-id': id } });
    expect(body).toEqual({
      type: '/docs/errors/not_found',
      status: 404,
      title: 'Resource not found',
      detail: 'No endpoint matches GET /api/nothing. All endpoints are listed at /api/docs.',
      code: 'not_found',
      instance: id,
    });
    expect((await ask(api, 'GET /docs/errors/toString')).status).toBe(404);
  });

  it('shows only the request ID of an internal error; the log has the details', async () => {
    const { status, body, text, headers } = await ask(api, 'GET /api/test/fault');
    expect([status, body.code]).toEqual([500, 'internal']);
    expect(text).not.toContain('secret of the house');
    expect(body.instance).toBe(headers.get('x-request-id'));
    const line = log.find((one) => one.includes('secret of the house'));
    expect(JSON.parse(line!)).toMatchObject({ level: 50, req: { id: body.instance } });
  });
});

describe('request ids', () => {
  it('are generated if none or an invalid one was sent', async () => {
    for (const id of ['', 'a b', 'x'.repeat(101)]) {
      const headers: Record<string, string> = id === '' ? {} : { 'x-request-id': id };
      const answer = await ask(api, 'GET /health', { headers });
      expect(answer.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    }
  });
});

describe('the log', () => {
  it('has a line for each request, without any secret of it', async () => {
    const { token, password, user } = await newUser(api);
    const cookie = `crmflow_session=${token}`;
    await ask(api, 'GET /api/auth/me?token=in-the-address', { headers: { cookie } });
    await ask(api, 'POST /api/auth/login', { json: { email: user.email, password } });
    const text = log.join('');
    expect(text).toContain('/api/auth/me');
    for (const secret of [token, password, 'in-the-address']) expect(text).not.toContain(secret);
  });

  it('blacks out what is named like a secret', () => {
    const before = log.length;
    const { logger } = api.deps;
    logger.info({ password: 'S1', user: { token: 'S2', deep: { apiKey: 'S3' } } }, 'hello');
    logger.info({ req: { headers: { authorization: 'S4', cookie: 'S5', 'set-cookie': 'S6' } } });
    const text = log.slice(before).join('');
    expect(text).toContain('hello');
    expect(text).not.toMatch(/S\d/);
  });
});

describe('browsers', () => {
  it('get security headers', async () => {
    const { headers } = await ask(api, 'GET /health');
    expect(headers.get('content-security-policy')).toContain("script-src 'self'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('strict-transport-security')).toBeNull();
  });

  it('may let pages of configured origins in, and no others', async () => {
    const allowed = async (origin: string) => {
      const headers = { origin, 'access-control-request-method': 'POST' };
      const answer = await ask(api, 'OPTIONS /api/auth/login', { headers });
      return answer.headers.get('access-control-allow-origin');
    };
    expect(await allowed('https://friend.example')).toBe('https://friend.example');
    expect(await allowed('https://evil.example')).toBeNull();
  });

  it('may send the cookie from a configured origin', async () => {
    const { token } = await newUser(api);
    const headers = { cookie: `crmflow_session=${token}`, origin: 'https://friend.example' };
    expect((await ask(api, 'GET /api/auth/me', { headers })).status).toBe(200);
  });
});

describe('a host that is not ours', () => {
  const told = (host: string, method: string, path: string, body = '') =>
    new Promise<[number | undefined, string | undefined]>((resolve, reject) => {
      const { port } = new URL(api.url);
      const headers = { ...json, host, origin: `http://${host}` };
      rawRequest({ port, method, path, headers }, (response) => {
        response.resume();
        resolve([response.statusCode, response.headers['set-cookie']?.[0]]);
      })
        .on('error', reject)
        .end(body);
    });

  it.each([
    ['POST', '/api/auth/register', '{"email":"evil@x.example","password":"correct horse"}'],
    ['GET', '/metrics', ''],
    ['GET', '/api/openapi.json', ''],
    ['GET', '/', ''],
  ])('421 to %s %s', async (method, path, body) => {
    expect(await told('evil.example:3001', method, path, body)).toEqual([421, undefined]);
    const own = (await told('localhost:1234', method, path, body))[0];
    expect(own).not.toBe(421);
  });
});

it('a client that goes away in the middle of its body harms nobody', async () => {
  const { port } = new URL(api.url);
  const headers = { ...json, 'content-length': '1000' };
  const request = rawRequest({ port, method: 'POST', path: '/api/test/echo', headers });
  request.on('error', () => {});
  await new Promise((resolve) => request.write('{"a":', resolve));
  request.destroy();
  expect((await ask(api, 'GET /health')).status).toBe(200);
});
