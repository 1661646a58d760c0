import { describe, expect, it } from 'vitest';
import { runRoutes } from '../runs/routes.js';
import { ask, newUser } from '../testing/ask.js';
import { useTestApi } from '../testing/test-api.js';

const environment = { CRMFLOW_RATE_LIMITS: 'on', TRUST_PROXY: '1' };
const api = useTestApi({ environment, routes: runRoutes });

const login = (email: string, ip: string, password = 'wrong password') =>
  ask(api, 'POST /api/auth/login', {
    json: { email, password },
    headers: { 'x-forwarded-for': ip },
  });
const tally = async (answers: Promise<{ status: number }>[]) =>
  (await Promise.all(answers)).map(({ status }) => status).sort();
const times = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, index) => make(index));

describe('429 rate_limited, with the time to wait', () => {
  it('to whoever tries out one account, from wherever; known or not', async () => {
    const { user } = await newUser(api);
    for (const email of [user.email, 'nobody@example.com']) {
      const tries = times(12, (i) => login(email, `10.0.0.${i}`));
      expect(await tally(tries)).toEqual([...Array<number>(10).fill(401), 429, 429]);
    }
    const { body, headers } = await login(user.email, '10.9.9.9');
    expect(body.code).toBe('rate_limited');
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    expect(Number(headers.get('retry-after'))).toBeLessThanOrEqual(900);
  });

  it('to whoever tries out many accounts from one address', async () => {
    const tries = times(52, (i) => login(`n${i}@example.com`, '10.1.1.1'));
    expect(await tally(tries)).toEqual([...Array<number>(50).fill(401), 429, 429]);
    expect((await login('n99@example.com', '10.1.1.2')).status).toBe(401);
  });

  it('to whoever registers too many', async () => {
    const register = (i: number) =>
      ask(api, 'POST /api/auth/register', {
        json: { email: `r${i}@example.com`, password: 'correct horse' },
        headers: { 'x-forwarded-for': '10.2.2.2' },
      });
    expect(await tally(times(31, register))).toEqual([...Array<number>(30).fill(201), 429]);
  });

  it('to whoever starts too many runs; others start theirs', async () => {
    const start = (token: string) =>
      ask(api, 'POST /api/workflows/none/runs', { token, json: { version: 'draft' } });
    const [{ token }, other] = await Promise.all([newUser(api), newUser(api)]);
    const answers = await tally(times(302, () => start(token)));
    expect(answers).toEqual([...Array<number>(300).fill(404), 429, 429]);
    expect((await start(other.token)).status).toBe(404);
  });
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
