import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listen } from '../../../tests/support/listen.js';
import { createEgress, type Egress, type EgressRequest } from './egress.js';
import type { EgressError } from './egress-error.js';
import type { Resolve } from './resolve.js';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

const servers: Server[] = [];
const guards: Egress[] = [];
let handle: Handler;
let port: number;

function serve(handler: Handler): Promise<number> {
  const server = createServer(handler);
  servers.push(server);
  return listen(server);
}

function guard(allow: string[], resolve?: Resolve): Egress {
  const egress = createEgress(resolve ? { allow, resolve } : { allow });
  guards.push(egress);
  return egress;
}

function ask(path: string, more: Partial<EgressRequest> = {}) {
  const url = `http://127.0.0.1:${port}${path}`;
  const egress = guard([`127.0.0.1:${port}`]);
  return egress.fetch({ method: 'GET', url, timeoutMs: 5000, maxBytes: 1000, ...more });
}

const text = (body: Uint8Array) => new TextDecoder().decode(body);

beforeEach(async () => {
  port = await serve((request, response) => handle(request, response));
});

afterEach(async () => {
  await Promise.all(guards.splice(0).map((egress) => egress.close()));
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

describe('what comes back', () => {
  it('is status, headers and body', async () => {
    handle = (request, response) => {
      response.writeHead(201, { 'content-type': 'text/plain' });
      request.pipe(response);
    };
    const answer = await ask('/x?y=1', { method: 'POST', body: 'hello' });
    expect(answer).toMatchObject({ status: 201, url: `http://127.0.0.1:${port}/x?y=1` });
    expect(answer.headers['content-type']).toBe('text/plain');
    expect(text(answer.body)).toBe('hello');
  });

  it.each([
    ['gzip', gzipSync('hello')],
    ['br', brotliCompressSync('hello')],
  ])('is decoded from %s', async (encoding, body) => {
    handle = (_, response) => response.setHeader('content-encoding', encoding).end(body);
    expect(text((await ask('/')).body)).toBe('hello');
  });

  it('may be an empty answer that claims an encoding', async () => {
    handle = (_, response) => response.writeHead(204, { 'content-encoding': 'gzip' }).end();
    expect((await ask('/')).body).toHaveLength(0);
    expect((await ask('/', { method: 'HEAD' })).body).toHaveLength(0);
  });
});

describe('the limits', () => {
  it('stop an endless body', async () => {
    handle = (_, response) => {
      const more = () => void (response.write('x'.repeat(500)) ? setImmediate(more) : 0);
      response.on('drain', more);
      more();
    };
    await expect(ask('/')).rejects.toMatchObject({ code: 'http_too_large', retryable: false });
  });

  it('count what a bomb unpacks to', async () => {
    const bomb = gzipSync(Buffer.alloc(500_000));
    expect(bomb.length).toBeLessThan(1000);
    handle = (_, response) => response.setHeader('content-encoding', 'gzip').end(bomb);
    await expect(ask('/')).rejects.toMatchObject({ code: 'http_too_large' });
  });

  it('take a body of exactly the limit', async () => {
    handle = (_, response) => response.end('x'.repeat(1000));
    expect((await ask('/')).body).toHaveLength(1000);
  });

  it('refuse a truncated or unknown encoding', async () => {
    handle = (request, response) => {
      response.setHeader('content-encoding', request.url === '/a' ? 'gzip' : 'zebra');
      response.end(gzipSync('hello').subarray(0, 15));
    };
    await expect(ask('/a')).rejects.toMatchObject({ code: 'http_failed' });
    await expect(ask('/b')).rejects.toThrow(/"zebra", which is not supported/);
  });

  it('stop headers without end', async () => {
    handle = (_, response) => response.setHeader('x-long', 'x'.repeat(20_000)).end();
    await expect(ask('/')).rejects.toThrow(/headers are too large/);
  });

  it('end a server that does not answer', async () => {
    handle = () => undefined;
    await expect(ask('/', { timeoutMs: 50 })).rejects.toMatchObject({
      code: 'http_timeout',
      retryable: true,
    });
  });

  it('end a body that drips', async () => {
    handle = (_, response) => {
      const drip = setInterval(() => response.write('.'), 5);
      response.on('close', () => clearInterval(drip));
    };
    await expect(ask('/', { timeoutMs: 100 })).rejects.toMatchObject({ code: 'http_timeout' });
  });

  it('end a name that is never resolved', async () => {
    const egress = guard([], () => new Promise(() => undefined));
    const url = 'http://never.test/';
    const answer = egress.fetch({ method: 'GET', url, timeoutMs: 50, maxBytes: 10 });
    await expect(answer).rejects.toMatchObject({ code: 'http_timeout' });
  });
});

describe('network faults', () => {
  it('are told in words and may be tried again', async () => {
    handle = (_, response) => response.destroy();
    await expect(ask('/')).rejects.toMatchObject({ code: 'http_failed', retryable: true });
    const free = await serve(() => undefined);
    servers.pop()?.close();
    const egress = guard([`127.0.0.1:${free}`]);
    const url = `http://127.0.0.1:${free}/secret?token=1`;
    const answer = egress.fetch({ method: 'GET', url, timeoutMs: 5000, maxBytes: 10 });
    await expect(answer).rejects.toThrow(/refused the connection on this port/);
    await expect(answer).rejects.not.toThrow(/token/);
  });

  it('throw the reason of a caller that gave up', async () => {
    const controller = new AbortController();
    const reason = new Error('cancelled');
    handle = () => controller.abort(reason);
    await expect(ask('/', { signal: controller.signal })).rejects.toBe(reason);
    await expect(ask('/', { signal: controller.signal })).rejects.toBe(reason);
  });
});

describe('headers', () => {
  it.each([
    [{ 'x-a': 'b\r\nc: d' }, /line break/],
    [{ 'x-a': '✓' }, /Percent-encode/],
    [{ 'x a': 'b' }, /not a valid HTTP header name/],
    [{ Host: 'other' }, /set by CRMFlow/],
    [{ 'transfer-encoding': 'chunked' }, /set by CRMFlow/],
  ])('%j are refused', async (headers, message) => {
    await expect(ask('/', { headers })).rejects.toThrow(message);
  });
});

describe('redirects', () => {
  it('are followed, and secrets stay with their host', async () => {
    const seen: IncomingMessage['headers'][] = [];
    const other = await serve((request, response) => {
      seen.push(request.headers);
      response.end('there');
    });
    handle = (_, response) =>
      response.writeHead(302, { location: `http://127.0.0.1:${other}/end` }).end();
    const egress = guard([`127.0.0.1:${port}`, `127.0.0.1:${other}`]);
    const headers = { Authorization: 's', Cookie: 's', 'X-Api-Key': 's', 'Idempotency-Key': 'k' };
    const url = `http://127.0.0.1:${port}/`;
    const answer = await egress.fetch({
      ...{ method: 'GET', url, headers, timeoutMs: 5000, maxBytes: 1000 },
    });
    expect(answer.url).toBe(`http://127.0.0.1:${other}/end`);
    expect(text(answer.body)).toBe('there');
    expect(seen).toHaveLength(1);
    expect(seen[0]).toMatchObject({ 'idempotency-key': 'k' });
    for (const name of ['authorization', 'cookie', 'x-api-key']) {
      expect(seen[0]).not.toHaveProperty(name);
    }
  });

  it.each([
    'http://169.254.169.254/latest',
    'http://[::1]:9999/',
    'http://2130706433:8081/',
    'file:///etc/passwd',
    'http://u:p@93.184.215.14/',
    'http://inside.test/',
  ])('to %s are refused', async (location) => {
    handle = (_, response) => response.writeHead(307, { location }).end();
    const egress = guard([`127.0.0.1:${port}`], () =>
      Promise.resolve([{ address: '10.0.0.1', family: 4 }]),
    );
    const url = `http://127.0.0.1:${port}/`;
    const answer = egress.fetch({ method: 'GET', url, timeoutMs: 5000, maxBytes: 1000 });
    await expect(answer).rejects.toMatchObject({ code: 'egress_refused' });
  });

  it('end after twenty', async () => {
    let calls = 0;
    handle = (_, response) => {
      calls += 1;
      response.writeHead(302, { location: '/again' }).end();
    };
    await expect(ask('/')).rejects.toMatchObject({ code: 'http_redirects', retryable: false });
    expect(calls).toBe(21);
  });

  it('carry the cookies that they set, to where they are for', async () => {
    const seen: string[] = [];
    handle = (request, response) => {
      const { cookie = '' } = request.headers;
      seen.push(`${request.url} ${cookie}`);
      if (cookie.includes('session=1')) return void response.end('welcome');
      response.setHeader('set-cookie', ['session=1; Path=/', 'other=2; Path=/elsewhere']);
      response.writeHead(302, { location: request.url }).end();
    };
    const answer = await ask('/door', { headers: { cookie: 'own=0' } });
    expect(text(answer.body)).toBe('welcome');
    expect(seen).toEqual(['/door own=0', '/door own=0; session=1']);
    // No other request knows them.
    seen.length = 0;
    await ask('/door');
    expect(seen[0]).toBe('/door ');
  });
});

describe('a service that has answered', () => {
  const broken: Handler = (_, response) =>
    void response.setHeader('content-encoding', 'gzip').end('no gzip');
  const cutOff: Handler = (_, response) => {
    response.writeHead(200, { 'content-length': '100' });
    response.write('some', () => response.destroy());
  };
  const silent: Handler = (_, response) => {
    response.writeHead(200).flushHeaders();
  };
  const elsewhere: Handler = (request, response) =>
    void (request.url === '/'
      ? response.writeHead(303, { location: '/y' }).end()
      : response.destroy());

  it.each<[method: string, what: string, answer: Handler, retryable: boolean]>([
    ['POST', 'with what cannot be decoded', broken, false],
    ['PATCH', 'with what cannot be decoded', broken, false],
    ['GET', 'with what cannot be decoded', broken, false],
    ['POST', 'with half a body', cutOff, false],
    ['GET', 'with half a body', cutOff, true],
    ['PUT', 'with half a body', cutOff, true],
    ['POST', 'with a body that never comes', silent, false],
    ['DELETE', 'with a body that never comes', silent, true],
    ['POST', 'with a redirect to nowhere', elsewhere, false],
    ['GET', 'with a redirect to nowhere', elsewhere, true],
  ])('%s %s: is asked again %j', async (method, _, answer, retryable) => {
    handle = answer;
    await expect(ask('/', { method, timeoutMs: 200 })).rejects.toMatchObject({ retryable });
  });

  it.each<[what: string, answer: Handler]>([
    ['what cannot be decoded', broken],
    ['half of what was promised', cutOff],
  ])('may say %s to who does not want to know', async (_, answer) => {
    handle = answer;
    const { status } = await ask('/', { method: 'POST', isBodyWanted: false });
    expect(status).toBe(200);
  });

  it('may not be too large, whoever wants to know', async () => {
    handle = (_, response) => void response.end('x'.repeat(5_000));
    const asked = ask('/', { method: 'POST', isBodyWanted: false });
    await expect(asked).rejects.toMatchObject({ code: 'http_too_large' });
  });

  it('tells its status, though its page about that is too large', async () => {
    handle = (_, response) => response.writeHead(422).end('x'.repeat(5_000));
    expect(await ask('/')).toMatchObject({ status: 422 });
  });
});

describe('a name whose answer changes', () => {
  it('is resolved once for each connection, and the socket gets that answer', async () => {
    const answers = [['127.0.0.1'], ['10.0.0.1']];
    let asked = 0;
    handle = (request, response) => response.end(request.socket.localAddress);
    const egress = guard([`rebind.test:${port}`], () => {
      const answer = answers[Math.min(asked, 1)] ?? [];
      asked += 1;
      return Promise.resolve(answer.map((address) => ({ address, family: 4 })));
    });
    const url = `http://rebind.test:${port}/`;
    const answer = await egress.fetch({ method: 'GET', url, timeoutMs: 5000, maxBytes: 99 });
    expect(text(answer.body)).toBe('127.0.0.1');
    expect(asked).toBe(1);
  });

  it('is judged anew when a redirect comes back to it', async () => {
    let asked = 0;
    const egress = guard([`127.0.0.1:${port}`], () => {
      asked += 1;
      return Promise.resolve([{ address: '127.0.0.1', family: 4 }]);
    });
    handle = (_, response) =>
      response.writeHead(302, { location: `http://rebind.test:${port}/` }).end('');
    const url = `http://127.0.0.1:${port}/`;
    const answer = egress.fetch({ method: 'GET', url, timeoutMs: 5000, maxBytes: 99 });
    await expect(answer).rejects.toThrow(/rebind\.test is not the name of a public host/);
    expect(asked).toBe(1);
  });

  it('without any address is told so', async () => {
    const egress = guard([], () => Promise.resolve([]));
    const url = 'http://empty.test/';
    const answer = egress.fetch({ method: 'GET', url, timeoutMs: 5000, maxBytes: 99 });
    await expect(answer).rejects.toMatchObject({ code: 'egress_refused', retryable: false });
  });

  it('is told the same whether it is private or unknown; the log tells them apart', async () => {
    const unknown = Object.assign(new Error('not found'), { code: 'ENOTFOUND' });
    const resolvers: Resolve[] = [
      () => Promise.resolve([{ address: '10.1.2.3', family: 4 }]),
      () => Promise.reject(unknown),
      () => Promise.resolve([]),
    ];
    const errors = await Promise.all(
      resolvers.map((resolve) =>
        guard([], resolve)
          .fetch({ method: 'GET', url: 'http://inside.test/', timeoutMs: 5000, maxBytes: 99 })
          .catch((error: unknown) => error as EgressError),
      ),
    );
    const told = errors.map((error) => {
      const { code, message, retryable } = error as EgressError;
      return { code, message, retryable };
    });
    expect(told).toEqual([told[0], told[0], told[0]]);
    expect(errors.map((error) => (error as EgressError).forLog)).toEqual([
      'inside.test resolves to a private address',
      'inside.test has no address',
      'inside.test has no address',
    ]);
  });
});
