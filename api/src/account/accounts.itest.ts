import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ask, newUser } from '../testing/ask.js';
import { startTestApi, type TestApi } from '../testing/test-api.js';
import { changePassword } from './change-password.js';
import { createPasswords } from './passwords.js';
import { hashOfToken } from '../secret-token.js';

const mails: string[] = [];
const smtp = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onData(stream, _, callback) {
    let text = '';
    stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
    stream.on('end', () => {
      // Quoted-printable: soft line breaks and `=3D`.
      mails.push(text.replaceAll(/=\r\n/g, '').replaceAll('=3D', '='));
      callback();
    });
  },
});
let api: TestApi;
beforeAll(async () => {
  const port = await new Promise<number>((resolve) => {
    const server = smtp.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    });
  });
  api = await startTestApi({
    environment: {
      SMTP_URL: `smtp://127.0.0.1:${port}?from=crm@example.com`,
      PUBLIC_URL: 'http://crm.example.com',
      CRMFLOW_REGISTRATION: 'open',
    },
  });
});
afterAll(async () => {
  await api.stop();
  await new Promise<void>((resolve) => smtp.close(() => resolve()));
});

const post = (path: string, json: unknown, token?: string) =>
  ask(api, `POST /api/auth${path}`, { json, ...(token !== undefined && { token }) });
const signIn = (email: string, password: string) => post('/login', { email, password });
const isIn = async (token: string) =>
  (await ask(api, 'GET /api/auth/me', { token })).status === 200;

/** The token of the newest mail to an address about something. */
async function mailed(to: string, page: string, count = 1): Promise<string> {
  const found = () => mails.filter((one) => one.includes(`To: ${to}`) && one.includes(page));
  await vi.waitFor(() => expect(found().length).toBeGreaterThanOrEqual(count), { timeout: 10_000 });
  return new RegExp(`http://crm\\.example\\.com/${page}#\\w+=([\\w-]{43})`).exec(
    found().at(-1)!,
  )![1]!;
}

describe('sessions', () => {
  it('are listed without tokens, and ended one by one; those of others are 404', async () => {
    const { user, token, password } = await newUser(api);
    const other = (await signIn(user.email, password)).body.token as string;
    const { status, body, text } = await ask(api, 'GET /api/auth/sessions', { token });
    expect(status).toBe(200);
    expect(body.items.map((one: { current: boolean }) => one.current).sort()).toEqual([
      false,
      true,
    ]);
    expect(text).not.toContain(token);
    const stranger = await newUser(api);
    const path = `DELETE /api/auth/sessions/${hashOfToken(other)}`;
    expect((await ask(api, path, { token: stranger.token })).status).toBe(404);
    expect(await isIn(other)).toBe(true);
    expect((await ask(api, path, { token })).status).toBe(204);
    expect([await isIn(other), await isIn(token)]).toEqual([false, true]);
    expect((await ask(api, path, { token })).status).toBe(404);
  });
});

describe('POST /api/auth/password', () => {
  it('ends all sessions but this one', async () => {
    const { user, token, password } = await newUser(api);
    const other = (await signIn(user.email, password)).body.token as string;
    const wrong = { currentPassword: 'something else', newPassword: 'new password' };
    expect((await post('/password', wrong, token)).body.code).toBe('password_wrong');
    expect(await isIn(other)).toBe(true);
    const right = { ...wrong, currentPassword: password };
    expect((await post('/password', right, token)).status).toBe(204);
    expect([await isIn(other), await isIn(token)]).toEqual([false, true]);
    expect((await signIn(user.email, password)).status).toBe(401);
    expect((await signIn(user.email, 'new password')).status).toBe(200);
  });
});

describe('a password that is changed by a mailed link', () => {
  const client = { ip: '', userAgent: '' };
  const hashOf = async (id: string) =>
    (await api.deps.db.user.findUniqueOrThrow({ where: { id } })).passwordHash;

  it('ends sign-ins that were started with the old password', async () => {
    const { id } = (await newUser(api)).user;
    const { pool, sessions } = api.deps;
    const account = { id, passwordHash: await hashOf(id) };
    const change = await pool.connect();
    await change.query('BEGIN');
    await change.query(`UPDATE "User" SET "passwordHash" = 'new' WHERE id = $1`, [id]);
    const opened = sessions.open(account, client).catch((error: unknown) => error);
    await vi.waitFor(async () => {
      const waiting = await pool.query(
        `SELECT FROM pg_stat_activity
          WHERE wait_event_type = 'Lock' AND query LIKE '%"Session"%' AND pid <> pg_backend_pid()`,
      );
      expect(waiting.rowCount).toBe(1);
    });
    await change.query('COMMIT');
    change.release();
    expect(await opened).toMatchObject({ code: 'bad_credentials' });
    await expect(sessions.open(account, client)).rejects.toMatchObject({ code: 'bad_credentials' });
  });

  it('is not changed back by a request that was started with the old one', async () => {
    const { user, token, password } = await newUser(api);
    const principal = (await api.deps.sessions.find(token))!;
    const hasher = createPasswords();
    const passwords = {
      ...hasher,
      async hash(given: string) {
        const data = { passwordHash: 'by the link' };
        await api.deps.db.user.update({ where: { id: user.id }, data });
        return hasher.hash(given);
      },
    };
    const wanted = { currentPassword: password, newPassword: 'another password' };
    const changed = changePassword({ ...api.deps, passwords }, principal, wanted);
    await expect(changed).rejects.toMatchObject({ code: 'password_wrong' });
    expect(await hashOf(user.id)).toBe('by the link');
  });
});

describe('POST /api/auth/verify-email', () => {
  it('verifies by the mailed link, once, and only by the newest', async () => {
    const { user, token } = await newUser(api);
    const first = await mailed(user.email, 'verify-email');
    expect((await post('/verify-email', {}, token)).status).toBe(202);
    const second = await mailed(user.email, 'verify-email', 2);
    expect((await post('/verify-email', { token: first })).body.code).toBe('token_invalid');
    const tries = await Promise.all([1, 2, 3].map(() => post('/verify-email', { token: second })));
    expect(tries.map(({ status }) => status).sort()).toEqual([204, 422, 422]);
    expect((await ask(api, 'GET /api/auth/me', { token })).body.user.emailVerified).toBe(true);
    expect((await post('/verify-email', {})).status).toBe(401);
  });
});

describe('POST /api/auth/password-reset', () => {
  it('answers the same for everyone, and sets a new password once', async () => {
    const { user, token } = await newUser(api);
    const known = await post('/password-reset', { email: user.email });
    const unknown = await post('/password-reset', { email: 'nobody@example.com' });
    expect([known.status, known.text]).toEqual([202, unknown.text]);
    expect(unknown.status).toBe(202);
    const link = await mailed(user.email, 'reset-password');
    expect(JSON.stringify(await api.deps.db.userToken.findMany())).not.toContain(link);
    const json = { token: link, password: 'quite another' };
    const tries = await Promise.all([1, 2].map(() => post('/password-reset/confirm', json)));
    expect(tries.map(({ status }) => status).sort()).toEqual([204, 422]);
    expect(await isIn(token)).toBe(false);
    expect((await signIn(user.email, 'quite another')).body.user.emailVerified).toBe(true);
    expect(mails.some((one) => one.includes('To: nobody@'))).toBe(false);
  });

  it('keeps earlier links valid until one is used, at most ten', async () => {
    const { user } = await newUser(api);
    const links: string[] = [];
    for (let count = 1; count <= 10; count += 1) {
      await post('/password-reset', { email: user.email });
      links.push(await mailed(user.email, 'reset-password', count));
    }
    await post('/password-reset', { email: user.email });
    await post('/password-reset', { email: user.email });
    const open = { userId: user.id, purpose: 'password-reset' };
    expect(await api.deps.db.userToken.count({ where: open })).toBe(10);
    const use = (token: string | undefined) =>
      post('/password-reset/confirm', { token, password: 'quite another' });
    const tries = await Promise.all([use(links[0]), use(links[3]), use(links[9])]);
    expect(tries.map(({ status }) => status).sort()).toEqual([204, 422, 422]);
    const used = tries.find(({ status }) => status === 204);
    expect(used?.headers.getSetCookie()[0]).toMatch(/^crmflow_browser_/);
    expect((await use(links[5])).status).toBe(422);
  });

  it('refuses links from before a change of the password', async () => {
    const { user, token, password } = await newUser(api);
    await post('/password-reset', { email: user.email });
    const link = await mailed(user.email, 'reset-password');
    const change = { currentPassword: password, newPassword: 'quite another' };
    expect((await post('/password', change, token)).status).toBeLessThan(300);
    const late = await post('/password-reset/confirm', {
      token: link,
      password: 'the thief’s own',
    });
    expect([late.status, late.body.code]).toEqual([422, 'token_invalid']);
    expect((await signIn(user.email, 'quite another')).status).toBe(200);
  });

  it('refuses a link that has expired', async () => {
    const { user } = await newUser(api);
    await post('/password-reset', { email: user.email });
    const token = await mailed(user.email, 'reset-password');
    const where = { userId: user.id };
    await api.deps.db.userToken.updateMany({
      where,
      data: { expiresAt: new Date(Date.now() - 1) },
    });
    const late = await post('/password-reset/confirm', { token, password: 'quite another' });
    expect([late.status, late.body.code]).toEqual([422, 'token_invalid']);
  });
});

describe('DELETE /api/auth/me', () => {
  it('requires the password, and deletes everything', async () => {
    const { user, token, password } = await newUser(api);
    const remove = (given: string) =>
      ask(api, 'DELETE /api/auth/me', { token, json: { password: given } });
    expect((await remove('something else')).body.code).toBe('password_wrong');
    expect((await remove(password)).status).toBe(204);
    expect(await isIn(token)).toBe(false);
    expect((await signIn(user.email, password)).status).toBe(401);
    const again = { email: user.email, password };
    expect((await post('/register', again)).status).toBe(201);
    await vi.waitFor(
      async () => expect(await api.deps.db.user.count({ where: { id: user.id } })).toBe(0),
      { timeout: 10_000 },
    );
  });
});

describe('invitations', () => {
  it('open one account for their address', async () => {
    const { token } = await newUser(api);
    const made = await post('/invitations', { email: 'Guest@example.com' }, token);
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ id: expect.any(String), email: 'guest@example.com' });
    const invitation = await mailed('guest@example.com', 'register');
    const register = (email: string) =>
      post('/register', { email, password: 'correct horse', invitation });
    expect((await register('other@example.com')).body.code).toBe('invitation_invalid');
    const { status, body } = await register('guest@example.com');
    expect([status, body.user.emailVerified]).toEqual([201, true]);
  });

  it('do not tell who has an account, except to the address itself', async () => {
    const { token } = await newUser(api);
    const { user } = await newUser(api);
    const { email } = user;
    const made = await post('/invitations', { email }, token);
    expect(made.status).toBe(201);
    expect(made.body).toEqual({
      ...{ id: expect.any(String), email },
      ...{ createdAt: expect.any(String), expiresAt: expect.any(String) },
    });
    const mail = () => mails.find((one) => one.includes(`To: ${email}`) && one.includes('invited'));
    await vi.waitFor(() => expect(mail()).toContain('already have an account'));
    expect(mail()).not.toContain('/register');
  });

  it('are limited to a hundred open ones', async () => {
    const { user, token } = await newUser(api);
    const expiresAt = new Date(Date.now() + 60_000);
    await api.deps.db.userToken.createMany({
      data: Array.from({ length: 100 }, (_, i) => ({
        ...{ id: `${user.id}-${i}`, userId: user.id, purpose: 'invitation', expiresAt },
        email: `guest${i}@example.com`,
      })),
    });
    const more = await post('/invitations', { email: 'one-more@example.com' }, token);
    expect([more.status, more.body.code]).toEqual([429, 'rate_limited']);
    const again = await post('/invitations', { email: 'guest7@example.com' }, token);
    expect(again.status).toBe(201);
  });
});
