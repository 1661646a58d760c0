import { describe, expect, it } from 'vitest';
import { runRoutes } from '../runs/routes.js';
import { ask, newUser } from '../testing/ask.js';
import { useTestApi } from '../testing/test-api.js';

const environment = { CRMFLOW_RATE_LIMITS: 'on', TRUST_PROXY: '1' };
const api = useTestApi({ environment, routes: runRoutes });

const login = (email: string, ip: string, password = 'wrong password', cookie?: string) =>
  ask(api, 'POST /api/auth/login', {
    json: { email, password },
    headers: { 'x-forwarded-for': ip, ...(cookie !== undefined && { cookie }) },
  });
const cookiesOf = ({ headers }: { headers: Headers }) =>
  headers
    .getSetCookie()
    .map((one) => one.split(';', 1)[0])
    .join('; ');
const tally = async (answers: Promise<{ status: number }>[]) =>
  (await Promise.all(answers)).map(({ status }) => status).sort();
const times = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, index) => make(index));

describe('429 rate_limited, with the time to wait', () => {
  it('limits attempts at one account, known or not', async () => {
    const { user } = await newUser(api);
    for (const email of [user.email, 'nobody@example.com']) {
      const tries = times(12, () => login(email, '10.0.0.1'));
      expect(await tally(tries)).toEqual([...Array<number>(10).fill(401), 429, 429]);
    }
    const { body, headers } = await login(user.email, '10.0.0.1');
    expect(body.code).toBe('rate_limited');
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    expect(Number(headers.get('retry-after'))).toBeLessThanOrEqual(900);
  });

  it('limits one network, while the owner signs in from another', async () => {
    const { user, password } = await newUser(api);
    await tally(times(12, () => login(user.email, '10.0.1.1')));
    expect((await login(user.email, '10.0.1.1', password)).status).toBe(429);
    expect((await login(user.email, '10.0.1.2', password)).status).toBe(200);
  });

  it('limits many networks at one account, but not browsers that signed in before', async () => {
    const { user, password } = await newUser(api);
    const browser = cookiesOf(await login(user.email, '10.0.2.1', password));
    const tries = times(102, (i) => login(user.email, `10.5.${i}.1`));
    expect((await tally(tries)).slice(-3)).toEqual([401, 429, 429]);
    expect((await login(user.email, '10.0.2.2', password)).status).toBe(429);
    expect((await login(user.email, '10.0.2.2', password, browser)).status).toBe(200);
    const stranger = await newUser(api);
    const other = cookiesOf(await login(stranger.user.email, '10.0.2.3', stranger.password));
    expect((await login(user.email, '10.0.2.3', password, other)).status).toBe(429);
  });

  it('limits attempts at many accounts from one address', async () => {
    const tries = times(52, (i) => login(`n${i}@example.com`, '10.1.1.1'));
    expect(await tally(tries)).toEqual([...Array<number>(50).fill(401), 429, 429]);
    expect((await login('n99@example.com', '10.1.1.2')).status).toBe(401);
  });

  it('limits registrations', async () => {
    const register = (i: number) =>
      ask(api, 'POST /api/auth/register', {
        json: { email: `r${i}@example.com`, password: 'correct horse' },
        headers: { 'x-forwarded-for': '10.2.2.2' },
      });
    expect(await tally(times(31, register))).toEqual([...Array<number>(30).fill(201), 429]);
  });

  it('limits starts of runs per user', async () => {
    const start = (token: string) =>
      ask(api, 'POST /api/workflows/none/runs', { token, json: { version: 'draft' } });
    const [{ token }, other] = await Promise.all([newUser(api), newUser(api)]);
    const answers = await tally(times(302, () => start(token)));
    expect(answers).toEqual([...Array<number>(300).fill(404), 429, 429]);
    expect((await start(other.token)).status).toBe(404);
  });
});

it('counts strangers before it reads what they send', async () => {
  const send = (raw: string) =>
    ask(api, 'POST /api/auth/login', {
      raw,
      headers: { 'x-forwarded-for': '10.6.6.6', 'content-type': 'application/json' },
    });
  expect(await tally(times(50, () => send('{"a":')))).toEqual(Array<number>(50).fill(400));
  expect((await send('{"a":')).status).toBe(429);
});

it('lets nobody use up the password resets of somebody else', async () => {
  const { user } = await newUser(api);
  const reset = (ip: string) =>
    ask(api, 'POST /api/auth/password-reset', {
      json: { email: user.email },
      headers: { 'x-forwarded-for': ip },
    });
  expect(await tally(times(7, () => reset('10.7.7.1')))).toEqual([
    ...Array<number>(5).fill(202),
    ...[429, 429],
  ]);
  expect((await reset('10.7.7.2')).status).toBe(202);
});

it('forgets the failures of an account once its password was right', async () => {
  const { user, password } = await newUser(api);
  for (let round = 0; round < 3; round += 1) {
    await tally(times(6, (i) => login(user.email, `10.3.${round}.${i}`)));
    expect((await login(user.email, `10.3.${round}.99`, password)).status).toBe(200);
  }
});

it('keeps no address of a person in its table', async () => {
  const { user } = await newUser(api);
  await login(user.email, '10.4.4.4');
  const rows = await api.deps.db.rateLimit.findMany();
  expect(rows.length).toBeGreaterThan(0);
  expect(JSON.stringify(rows.map(({ key }) => key))).not.toMatch(/@|10\.4/);
});
