import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, request as send } from 'node:http';
import { freePort, probePort } from './ports.mjs';

/** Where the UI of the Temporal server itself listens. @typedef {{ host: string, port: number }} Place */

/** The names of this machine in an address; behind a tunnel the port may be another. */
const ownHost = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i;

/**
 * A place that no web page finds: a random loopback address and a random port. The UI
 * of the Temporal server answers whoever reaches it, so a page that makes its own name resolve to a
 * loopback address must not know which.
 * @returns {Promise<Place | undefined>} undefined where the system has only one loopback address
 */
export async function hiddenPlace() {
  const host = `127.${[0, 0, 0].map(() => randomInt(1, 255)).join('.')}`;
  const port = await freePort();
  return (await probePort(port, host)) ? undefined : { host, port };
}

const digest = (/** @type {string} */ text) => createHash('sha256').update(text).digest();

/**
 * The Temporal UI on a port of 127.0.0.1, for whoever has the link: requests by another host name
 * are refused, so that no web page can read it by a name of its own; the token of the link is
 * asked for once, and kept in a cookie.
 * @param {number} port
 * @param {Place} place
 * @returns {Promise<{ link: string, close: () => void }>}
 */
export async function serveTemporalUi(port, place) {
  const token = randomBytes(24).toString('base64url');
  const cookie = `temporal-ui-${port}`;
  const isToken = (/** @type {string | null | undefined} */ given) =>
    typeof given === 'string' && timingSafeEqual(digest(given), digest(token));
  const isSignedIn = (/** @type {string} */ cookies) =>
    cookies.split('; ').some((one) => one.startsWith(`${cookie}=`) && isToken(one.split('=')[1]));

  const server = createServer((request, response) => {
    const refuse = (/** @type {number} */ status, /** @type {string} */ text) =>
      response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(`${text}\n`);
    if (!ownHost.test(request.headers.host ?? '')) {
      return refuse(421, 'The Temporal UI is only available as 127.0.0.1 or localhost.');
    }
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    if (isToken(url.searchParams.get('token'))) {
      url.searchParams.delete('token');
      return response
        .writeHead(303, {
          Location: url.pathname.replace(/^\/+/, '/') + url.search,
          'Set-Cookie': `${cookie}=${token}; HttpOnly; SameSite=Lax; Path=/`,
          'Referrer-Policy': 'no-referrer',
        })
        .end();
    }
    if (!isSignedIn(request.headers.cookie ?? '')) {
      return refuse(401, 'Open the Temporal UI with the link that "npm run status" prints.');
    }
    const { method, url: path, headers } = request;
    const forwarded = send({ ...place, method, path, headers, agent: false }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
      answer.on('error', () => response.destroy());
    });
    forwarded.on('error', () => {
      if (response.headersSent) response.destroy();
      else refuse(502, 'The Temporal server is not responding. Try again in a few seconds.');
    });
    response.on('close', () => forwarded.destroy());
    return request.pipe(forwarded);
  });
  server.listen({ port, host: '127.0.0.1', exclusive: true });
  await once(server, 'listening');
  return {
    link: `http://127.0.0.1:${port}/?token=${token}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
