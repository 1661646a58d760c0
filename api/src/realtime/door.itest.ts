import { request as rawRequest } from 'node:http';
import type { Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ask } from '../testing/ask.js';
import { openRunHarness, type RunHarness } from '../testing/run-harness.js';

let harness: RunHarness;
/** A connection that never says who it is. Settles once it was closed. */
let idle: Promise<void>;
beforeAll(async () => {
  harness = await openRunHarness({ CRMFLOW_RATE_LIMITS: 'on', TRUST_PROXY: '1' });
  idle = keepIdle();
});
afterAll(() => harness.close());

const from = (ip: string) => ({ extraHeaders: { 'x-forwarded-for': ip } });
const times = (count: number) => Array.from({ length: count }, (_, index) => index);

/** What a server says to a request for a connection: a status, and the code of a problem. */
function knock(headers: Record<string, string>, query = 'transport=polling') {
  const { port } = new URL(harness.api.url);
  return new Promise<[number | undefined, string]>((resolve, reject) => {
    const path = `/socket.io/?EIO=4&${query}`;
    rawRequest({ port, path, headers, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () => {
        const [, code = ''] = /"code":"(\w+)"/.exec(text) ?? [];
        resolve([response.statusCode, code]);
      });
    })
      .on('upgrade', (response, socket) => {
        socket.destroy();
        resolve([response.statusCode, '']);
      })
      .on('error', reject)
      .end();
  });
}
const upgrade = {
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
};

function keepIdle(): Promise<void> {
  const { port } = new URL(harness.api.url);
  const path = '/socket.io/?EIO=4&transport=websocket';
  return new Promise((resolve, reject) => {
    rawRequest({ port, path, headers: upgrade, agent: false })
      .on('upgrade', (_response, socket) => socket.resume().on('close', () => resolve()))
      .on('error', reject)
      .end();
  });
}

describe('a connection', () => {
  it.each([
    ['by long polling', {}, 'transport=polling'],
    ['by WebSocket', upgrade, 'transport=websocket'],
  ])('%s to a host that is not ours is refused', async (_, headers, query) => {
    const host = 'evil.example:3001';
    expect(await knock({ ...headers, host }, query)).toEqual([421, 'foreign_host']);
    expect((await knock({ ...headers, host: 'localhost' }, query))[0]).toBeLessThan(300);
  });

  it('of a user who has a hundred is refused, with a code that says to try again', async () => {
    const { token } = await harness.newUser();
    const sockets = await Promise.all(
      times(100).map(() => harness.connect(token, from('10.1.0.1'))),
    );
    const one = harness.connect(token, from('10.1.0.2'));
    await expect(one).rejects.toMatchObject({ data: { code: 'too_many_connections' } });
    const other = await harness.newUser();
    expect((await harness.connect(other.token, from('10.1.0.1'))).socket.connected).toBe(true);
    sockets[0]!.socket.close();
    await vi.waitFor(() => harness.connect(token, from('10.1.0.1')), {
      timeout: 5_000,
      interval: 100,
    });
    for (const { socket } of sockets) socket.close();
  });

  it('of a network that has three hundred is refused, whoever it is', async () => {
    const headers = { 'x-forwarded-for': '10.2.0.1' };
    await Promise.all(times(300).map(() => knock(headers)));
    for (const query of [
      'transport=polling',
      'transport=polling&sid=',
      'transport=polling&sid=x&sid=',
    ])
      expect(await knock(headers, query)).toEqual([429, 'too_many_connections']);
    expect(await knock({ ...headers, ...upgrade }, 'transport=websocket')).toEqual([
      429,
      'too_many_connections',
    ]);
    expect((await knock({ 'x-forwarded-for': '10.2.0.2' }))[0]).toBe(200);
  });
});

describe('what a client sends', () => {
  const untyped = (socket: unknown) => socket as Socket;

  it('is counted for the user over all sockets, and over REST', async () => {
    const { token } = await harness.newUser();
    const runId = 'none';
    const [one, two] = await Promise.all([
      harness.connect(token, from('10.3.0.1')),
      harness.connect(token, from('10.3.0.1')),
    ]);
    const message = { runId, message: 'Hi', messageId: 'm' };
    const codes = await Promise.all(
      times(300).flatMap(() =>
        [one, two].map(async ({ send }) => (await send('user:message', message)).error.code),
      ),
    );
    expect(new Set(codes)).toEqual(new Set(['not_found']));
    expect((await two.send('user:message', message)).error.code).toBe('rate_limited');
    const { runId: _, ...json } = message;
    const answer = await ask(harness.api, `POST /api/runs/${runId}/messages`, { token, json });
    expect([answer.status, answer.body.code]).toEqual([429, 'rate_limited']);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('ends the connection where it is a flood, or makes no sense', async () => {
    const send = async (event: string, count: number) => {
      const { token } = await harness.newUser();
      const { socket } = await harness.connect(token, from('10.3.0.2'));
      const codes: string[] = [];
      for (const _ of times(count)) {
        untyped(socket).emit(event, { runId: 'x' }, (answer: { error: { code: string } }) =>
          codes.push(answer.error.code),
        );
      }
      await vi.waitFor(() => expect(socket.connected).toBe(false), { timeout: 20_000 });
      return codes;
    };
    expect(await send('nonsense', 50)).toEqual(Array(10).fill('bad_request'));
    const flood = await send('session:end', 2_000);
    expect(flood.filter((code) => code === 'rate_limited').length).toBeLessThanOrEqual(100);
  });

  it('is not done once the session has ended', async () => {
    const { token } = await harness.newUser();
    const runId = await harness.startRun(token);
    const { socket } = await harness.connect(token, from('10.3.0.3'));
    const holder = await harness.pool.connect();
    await holder.query('BEGIN');
    await holder.query('LOCK TABLE "Run" IN ACCESS EXCLUSIVE MODE');
    for (const index of times(20)) {
      untyped(socket).emit('user:message', { runId, message: 'Hi', messageId: `m${index}` });
    }
    const count = async (where: string) =>
      (await harness.pool.query<{ count: number }>(`SELECT count(*)::int FROM ${where}`)).rows[0]!
        .count;
    await vi.waitFor(async () =>
      expect(await count(`pg_stat_activity WHERE wait_event_type = 'Lock'`)).toBeGreaterThan(0),
    );
    await ask(harness.api, 'POST /api/auth/logout', { token });
    await vi.waitFor(() => expect(socket.connected).toBe(false), { timeout: 5_000 });
    await holder.query('COMMIT');
    holder.release();
    await vi.waitFor(async () =>
      expect(await count(`pg_stat_activity WHERE wait_event_type = 'Lock'`)).toBe(0),
    );
    // The one that was under way may have been taken; those that waited are not.
    const probe = await harness.connect((await harness.newUser()).token, from('10.3.0.4'));
    await probe.send('session:end', { runId });
    expect(await count(`"RunMessage" WHERE "runId" = '${runId}'`)).toBeLessThanOrEqual(1);
  });
});

// Socket.IO's own time-out is 45 s, and half a minute more for a client that does not agree.
it('a connection is not kept by whom does not say who it is', { timeout: 25_000 }, async () => {
  await idle;
});
