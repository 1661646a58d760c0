import type { Ack } from '@crmflow/contracts';
import { io } from 'socket.io-client';
import { describe, expect, it } from 'vitest';
import { chunksOf } from '../support/story.js';
import { ask, node, row, say } from '../support/flows.js';
import { follow } from '../support/follower.js';
import { useInstallation } from '../support/installation.js';
import { until } from '../support/until.js';

const site = useInstallation();

const connectError = (options: object) =>
  new Promise<{ code?: string }>((resolve, reject) => {
    const socket = io(site.system.url, { forceNew: true, reconnection: false, ...options });
    socket.on('connect', () => {
      socket.close();
      reject(new Error('it was let in'));
    });
    socket.on('connect_error', (error) => {
      socket.close();
      resolve((error as Error & { data?: { code: string } }).data ?? {});
    });
  });

async function cookieOf(token: string): Promise<string> {
  const path = '/api/auth/register';
  const answer = await fetch(site.system.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: `${token.slice(0, 8)}@example.com`, password: 'long enough' }),
  });
  return answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
}

describe('a handshake', () => {
  it.each([
    ['without a session', {}],
    ['with a wrong token', { auth: { token: 'wrong' } }],
    ['with a token that is none', { auth: { token: 7 } }],
    ['with a wrong cookie', { extraHeaders: { cookie: 'crmflow_session=wrong' } }],
  ])('%s is refused', async (_, options) => {
    for (const transports of [['websocket'], ['polling']]) {
      expect(await connectError({ ...options, transports })).toMatchObject({
        code: 'unauthenticated',
      });
    }
  });

  it('with the cookie is refused to foreign pages only', async () => {
    const cookie = await cookieOf(crypto.randomUUID());
    const transports = ['websocket'];
    const foreign = { cookie, origin: 'http://evil.example' };
    expect(await connectError({ extraHeaders: foreign, transports })).toMatchObject({
      code: 'foreign_origin',
    });
    const own = { cookie, origin: site.system.url };
    await expect(connectError({ extraHeaders: own, transports })).rejects.toThrow('it was let in');
  });
});

describe('a session that ends', () => {
  it('takes its sockets along', async () => {
    const user = await site.another();
    const socket = user.socket();
    await until('the connection', () => socket.connected);
    expect((await user.call('POST', '/api/auth/logout')).status).toBe(204);
    await until('its end', () => !socket.connected);
  });
});

describe('a client event', () => {
  const emit = (event: string, payload?: unknown): Promise<Ack<object>> =>
    site.client.socket().emitWithAck(event as 'session:end', payload as never);

  it.each([
    ['session:start', {}, 'workflowId'],
    ['session:start', { workflowId: 'x', mode: 'slow' }, 'mode'],
    ['session:start', { workflowId: 'x', colour: 1 }, 'colour'],
    ['session:start', { runId: 'x', afterSeq: -1 }, 'afterSeq'],
    ['user:message', { runId: 'x', messageId: 'm' }, 'message'],
    ['user:message', { runId: 'x', messageId: 'm', message: '' }, 'message'],
    ['node:execute', { runId: 'x' }, 'nodeId'],
    ['workflow:advance', { runId: 'x' }, 'fromNodeId'],
    ['session:end', {}, 'runId'],
  ])('%s is checked: %o', async (event, payload, path) => {
    const answer = await emit(event, payload);
    expect(answer).toMatchObject({ ok: false, error: { code: 'invalid' } });
    const paths = answer.ok ? [] : answer.error.errors?.map((error) => error.path);
    expect(paths).toContain(path);
  });

  it('gets 404 if it does not exist', async () => {
    expect(await emit('nonsense', { runId: 'x' })).toMatchObject({
      ok: false,
      error: { code: 'bad_request' },
    });
  });

  it('without or with a wrong payload is answered too', async () => {
    for (const payload of [undefined, null, 'text', 7, []]) {
      expect(await emit('session:end', payload)).toMatchObject({
        ok: false,
        error: { code: 'invalid' },
      });
    }
  });

  it('about what belongs to somebody else finds nothing', async () => {
    const run = await site.hold(row([ask('it')]));
    const { workflowId } = await site.client.snapshot(run.runId);
    const { runId } = run;
    const socket = (await site.another()).socket();
    const answers = [
      await socket.emitWithAck('session:start', { workflowId, version: 'draft' }),
      await socket.emitWithAck('session:start', { runId, afterSeq: 0 }),
      await socket.emitWithAck('user:message', { runId, message: 'x', messageId: 'x' }),
      await socket.emitWithAck('session:end', { runId }),
    ];
    for (const answer of answers) {
      expect(answer).toMatchObject({ ok: false, error: { code: 'not_found' } });
    }
    expect(await site.client.snapshot(runId)).toMatchObject({ status: 'waiting', messages: [] });
  });

  it('that starts a run does so once for one requestId', async () => {
    const workflowId = await site.client.save(row([ask('it')]));
    const start = { workflowId, version: 'draft', requestId: 'same' } as const;
    const [a, b] = [site.client.socket(), site.client.socket()];
    const answers = await Promise.all(
      [a, a, b].map((socket) => socket.emitWithAck('session:start', start)),
    );
    const runIds = answers.map((answer) => (answer.ok ? answer.runId : answer.error.code));
    expect(new Set(runIds).size).toBe(1);
    const { body } = await site.client.call('GET', `/api/runs?workflowId=${workflowId}`);
    expect(body).toMatchObject({ items: [{ runId: runIds[0] }] });
  });
});

describe('a socket on a run', () => {
  it('gets what comes after the number it names, or after its snapshot', async () => {
    const run = await site.hold(row([say('hi', 'Hi'), ask('it'), say('bye', 'Bye')]));
    const { payload } = await run.see('system:waiting_for_input');
    const all = await follow(site.client.socket(), run.runId, 0);
    const some = await follow(site.client.socket(), run.runId, 3);
    const fresh = await follow(site.client.socket(), run.runId);
    expect(fresh.snapshot).toMatchObject({ lastSeq: payload.seq, status: 'waiting' });
    await run.say('go on');
    const last = (await run.finished()).seq ?? 0;
    await Promise.all([all, some, fresh].map((one) => one.sees(last)));
    const told = run.told.map((one) => one.payload);
    expect(all.told).toEqual(told);
    expect(some.told).toEqual(told.slice(3));
    expect(fresh.told).toEqual(told.slice(fresh.snapshot.lastSeq));

    const late = await follow(site.client.socket(), run.runId, 2);
    await late.sees(last);
    expect(late.told).toEqual(told.slice(2));
    expect(late.snapshot).toMatchObject({ status: 'completed', lastSeq: last });
    expect(run.faults).toEqual([]);
  });

  it('streams to all that watch', async () => {
    const prompt = 'streamed to two';
    let go = (): void => undefined;
    const attached = new Promise<void>((resolve) => (go = resolve));
    site.onPrompt(prompt, () => ({
      kind: 'answer',
      text: '',
      chunks: ['a', 'b', 'c'],
      gap: (chunk) => (chunk === 0 ? attached : undefined),
    }));
    const run = await site.hold(row([node('it', 'ai', { prompt })]));
    await run.see('ai:processing_start');
    const socket = site.client.socket();
    let text = '';
    socket.on('ai:chunk', (chunk) => (text += chunk.text));
    await follow(socket, run.runId);
    go();
    await run.finished();
    await until('all chunks at the second', () => text === 'abc');
    await until(
      'all chunks at the first',
      () =>
        chunksOf(run, 'it')
          .map((one) => one.text)
          .join('') === 'abc',
    );
  });

  it('may go: the run does not', async () => {
    const run = await site.hold(row([ask('it')]));
    await run.see('system:waiting_for_input');
    run.socket.close();
    const other = await follow(site.client.socket(), run.runId, 0);
    const message = { message: 'still here', messageId: 'm' };
    await site.client.call('POST', `/api/runs/${run.runId}/messages`, message);
    await until('the end', () => other.told.some(({ status }) => status === 'completed'));
  });
});

describe('session:end', () => {
  it.each([
    ['a reply is waited for', ask('it')],
    ['the run sleeps', node('it', 'logic', { kind: 'wait', duration: 'PT1H' })],
  ])('cancels while %s', async (_, one) => {
    const run = await site.hold(row([one]));
    await run.see('workflow:node_activated', ({ nodeId }) => nodeId === 'it');
    const { runId } = run;
    expect(await run.socket.emitWithAck('session:end', { runId })).toMatchObject({ ok: true });
    expect(await run.finished()).toMatchObject({ status: 'cancelled' });
    expect(await site.client.snapshot(runId)).toMatchObject({
      status: 'cancelled',
      currentNodes: [],
    });
    expect(await run.socket.emitWithAck('session:end', { runId })).toMatchObject({ ok: true });
  });

  it('breaks off what the model says', async () => {
    const prompt = 'without an end';
    site.onPrompt(prompt, ({ closed }) => ({
      kind: 'answer',
      text: '',
      chunks: ['Well', ' ...'],
      gap: async (chunk) => {
        if (chunk > 0) await closed;
      },
    }));
    const run = await site.hold(row([node('it', 'ai', { prompt })]));
    await until('the first words', () => chunksOf(run, 'it')[0]);
    const { runId } = run;
    expect(await run.socket.emitWithAck('session:end', { runId })).toMatchObject({ ok: true });
    expect(await run.finished()).toMatchObject({ status: 'cancelled' });
    await site.asked(prompt)[0]?.closed;
    expect(site.asked(prompt)).toHaveLength(1);
  });
});

describe('a snapshot without a worker', () => {
  it('is stale within two seconds, and fresh once there is one again', async () => {
    const run = await site.hold(row([say('hi', 'Hi'), ask('it')]));
    await run.see('system:waiting_for_input');
    const look = async () => {
      const response = await fetch(`${site.system.url}/api/runs/${run.runId}`, {
        headers: { authorization: `Bearer ${site.client.token}` },
        signal: AbortSignal.timeout(2_000),
      });
      return (await response.json()) as { stale?: true; status: string; lastSeq: number };
    };
    const fresh = await look();
    expect(fresh.stale).toBeUndefined();
    const worker = site.system.pidOf('worker') ?? 0;
    process.kill(worker, 'SIGSTOP');
    try {
      expect(await look()).toEqual({ ...fresh, stale: true });
      await run.say('meanwhile');
    } finally {
      process.kill(worker, 'SIGCONT');
    }
    expect(await run.finished()).toMatchObject({
      status: 'completed',
      output: { it: 'meanwhile' },
    });

    const next = await site.hold(row([ask('it')]));
    await next.see('system:waiting_for_input');
    await site.system.kill('worker');
    await until('a worker again', async () => {
      const { stale } = await site.client.snapshot(next.runId);
      return stale === undefined;
    });
  });
});
