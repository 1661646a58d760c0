import { type BusMessage, subscribe } from '@crmflow/db';
import { describe, expect, it, vi } from 'vitest';
import { hashOfToken } from '../secret-token.js';
import { ask, newUser } from '../testing/ask.js';
import { useTestApi } from '../testing/test-api.js';

const api = useTestApi();

const cookieOf = (headers: Headers) => headers.getSetCookie()[0] ?? '';
const pairOf = (headers: Headers) => cookieOf(headers).split(';', 1)[0]!;

describe('POST /api/auth/register', () => {
  it('201: opens an account and a session, and keeps the address in lower case', async () => {
    const json = { email: ' Ada@Example.com', password: 'correct horse', name: ' Ada ' };
    const { status, body, headers } = await ask(api, 'POST /api/auth/register', { json });
    expect(status).toBe(201);
    expect(body).toEqual({
      token: expect.stringMatching(/^[a-z0-9]{40}$/),
      user: {
        id: expect.any(String),
        email: 'ada@example.com',
        name: 'Ada',
        personality: '',
        locale: 'en',
        emailVerified: false,
        createdAt: expect.stringMatching(/^\d{4}-.*Z$/),
      },
    });
    expect(cookieOf(headers)).toMatch(/^crmflow_session_[0-9a-f]{8}=.*HttpOnly.*SameSite=Lax/);
    expect(cookieOf(headers)).not.toMatch(/Secure/);
  });

  it('stores neither the password nor the token', async () => {
    const { user, token, password } = await newUser(api);
    const stored = await api.deps.db.user.findUniqueOrThrow({
      where: { id: user.id },
      include: { sessions: true },
    });
    expect(stored.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(JSON.stringify(stored)).not.toContain(token);
    expect(JSON.stringify(stored)).not.toContain(password);
    expect((await ask(api, 'GET /api/auth/me', { token: stored.sessions[0]!.id })).status).toBe(
      401,
    );
  });

  it('409 email_taken, whatever the case of its letters', async () => {
    const { user } = await newUser(api);
    const json = { email: user.email.toUpperCase(), password: 'correct horse' };
    const { status, body } = await ask(api, 'POST /api/auth/register', { json });
    expect([status, body.code]).toEqual([409, 'email_taken']);
  });

  it('409 email_taken to all but one of those who come at once', async () => {
    const json = { email: 'race@example.com', password: 'correct horse' };
    const answers = await Promise.all(
      [1, 2, 3, 4].map(() => ask(api, 'POST /api/auth/register', { json })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
  });

  it.each([
    [{}, ['email', 'password']],
    [{ email: 'nobody', password: 'correct horse' }, ['email']],
    [{ email: 'a@example.com', password: 'short' }, ['password']],
    [{ email: 'a@example.com', password: 'x'.repeat(201) }, ['password']],
    [{ email: 'a@example.com', password: 'correct horse', admin: true }, ['admin']],
    [{ email: 'a@example.com', password: 'correct horse', name: 'a\0b' }, ['name']],
    [{ email: 'a@example.com', password: 'correct horse', name: '\ud800' }, ['name']],
  ])('422 for %j', async (json, paths) => {
    const { status, body } = await ask(api, 'POST /api/auth/register', { json });
    expect([status, body.code]).toEqual([422, 'invalid']);
    expect(body.errors.map((one: { path: string }) => one.path)).toEqual(paths);
  });
});

describe('POST /api/auth/login', () => {
  it('200: opens a session', async () => {
    const { user, password } = await newUser(api);
    const json = { email: user.email.toUpperCase(), password };
    const { status, body, headers } = await ask(api, 'POST /api/auth/login', { json });
    expect(status).toBe(200);
    expect(body.user).toEqual(user);
    expect((await ask(api, 'GET /api/auth/me', { token: body.token })).body.user).toEqual(user);
    const byCookie = await ask(api, 'GET /api/auth/me', { headers: { cookie: pairOf(headers) } });
    expect(byCookie.status).toBe(200);
  });

  it('401 bad_credentials, the same for a wrong password and an unknown address', async () => {
    const { user } = await newUser(api);
    const answers = await Promise.all(
      [user.email, 'nobody@example.com'].map((email) =>
        ask(api, 'POST /api/auth/login', { json: { email, password: 'wrong password' } }),
      ),
    );
    const [wrong, unknown] = answers.map(({ status, body: { instance: _, ...body } }) => ({
      status,
      body,
    }));
    expect(wrong).toEqual(unknown);
    expect(wrong).toMatchObject({ status: 401, body: { code: 'bad_credentials' } });
  });

  it('422 for a body without its fields', async () => {
    const { status, body } = await ask(api, 'POST /api/auth/login', { json: { email: 'a@b.c' } });
    expect([status, body.code]).toEqual([422, 'invalid']);
  });
});

describe('POST /api/auth/logout', () => {
  it('204: ends this session and no other', async () => {
    const { user, password, token } = await newUser(api);
    const json = { email: user.email, password };
    const other = (await ask(api, 'POST /api/auth/login', { json })).body.token as string;
    const { status, headers } = await ask(api, 'POST /api/auth/logout', { token });
    expect(status).toBe(204);
    expect(cookieOf(headers)).toMatch(/^crmflow_session_[0-9a-f]{8}=;.*Max-Age=0/);
    expect((await ask(api, 'GET /api/auth/me', { token })).status).toBe(401);
    expect((await ask(api, 'GET /api/auth/me', { token: other })).status).toBe(200);
  });

  it('notifies every process of the ended session', async () => {
    const { token } = await newUser(api);
    const heard: BusMessage[] = [];
    const bus = subscribe(api.deps.config.databaseUrl, {
      onMessage: (message) => heard.push(message),
      onReconnect: () => {},
    });
    await bus.ready;
    await ask(api, 'POST /api/auth/logout', { token });
    const told = { kind: 'session-ended', sessionIds: [hashOfToken(token)] };
    await vi.waitFor(() => expect(heard).toContainEqual(told), { timeout: 5_000 });
    await bus.close();
  });

  it('401 without a session', async () => {
    const { status, body } = await ask(api, 'POST /api/auth/logout');
    expect([status, body.code]).toEqual([401, 'unauthenticated']);
  });
});

describe('/api/auth/me', () => {
  it('200: reads and changes the profile', async () => {
    const { user, token } = await newUser(api);
    const json = { name: 'Grace', personality: 'Speak like a sailor.', locale: 'pt-BR' };
    const changed = await ask(api, 'PATCH /api/auth/me', { token, json });
    expect([changed.status, changed.body]).toEqual([200, { user: { ...user, ...json } }]);
    expect((await ask(api, 'GET /api/auth/me', { token })).body).toEqual(changed.body);
  });

  it('422 for what cannot be changed here', async () => {
    const { token } = await newUser(api);
    const json = { email: 'other@example.com', locale: '?' };
    const { status, body } = await ask(api, 'PATCH /api/auth/me', { token, json });
    expect(status).toBe(422);
    expect(body.errors.map((one: { path: string }) => one.path).sort()).toEqual([
      'email',
      'locale',
    ]);
  });

  it.each(['GET', 'PATCH'])('401 to %s by nobody, and by a made-up token', async (method) => {
    const answers = [
      await ask(api, `${method} /api/auth/me`),
      await ask(api, `${method} /api/auth/me`, { token: 'x'.repeat(40) }),
      await ask(api, `${method} /api/auth/me`, { headers: { authorization: 'Basic abc' } }),
    ];
    for (const { status, body, headers } of answers) {
      expect([status, body.code]).toEqual([401, 'unauthenticated']);
      expect(headers.get('www-authenticate')).toBe('Bearer');
    }
  });

  it('401 once the session has expired', async () => {
    const { user, token } = await newUser(api);
    const expired = { expiresAt: new Date(Date.now() - 1) };
    await api.deps.db.session.updateMany({ where: { userId: user.id }, data: expired });
    expect((await ask(api, 'GET /api/auth/me', { token })).status).toBe(401);
  });

  it('extends a session after half of its seven days', async () => {
    const { user, token } = await newUser(api);
    const soon = new Date(Date.now() + 3 * 24 * 3600 * 1000);
    const where = { userId: user.id };
    await api.deps.db.session.updateMany({ where, data: { expiresAt: soon } });
    await ask(api, 'GET /api/auth/me', { token });
    const { expiresAt } = await api.deps.db.session.findFirstOrThrow({ where });
    expect(expiresAt.getTime() - soon.getTime()).toBeGreaterThan(3.9 * 24 * 3600 * 1000);
  });
});

describe('the cookie of a page of another origin', () => {
  it.each(['https://evil.example', 'null', 'http://127.0.0.1:1'])('403: %s', async (origin) => {
    const { token } = await newUser(api);
    const headers = { cookie: `crmflow_session=${token}`, origin };
    const { status, body } = await ask(api, 'POST /api/auth/logout', { headers });
    expect([status, body.code]).toEqual([403, 'foreign_origin']);
    expect((await ask(api, 'GET /api/auth/me', { token })).status).toBe(200);
  });

  it('403: nor can it sign a browser in', async () => {
    const { user, password } = await newUser(api);
    const json = { email: user.email, password };
    const headers = { origin: 'https://evil.example' };
    const { status, body, ...rest } = await ask(api, 'POST /api/auth/login', { json, headers });
    expect([status, body.code]).toEqual([403, 'foreign_origin']);
    expect(rest.headers.getSetCookie()).toEqual([]);
    const own = { json, headers: { origin: api.url } };
    expect((await ask(api, 'POST /api/auth/login', own)).status).toBe(200);
  });

  it('is fine from our own origin', async () => {
    const { token } = await newUser(api);
    const headers = { cookie: `crmflow_session=${token}`, origin: api.url };
    expect((await ask(api, 'GET /api/auth/me', { headers })).status).toBe(200);
  });
});
