import { createHash, createHmac, generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { createPool } from '@crmflow/db';
import { SignJWT } from 'jose';
import type { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databaseUrlOf } from '../support/database-of.js';
import { ask, edge, flowOf, row, say } from '../support/flows.js';
import { useInstallation } from '../support/installation.js';
import { until } from '../support/until.js';
import { deployChat, type Page, shortly, visit } from '../support/visitor.js';

const site = useInstallation({ CRMFLOW_RATE_LIMITS: 'on' });
const secret = 'a-secret-of-the-site-that-is-long-enough';
const pages: Page[] = [];
let pool: Pool;
beforeAll(async () => {
  pool = createPool(await databaseUrlOf(site.system));
});
afterAll(async () => {
  for (const page of pages) page.close();
  await pool?.end();
});

/** Repeats whatever it is told, for ever. */
const echo = () =>
  row([ask('it'), say('echo', 'You said {{ vars.it }}.')], { edges: [edge('echo', 'out', 'it')] });

const deploy = (settings: object = {}, flow = echo()) =>
  deployChat(site.client, flow, { secrets: [secret], ...settings });

type Refusal = { status: number; code: string | undefined; retryAfter: number };

/** One request as nobody sends it by a client of ours. */
async function send(
  method: string,
  path: string,
  { headers = {}, body }: { headers?: Record<string, string>; body?: unknown } = {},
): Promise<Refusal & { response: Response; text: string }> {
  const response = await fetch(site.system.url + path, {
    method,
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const { code } = (text.startsWith('{') ? JSON.parse(text) : {}) as { code?: string };
  const retryAfter = Number(response.headers.get('retry-after') ?? 0);
  return { status: response.status, code, retryAfter, response, text };
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const listOf = (slug: string) => `/api/public/chat/${slug}/conversations`;
const refusal = ({ status, code }: Refusal) => `${status} ${code}`;

/** Whoever gets in of those who should not. */
async function intruders<T>(
  tries: readonly T[],
  attempt: (one: T) => Promise<Refusal>,
  expected: string,
): Promise<unknown[]> {
  const answers = await Promise.all(tries.map(async (one) => [one, refusal(await attempt(one))]));
  return answers.filter(([, answer]) => answer !== expected);
}

describe('the token of a visitor', () => {
  it('lets in nobody who has made it up, stolen a part of it, or had it once', async () => {
    const { slug } = await deploy();
    const other = await deploy();
    const { token } = await visit(site.system.url, slug);
    const erased = await visit(site.system.url, slug);
    expect((await erased.call('DELETE', '/me')).status).toBe(204);
    const expired = await visit(site.system.url, slug);
    await pool.query(`UPDATE "VisitorToken" SET "expiresAt" = now() WHERE "identityId" = $1`, [
      expired.visitorId,
    ]);
    const hash = createHash('sha256').update(token).digest('hex');
    const tokens = [
      ...Array.from({ length: 20 }, () => `crv_${randomBytes(32).toString('base64url')}`),
      ...Array.from({ length: token.length - 1 }, (_, cut) => token.slice(0, cut + 1)),
      ...[`${token}x`, `${token}=`, `x${token}`, token.toLowerCase(), token.toUpperCase()],
      ...[token.slice(4), `crv_${token}`, `crv_${hash}`, hash, `${token},${token}`],
      ...["crv_' OR 1=1 --", 'crv_%', 'crv_null', 'crv_undefined', 'crv_*'],
      ...[(await visit(site.system.url, other.slug)).token, erased.token, expired.token],
      site.client.token,
    ].filter((one) => one !== token);
    const tried = (one: string) => send('GET', listOf(slug), { headers: bearer(one) });
    expect(await intruders(tokens, tried, '401 unauthenticated')).toEqual([]);
    const headers = [
      {},
      ...['', 'Bearer', `Basic ${token}`, token, `Token ${token}`, `Bearer ${token} x`].map(
        (authorization) => ({ authorization }),
      ),
      ...[{ cookie: `session=${token}` }, { 'x-authorization': `Bearer ${token}` }],
    ];
    const sent = (one: object) =>
      send('GET', listOf(slug), { headers: one as Record<string, string> });
    expect(await intruders(headers, sent, '401 unauthenticated')).toEqual([]);
    const inAddress = `${listOf(slug)}?access_token=${token}&token=${token}`;
    expect((await send('GET', inAddress)).status).toBe(401);
    expect((await send('GET', listOf(slug), { headers: bearer(token) })).status).toBe(200);
  });

  it('opens none of what the team has', async () => {
    const { slug } = await deploy();
    const { token } = await visit(site.system.url, slug);
    const { text } = await send('GET', '/api/openapi.json');
    const { paths } = JSON.parse(text) as {
      paths: Record<string, Record<string, { security?: unknown[] }>>;
    };
    const operations = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods)
        .filter(([, { security = [] }]) => security.length > 0)
        .map(([method]) => ({ method: method.toUpperCase(), path })),
    );
    const ofTeam = operations.filter(({ path }) => !path.startsWith('/api/public/'));
    expect(ofTeam.length).toBeGreaterThan(80);
    const tried = ({ method, path }: (typeof ofTeam)[number]) =>
      send(method, path.replaceAll(/\{\w+\}/g, randomUUID()), {
        headers: bearer(token),
        ...(method !== 'GET' && method !== 'DELETE' && { body: {} }),
      });
    expect(await intruders(ofTeam, tried, '401 unauthenticated')).toEqual([]);
  });
});

describe('the identity of a visitor', () => {
  const now = () => Math.floor(Date.now() / 1000);
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const hmac = (text: string, key: string, hash = 'sha256') =>
    createHmac(hash, key).update(text).digest('base64url');

  /** A JWT as no library makes it. */
  function forge(header: object, claims: object, key: string = secret, hash?: string): string {
    const signed = `${part(header)}.${part(claims)}`;
    return `${signed}.${hmac(signed, key, hash)}`;
  }

  it('is believed of nobody but the site, for an hour at most', async () => {
    const { slug } = await deploy();
    const other = await deploy({ secrets: ['the-secret-of-another-site-of-the-same-team'] });
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const pem = publicKey.export({ type: 'spki', format: 'pem' }) as string;
    const claims = { sub: 'u1', exp: now() + 600 };
    const hs256 = { alg: 'HS256', typ: 'JWT' };
    const rs256 = await new SignJWT({ ...claims })
      .setProtectedHeader({ alg: 'RS256', jwk: publicKey.export({ format: 'jwk' }) })
      .sign(privateKey);
    const good = forge(hs256, claims);
    const [header, payload, signature] = good.split('.') as [string, string, string];
    const forged = [
      ...['none', 'None', 'NONE', 'nOnE', ''].map((alg) => forge({ alg }, claims)),
      ...['none', 'None'].map((alg) => `${part({ alg })}.${payload}.`),
      ...[rs256, forge({ alg: 'RS256' }, claims), forge({ alg: 'RS256' }, claims, pem)],
      ...[forge(hs256, claims, pem), forge(hs256, claims, ''), forge(hs256, claims, slug)],
      forge({ alg: 'HS384' }, claims, secret, 'sha384'),
      forge({ alg: 'HS512' }, claims, secret, 'sha512'),
      forge(hs256, claims, 'the-secret-of-another-site-of-the-same-team'),
      forge({ ...hs256, crit: ['x'], x: 1 }, claims),
      forge({ ...hs256, b64: false, crit: ['b64'] }, claims),
      forge({ ...hs256, kid: '../../dev/null', jku: 'http://127.0.0.1/' }, claims, ''),
      ...[`${header}.${part({ ...claims, sub: 'admin' })}.${signature}`, `${header}.${payload}`],
      ...[`${header}.${payload}.`, `.${payload}.${signature}`, `${good}.x`, `${good}x`, '..', ''],
      ...[
        now() - 61,
        now() - 3_600,
        0,
        -1,
        now() + 3_700,
        now() + 1e9,
        1e308,
        `${now() + 600}`,
      ].map((exp) => forge(hs256, { ...claims, exp })),
      ...[null, undefined, true, [], {}].map((exp) => forge(hs256, { ...claims, exp })),
      ...[null, undefined, '', 7, {}, 'x'.repeat(201)].map((sub) =>
        forge(hs256, { ...claims, sub }),
      ),
      forge(hs256, { ...claims, nbf: now() + 300 }),
      forge(hs256, { ...claims, name: 'x'.repeat(201) }),
      forge(hs256, { ...claims, attributes: { deep: { er: 1 } } }),
      forge(hs256, {
        ...claims,
        attributes: Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`a${i}`, i])),
      }),
    ];
    const enter = (identity: string) =>
      send('POST', `/api/public/chat/${slug}/visitors`, { body: { identity } });
    expect(await intruders(forged, enter, '403 identity_invalid')).toEqual([]);
    const huge = forge(hs256, { ...claims, attributes: { a: 'x'.repeat(20_000) } });
    expect(refusal(await enter(huge))).toBe('422 invalid');
    const elsewhere = await send('POST', `/api/public/chat/${other.slug}/visitors`, {
      body: { identity: good },
    });
    expect(refusal(elsewhere)).toBe('403 identity_invalid');
    expect((await enter(good)).status).toBe(201);
  });

  it('is needed where the chat is for users of its site only', async () => {
    const { slug } = await deploy({ identity: 'required' });
    const anonymous = await send('POST', `/api/public/chat/${slug}/visitors`, { body: {} });
    expect(refusal(anonymous)).toBe('403 identity_invalid');
  });

  it('is not what somebody types into the input', async () => {
    const greet = say('hi', 'Hello {{ has(input.visitor) ? input.visitor.name : "stranger" }}!');
    const flow = flowOf([greet, ask('it')], [edge('start', 'out', 'hi'), edge('hi', 'out', 'it')]);
    const { slug } = await deploy({}, flow);
    const visitor = await visit(site.system.url, slug);
    const id = await visitor.begin({ input: { visitor: { id: 'admin', name: 'Mallory' } } });
    const page = visitor.open(id);
    pages.push(page);
    await until('a greeting', () => page.told.length === 2);
    expect(shortly(page.told)).toEqual(['flow: Hello stranger!', 'waiting any']);
    const input = JSON.parse('{"__proto__":{"visitor":{"name":"Mallory"}}}') as object;
    const polluting = await visitor.call('POST', '/conversations', { requestId: 'p', input });
    expect([polluting.status, polluting.body['code']]).toEqual([422, 'invalid']);
  });
});

describe('a flood from one address', () => {
  it('of conversations is stopped, and says when to come again', async () => {
    const limits = { conversationsPerHour: 3, openConversations: 100 };
    const { slug } = await deploy({ limits });
    const visitor = await visit(site.system.url, slug);
    const first = { requestId: 'first' };
    expect((await visitor.call('POST', '/conversations', first)).status).toBe(201);
    const flood = await Promise.all(
      Array.from({ length: 10 }, (_, i) =>
        send('POST', listOf(slug), { headers: bearer(visitor.token), body: { requestId: `${i}` } }),
      ),
    );
    const answers = flood.map(refusal).sort();
    expect(answers).toEqual([
      ...['201 undefined', '201 undefined'],
      ...Array<string>(8).fill('429 over_limit'),
    ]);
    for (const { status, retryAfter } of flood) {
      if (status === 429) expect(retryAfter).toBeGreaterThan(3_000);
    }
    const again = await visit(site.system.url, slug);
    const stranger = await again.call('POST', '/conversations', { requestId: 'mine' });
    expect([stranger.status, stranger.body['code']]).toEqual([429, 'over_limit']);
    expect((await visitor.call('POST', '/conversations', first)).status).toBe(200);
  });

  it('of open conversations is stopped for this visitor alone', async () => {
    const { slug } = await deploy({ limits: { openConversations: 2 } });
    const visitor = await visit(site.system.url, slug);
    const begin = (as: typeof visitor) =>
      as.call('POST', '/conversations', { requestId: randomUUID() });
    const answers = await Promise.all(Array.from({ length: 5 }, () => begin(visitor)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 429, 429, 429]);
    expect((await begin(await visit(site.system.url, slug))).status).toBe(201);
  });

  it('of messages is stopped, and the conversation goes on afterwards', async () => {
    const { slug } = await deploy({ limits: { messagesPer10Minutes: 100 } });
    const visitor = await visit(site.system.url, slug);
    const id = await visitor.begin();
    const page = visitor.open(id);
    pages.push(page);
    const path = `${listOf(slug)}/${id}/messages`;
    const flood = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        send('POST', path, {
          headers: bearer(visitor.token),
          body: { messageId: `flood-${i}`, text: `flood ${i}` },
        }),
      ),
    );
    const refused = flood.filter(({ status }) => status !== 202);
    expect(refused.length).toBe(15);
    expect(new Set(refused.map(refusal))).toEqual(new Set(['429 over_limit']));
    for (const { retryAfter } of refused) expect(retryAfter).toBeLessThanOrEqual(3);
    await visitor.say(id, 'calm');
    await until('an answer', () => shortly(page.told).includes('flow: You said calm.'));
    const said = page.told.filter((event) => event.type === 'message' && event.role === 'visitor');
    expect(said.length).toBe(6);
    expect(page.faults).toEqual([]);
  });

  it('of messages is stopped for ten minutes by what the chat says', async () => {
    const { slug } = await deploy({ limits: { messagesPer10Minutes: 2 } });
    const visitor = await visit(site.system.url, slug);
    const id = await visitor.begin();
    const answers = [];
    for (let i = 0; i < 3; i += 1) {
      const body = { messageId: `${i}`, text: 'x' };
      const headers = bearer(visitor.token);
      answers.push(await send('POST', `${listOf(slug)}/${id}/messages`, { headers, body }));
    }
    expect(answers.map(refusal)).toEqual(['202 undefined', '202 undefined', '429 over_limit']);
    expect(answers[2]?.retryAfter).toBeGreaterThan(500);
    expect((await visitor.call('GET', `/conversations/${id}/events`)).status).toBe(200);
  });

  it('of open pages is stopped, and closing one lets in another', async () => {
    const { slug } = await deploy({ limits: { streamsPerAddress: 2 } });
    const visitor = await visit(site.system.url, slug);
    const id = await visitor.begin();
    const open = async () => {
      const closing = new AbortController();
      const response = await fetch(`${site.system.url}${listOf(slug)}/${id}/events`, {
        headers: { ...bearer(visitor.token), accept: 'text/event-stream' },
        signal: closing.signal,
      });
      return { response, close: () => closing.abort() };
    };
    const opened = [await open(), await open()];
    expect(opened.map(({ response }) => response.status)).toEqual([200, 200]);
    const refused = await open();
    expect(refused.response.status).toBe(429);
    expect(refused.response.headers.get('retry-after')).toBe('30');
    expect(await refused.response.json()).toMatchObject({ code: 'over_limit' });
    opened[0]?.close();
    const next = await until('room', async () => {
      const one = await open();
      return one.response.status === 200 && one;
    });
    for (const one of [...opened, next]) one.close();
    // Whoever leaves before an answer takes no room for long.
    for (let round = 0; round < 30; round += 1) {
      const hasty = new AbortController();
      const leaving = fetch(`${site.system.url}${listOf(slug)}/${id}/events`, {
        headers: { ...bearer(visitor.token), accept: 'text/event-stream' },
        signal: hasty.signal,
      }).catch(() => undefined);
      setTimeout(() => hasty.abort(), round % 6);
      await leaving;
    }
    await until('room for two', async () => {
      const both = [await open(), await open()];
      for (const { close } of both) close();
      return both.every(({ response }) => response.status === 200);
    });
  });
});

describe('what a visitor sends', () => {
  it('is refused where it is too large, and changes nothing', async () => {
    const { slug } = await deploy({ limits: { messageBytes: 100 } });
    const visitor = await visit(site.system.url, slug);
    const id = await visitor.begin();
    const path = `${listOf(slug)}/${id}/messages`;
    const say = (text: string) =>
      send('POST', path, { headers: bearer(visitor.token), body: { messageId: 'm', text } });
    expect(refusal(await say('x'.repeat(101)))).toBe('413 message_too_large');
    expect(refusal(await say('é'.repeat(51)))).toBe('413 message_too_large');
    expect(refusal(await say('x'.repeat(200_000)))).toMatch(/^413 /);
    expect((await say('é'.repeat(50))).status).toBe(202);
  });

  it('finds no conversation of anybody else', async () => {
    const { slug } = await deploy();
    const { slug: away } = await deploy();
    const [ada, ben, eve] = await Promise.all([
      visit(site.system.url, slug),
      visit(site.system.url, slug),
      visit(site.system.url, away),
    ]);
    const ids = [await ada.begin(), await ada.begin()];
    const tries = [...ids, randomUUID(), 'null', '0', '*', '%25', '..%2F..', ids[0]!.toUpperCase()]
      .flatMap((id) =>
        [
          ['GET', `${id}/events`],
          ['GET', `${id}/events?afterSeq=0`],
          ['POST', `${id}/messages`, { messageId: 'm', text: 'x' }],
          ['POST', `${id}/typing`],
          ['POST', `${id}/rating`, { score: 1 }],
        ].map(([method, path, body]) => ({ method, path, body })),
      )
      .flatMap((one) => [
        { ...one, token: ben.token, at: slug },
        { ...one, token: eve.token, at: away },
      ]);
    // The burst of messages that one visitor may send is below that.
    for (const { token, at, ...one } of tries) {
      const answer = await send(one.method as string, `${listOf(at)}/${one.path as string}`, {
        headers: bearer(token),
        ...(one.body !== undefined && { body: one.body }),
      });
      expect(['404 not_found', '429 over_limit'], one.path as string).toContain(refusal(answer));
    }
    expect((await ada.call('GET', `/conversations/${ids[0]}/events`)).status).toBe(200);
  });

  it.each([
    ...['..', '.', '%2e%2e', '%00', 'SHOP', 'ß', "a'b", 'a%2Fb', 'a%5Cb', 'a%0d%0aX-Evil:1'],
    ...['__proto__', '%F0%9F%92%A9', '%E0%A4%A', 'a'.repeat(61), 'a'.repeat(4_000), '-', '%25'],
    ...['a;b', 'a%3Fb', 'a%23b', '*', "'%20OR%201=1"],
  ])('names no chat by %s', async (slug) => {
    for (const [method, path, body] of [
      ['GET', `/api/public/chat/${slug}`],
      ['OPTIONS', `/api/public/chat/${slug}`],
      ['POST', `/api/public/chat/${slug}/visitors`, {}],
      ['GET', `/api/public/chat/${slug}/conversations`],
      ['GET', `/c/${slug}`],
    ] as const) {
      const { status, response } = await send(method, path, body && { body });
      // Of what is normalised before it is sent, `/c/..` is the web app.
      if (path !== '/c/..' && path !== '/c/.' && path !== '/c/%2e%2e') {
        expect([400, 404, 405], `${method} ${path}`).toContain(status);
      }
      expect(response.headers.get('x-evil')).toBeNull();
    }
  });
});

describe('a blocked contact', () => {
  it('reads on, and writes no more', async () => {
    const { slug } = await deploy({ limits: { openConversations: 10 } });
    const visitor = await visit(site.system.url, slug);
    const id = await visitor.begin();
    const page = visitor.open(id);
    pages.push(page);
    await visitor.say(id, 'one');
    await until('an answer', () => shortly(page.told).includes('flow: You said one.'));
    const { rows } = await pool.query<{ contactId: string }>(
      'SELECT "contactId" FROM "Conversation" WHERE id = $1',
      [id],
    );
    const contact = `/api/contacts/${rows[0]?.contactId}`;
    expect((await site.client.call('PATCH', contact, { blocked: true })).status).toBe(200);
    for (const [path, body] of [
      [`/conversations/${id}/messages`, { messageId: 'm', text: 'x' }],
      [`/conversations/${id}/rating`, { score: 1 }],
      ['/conversations', { requestId: 'again' }],
    ] as const) {
      const answer = await visitor.call('POST', path, body);
      expect([answer.status, answer.body['code']]).toEqual([403, 'contact_blocked']);
    }
    for (const path of [`/conversations/${id}/events`, '/conversations', '/me']) {
      expect((await visitor.call('GET', path)).status).toBe(200);
    }
    const late = visitor.open(id);
    pages.push(late);
    await until('the same', () => late.told.length === page.told.length);
    expect((await visitor.call('DELETE', '/me')).status).toBe(204);
  });
});
