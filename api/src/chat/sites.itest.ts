import { beforeAll, describe, expect, it } from 'vitest';
import { deploymentRoutes } from '../deployments/routes.js';
import { ask, newUser } from '../testing/ask.js';
import { greeting } from '../testing/flows.js';
import { useTestApi } from '../testing/test-api.js';
import { chatRoutes } from './routes.js';

const studio = 'https://studio.example';
const api = useTestApi({
  environment: { CORS_ORIGINS: studio },
  routes: (deps) => [...deploymentRoutes(deps), ...chatRoutes(deps)],
});

let base: string;
beforeAll(async () => {
  const { token } = await newUser(api);
  const { body: flow } = await ask(api, 'POST /api/workflows', { token, json: greeting });
  await ask(api, `POST /api/workflows/${flow.id}/publish`, { token });
  const domains = ['shop.example', '*.shop.example', 'localhost:8080', '*.dev.example:8443'];
  const json = { kind: 'chat', settings: { domains } };
  const { body } = await ask(api, `POST /api/workflows/${flow.id}/deployments`, { token, json });
  base = `/api/public/chat/${body.slug}`;
});

const from = (origin: string, what = 'GET', path = '') =>
  ask(api, `${what} ${base}${path}`, { headers: { origin } });
const allowed = ({ headers }: Awaited<ReturnType<typeof ask>>) =>
  headers.get('access-control-allow-origin');

describe('a chat on other sites', () => {
  it.each([
    'https://shop.example',
    'http://shop.example',
    'https://www.shop.example',
    'https://a.b.shop.example',
    'http://localhost:8080',
    'https://x.dev.example:8443',
    studio,
  ])('is for pages of %s, and they may ask before', async (origin) => {
    const answer = await from(origin);
    expect([answer.status, allowed(answer)]).toEqual([200, origin]);
    const asked = await from(origin, 'OPTIONS', '/conversations');
    expect([asked.status, allowed(asked)]).toEqual([204, origin]);
    expect(asked.headers.get('access-control-allow-methods')).toMatch(/POST.*DELETE|DELETE.*POST/);
  });

  it.each([
    'null',
    '',
    'shop.example',
    'https://evilshop.example',
    'https://shop.example.evil.com',
    'https://shop.example:8443',
    'https://www.shop.example:444',
    'http://localhost',
    'http://localhost:8081',
    'https://x.dev.example',
    'https://dev.example:8443',
    'https://shop.example@evil.com',
    'https://evil.com@shop.example',
    'https://shop.example/page',
    'https://shop.example.',
    'https://ѕhop.example',
    'ftp://shop.example',
    'file://',
    'chrome-extension://shop.example',
    'https://shop.example, https://evil.com',
  ])('is not for pages of "%s"', async (origin) => {
    for (const answer of [
      await from(encodeURI(origin)),
      await from(encodeURI(origin), 'OPTIONS'),
      await from(encodeURI(origin), 'POST', '/visitors'),
    ]) {
      expect([answer.status, allowed(answer)]).toEqual([403, null]);
    }
  });

  it('lets their pages read that a token has ended', async () => {
    const answer = await ask(api, `GET ${base}/conversations`, {
      headers: { origin: 'https://shop.example' },
      token: 'crv_gone',
    });
    expect([answer.status, allowed(answer)]).toEqual([401, 'https://shop.example']);
  });
});
