import { once } from 'node:events';
import { createServer, request as send } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { freePort } from './ports.mjs';
import { hiddenPlace, serveTemporalUi } from './temporal-ui.mjs';

/** @type {import('node:http').Server} */
let behind;
/** @type {number} */
let port;
/** @type {Awaited<ReturnType<typeof serveTemporalUi>>} */
let ui;

beforeEach(async () => {
  behind = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    response.setHeader('X-Seen', `${request.method} ${request.url}`);
    response.end(`history of a run ${body}`);
  });
  behind.listen(0, '127.0.0.1');
  await once(behind, 'listening');
  const address = /** @type {import('node:net').AddressInfo} */ (behind.address());
  port = await freePort();
  ui = await serveTemporalUi(port, { host: '127.0.0.1', port: address.port });
});
afterEach(() => {
  ui.close();
  behind.close();
});

/** @param {string} path @param {{ method?: string, headers?: Record<string, string>, body?: string }} [options] */
const ask = (path, { body, ...options } = {}) =>
  new Promise((resolve, reject) => {
    const request = send({ host: '127.0.0.1', port, path, agent: false, ...options });
    request.on('error', reject).on('response', async (response) => {
      let text = '';
      for await (const chunk of response) text += chunk;
      resolve({ status: response.statusCode, headers: response.headers, text });
    });
    request.end(body);
  });

const path = () => ui.link.slice(ui.link.indexOf('/?'));

async function cookie() {
  const { headers } = await ask(path());
  return headers['set-cookie'][0].split(';')[0];
}

describe('serveTemporalUi', () => {
  it('asks for the token of the link once, and takes it out of the address', async () => {
    const first = await ask(path());
    expect(first).toMatchObject({ status: 303, headers: { location: '/' } });
    expect(first.headers['set-cookie'][0]).toMatch(/; HttpOnly; SameSite=Lax; Path=\/$/);
    const headers = { cookie: `other=1; ${await cookie()}` };
    const posted = await ask('/api/v1/x?y=1', { method: 'POST', headers, body: 'reset' });
    expect(posted).toMatchObject({ status: 200, text: 'history of a run reset' });
    expect(posted.headers['x-seen']).toBe('POST /api/v1/x?y=1');
  });

  it.each([
    ['nothing', '/', {}],
    ['another token', '/?token=aaaa', {}],
    ['another cookie', '/', { cookie: 'temporal-ui-1=aaaa' }],
  ])('tells nothing to one with %s', async (_, to, headers) => {
    const answer = await ask(to, { headers });
    expect(answer.status).toBe(401);
    expect(answer.text).toContain('npm run status');
  });

  it.each([
    'evil.example',
    'evil.example:26250',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
  ])('refuses %s as a name, with the cookie too', async (host) => {
    const answer = await ask('/', { headers: { host, cookie: await cookie() } });
    expect(answer.status).toBe(421);
    expect(answer.text).not.toContain('history');
  });

  it('takes the ports of tunnels', async () => {
    const headers = { host: 'localhost:8233', cookie: await cookie() };
    expect((await ask('/', { headers })).status).toBe(200);
  });

  it('says that the server behind it is away', async () => {
    const headers = { cookie: await cookie() };
    behind.close();
    behind.closeAllConnections();
    expect(await ask('/', { headers })).toMatchObject({ status: 502 });
  });
});

describe('hiddenPlace', () => {
  it.runIf(process.platform === 'linux')('is another one each time', async () => {
    const [one, other] = [await hiddenPlace(), await hiddenPlace()];
    expect(one?.host).toMatch(/^127\.(?!0\.0\.1$)/);
    expect(one?.host).not.toBe(other?.host);
  });
});
