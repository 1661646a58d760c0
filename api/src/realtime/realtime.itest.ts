import type { Role } from '@crmflow/contracts';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { publish } from '@crmflow/db';
import { ask } from '../testing/ask.js';
import { newChat, newConversation } from '../testing/conversations.js';
import { greeting } from '../testing/flows.js';
import {
  openRunHarness,
  type RunHarness,
  type NewEvent,
  waitForEvents,
} from '../testing/run-harness.js';

let harness: RunHarness;
let token: string;
beforeAll(async () => {
  harness = await openRunHarness();
  ({ token } = await harness.newUser());
});
afterAll(() => harness.close());

/** A busy machine takes longer than the second that is usual. */
const eventually = (check: () => unknown) => vi.waitFor(check, { timeout: 10_000 });

const step: NewEvent = { type: 'variable.set', data: { name: 'x', value: 1 } };
const steps = (count: number) => Array.from({ length: count }, () => step);
const call = { nodeId: 'a', visit: 1 };

describe('a socket', () => {
  it.each([
    ['without a session', { auth: {} }, 'unauthenticated'],
    ['with a token of nobody', { auth: { token: 'x'.repeat(40) } }, 'unauthenticated'],
    ['with something else as a token', { auth: { token: { a: 1 } } }, 'unauthenticated'],
  ])('is refused %s', async (_, options, code) => {
    await expect(harness.connect('', options)).rejects.toMatchObject({ data: { code } });
  });

  it('is refused with the cookie on a foreign page, and taken on our own', async () => {
    const cookie = `crmflow_session=${token}`;
    const from = (origin: string) =>
      harness.connect('', { auth: {}, extraHeaders: { cookie, origin } });
    await expect(from('https://evil.example')).rejects.toMatchObject({
      data: { code: 'foreign_origin' },
    });
    expect((await from(harness.api.url)).socket.connected).toBe(true);
  });

  it('is closed by log-out', async () => {
    const other = await harness.newUser();
    const { socket } = await harness.connect(other.token);
    const stays = await harness.connect(token);
    await ask(harness.api, 'POST /api/auth/logout', { token: other.token });
    await eventually(() => expect(socket.connected).toBe(false));
    expect(stays.socket.connected).toBe(true);
  });

  it.each([20_000, 1_100_000, 5_000_000])(
    'answers a message of %i bytes with its error, and stays',
    async (bytes) => {
      const id = await harness.saveFlow(token);
      const { body } = await ask(harness.api, `POST /api/workflows/${id}/runs`, {
        ...{ token, json: { version: 'draft' } },
      });
      const { socket, send } = await harness.connect(token);
      const message = { runId: body.runId, message: 'x'.repeat(bytes), messageId: 'large' };
      expect((await send('user:message', message)).error.code).toBe('message_too_large');
      expect(socket.connected).toBe(true);
    },
  );

  it('answers a bad event with its error', async () => {
    const { send } = await harness.connect(token);
    const errorOf = async (event: string, payload?: unknown) => (await send(event, payload)).error;
    expect(await errorOf('session:start', { runId: 'x', afterSeq: -1 })).toMatchObject({
      code: 'invalid',
      errors: [{ path: 'afterSeq' }],
    });
    expect(await errorOf('session:start', {})).toMatchObject({ errors: [{ path: 'workflowId' }] });
    expect(await errorOf('session:start')).toMatchObject({ code: 'invalid' });
    expect(
      await errorOf('user:message', { runId: 'x', message: 'a\0', messageId: '1' }),
    ).toMatchObject({ code: 'invalid', errors: [{ path: 'message' }] });
    expect(await errorOf('node:execute', { runId: 'x' })).toMatchObject({
      code: 'invalid',
      errors: [{ path: 'nodeId' }],
    });
    expect(await errorOf('node:explode', { runId: 'x' })).toMatchObject({ code: 'bad_request' });
    expect(await errorOf('constructor', {})).toMatchObject({ code: 'bad_request' });
  });

  it('survives what it sends without asking for an answer', async () => {
    const { socket, send } = await harness.connect(token);
    const emit = socket.emit.bind(socket) as unknown as (...args: unknown[]) => void;
    emit('session:start', { runId: 'x' });
    emit('session:start');
    emit('nonsense', Buffer.from('x'));
    emit('user:message', 1, 2, 3);
    expect(await send('session:end', { runId: 'x' })).toMatchObject({
      error: { code: 'not_found' },
    });
  });

  it('has nothing to do with runs of others', async () => {
    const runId = await harness.startRun((await harness.newUser()).token);
    const { send } = await harness.connect(token);
    for (const [event, rest] of [
      ['session:start', {}],
      ['user:message', { message: 'Hello', messageId: '1' }],
      ['node:execute', { nodeId: 'start' }],
      ['workflow:advance', { fromNodeId: 'start' }],
      ['workflow:continue', {}],
      ['workflow:pause_points', { nodeIds: [] }],
      ['session:end', {}],
    ] as const) {
      expect((await send(event, { runId, ...rest })).error.code).toBe('not_found');
    }
  });
});

describe('a member of a workspace', () => {
  /** A member of the user's personal workspace, with a socket that follows a run there. */
  async function follower(role: Role) {
    const guest = await harness.newUser();
    const as = (what: string, options: object = {}) =>
      ask(harness.api, what, { token, ...options });
    const me = (await as('GET /api/auth/me')).body.user;
    const path = `/api/workspaces/${me.id}`;
    const json = { email: guest.user.email, role };
    const invited = (await as(`POST ${path}/invitations`, { json })).body;
    const accepted = { token: guest.token, json: { token: invited.token } };
    expect((await ask(harness.api, 'POST /api/invitations/accept', accepted)).status).toBe(200);
    const member = `${path}/members/${guest.user.id}`;
    return { as, path, member, connect: () => harness.connect(guest.token) };
  }

  it('may on a socket what the role may', async () => {
    const runId = await harness.startRun(token);
    const workflowId = await harness.saveFlow(token);
    const { connect } = await follower('operator');
    const { send } = await connect();
    expect(await send('session:start', { runId })).toMatchObject({ ok: true });
    const message = { runId, message: 'x', messageId: 'm' };
    for (const [event, payload] of [
      ['user:message', message],
      ['session:start', { workflowId, version: 'draft' }],
    ] as const) {
      expect(await send(event, payload)).toMatchObject({ error: { code: 'forbidden' } });
    }
    const viewer = await (await follower('viewer')).connect();
    expect(await viewer.send('session:start', { runId })).toMatchObject({
      error: { code: 'forbidden' },
    });
  });

  it.each([
    ['leaves', 'DELETE', undefined],
    ['gets a lower role', 'PATCH', { role: 'viewer' }],
  ])('loses the socket when the member %s', async (_, method, json) => {
    const runId = await harness.startRun(token);
    const { as, member, connect } = await follower('editor');
    const { socket, send } = await connect();
    const elsewhere = await connect();
    expect(await send('session:start', { runId })).toMatchObject({ ok: true });
    expect((await as(`${method} ${member}`, { json })).status).toBeLessThan(300);
    await eventually(() => expect(socket.connected).toBe(false));
    expect(elsewhere.socket.connected).toBe(true);
    const again = await (await connect()).send('session:start', { runId });
    expect(again).toMatchObject({ ok: false });
  });

  it('loses the socket with the API token', async () => {
    const runId = await harness.startRun(token);
    const { as, path } = await follower('viewer');
    const json = { name: 'Script', role: 'operator' };
    const { body } = await as(`POST ${path}/tokens`, { json });
    const { socket, send } = await harness.connect(body.token);
    expect(await send('session:start', { runId })).toMatchObject({ ok: true });
    await as(`DELETE ${path}/tokens/${body.id}`);
    await eventually(() => expect(socket.connected).toBe(false));
  });

  it('reads a run without what was said in it, where the workspace does not allow it', async () => {
    const runId = await harness.startRun(token);
    await harness.record(runId, 1, [step]);
    const { as, path } = await follower('viewer');
    const { token: key } = (
      await as(`POST ${path}/tokens`, { json: { name: 'Viewer', role: 'viewer' } })
    ).body;
    const read = async (rest = '') =>
      ask(harness.api, `GET /api/runs/${runId}${rest}`, { token: key });
    expect((await read()).body).toMatchObject({ isRedacted: true, variables: {}, messages: [] });
    expect((await read('/events')).status).toBe(403);
    const json = { settings: { viewersReadTranscripts: true } };
    expect((await as(`PATCH ${path}`, { json })).status).toBe(200);
    expect((await read()).body).not.toHaveProperty('isRedacted');
    expect((await read('/events')).status).toBe(200);
    await as(`PATCH ${path}`, { json: { settings: { viewersReadTranscripts: false } } });
  });
});

describe('an open flow', () => {
  it('shows its members who else has it open, edits and saves it', async () => {
    const workflowId = await harness.saveFlow(token);
    const [one, other] = [await harness.connect(token), await harness.connect(token)];
    const people = (of: typeof one) =>
      of.received.flatMap(([event, payload]) =>
        event === 'flow:people' ? [(payload as { people: { isEditing: boolean }[] }).people] : [],
      );
    expect(await one.send('flow:watch', { workflowId })).toMatchObject({ ok: true, revision: 1 });
    const joined = await other.send('flow:watch', { workflowId });
    expect(joined).toMatchObject({ ok: true, personId: expect.any(String) });
    await eventually(() => expect(people(one).at(-1)).toHaveLength(2));
    await other.send('flow:edit', { workflowId, isEditing: true });
    await eventually(() =>
      expect(
        people(one)
          .at(-1)
          ?.map(({ isEditing }) => isEditing),
      ).toEqual([false, true]),
    );
    const json = { ...greeting, revision: 1 };
    await ask(harness.api, `PUT /api/workflows/${workflowId}`, { token, json });
    await eventually(() =>
      expect(one.received).toContainEqual([
        'flow:saved',
        expect.objectContaining({ workflowId, revision: 2 }),
      ]),
    );
    other.socket.close();
    await eventually(() => expect(people(one).at(-1)).toHaveLength(1));
  });

  it('is no concern of others, public or not', async () => {
    const workflowId = await harness.saveFlow(token, { ...greeting, isPublic: true });
    const stranger = await harness.connect((await harness.newUser()).token);
    expect(await stranger.send('flow:watch', { workflowId })).toMatchObject({
      error: { code: 'not_found' },
    });
    expect(await stranger.send('flow:edit', { workflowId, isEditing: true })).toMatchObject({
      error: { code: 'not_found' },
    });
  });
});

describe('an inbox', () => {
  const text = JSON.stringify({ role: 'flow', text: 'Bye' });

  it('tells its members what changes, who looks and who types', async () => {
    const { token: own, user } = await harness.newUser();
    const { pool } = harness;
    const workspaceId = user.id;
    const deploymentId = await newChat(pool, workspaceId);
    const { rows } = await pool.query<{ id: string }>(
      `INSERT INTO "Contact" (id, "workspaceId") VALUES ($1, $1) RETURNING id`,
      [workspaceId],
    );
    const contactId = rows[0]!.id;
    const row = { lastMessage: text, control: 'human', heldBy: workspaceId };
    const { id: conversationId } = await newConversation(pool, {
      ...{ workspaceId, deploymentId, contactId, row },
    });
    const [list, one, stranger] = [
      await harness.connect(own),
      await harness.connect(own),
      await harness.connect((await harness.newUser()).token),
    ];
    const heard = (event: string) =>
      list.received.flatMap(([name, payload]) => (name === event ? [payload] : []));
    expect(await list.send('inbox:watch', { workspaceId })).toEqual({ ok: true });
    for (const [event, payload] of [
      ['inbox:watch', { workspaceId }],
      ['conversation:watch', { conversationId }],
      ['conversation:type', { conversationId, isTyping: true }],
    ] as const) {
      expect((await stranger.send(event, payload)).error.code).toBe('not_found');
    }
    await ask(harness.api, `POST /api/conversations/${conversationId}/notes`, {
      ...{ token: own, json: { text: 'Hello' } },
    });
    const changed = { conversationId, workspaceId };
    await eventually(() =>
      expect(heard('inbox:changed')).toMatchObject([{ ...changed, mentions: [] }]),
    );
    const seen = await one.send('conversation:watch', { conversationId });
    expect(seen.people).toMatchObject([{ id: seen.personId, isTyping: false }]);
    // The visitor is told by the processes that they are connected to.
    const bus = await pool.connect();
    const typed = new Promise((resolve) =>
      bus.on('notification', ({ payload = '' }) => {
        const message = JSON.parse(payload) as { kind: string };
        if (message.kind === 'typing') resolve(message);
      }),
    );
    await bus.query('LISTEN crmflow');
    await one.send('conversation:type', { conversationId, isTyping: true });
    expect(await typed).toEqual({ kind: 'typing', ...changed, by: 'operator' });
    bus.release(true);
    await eventually(() =>
      expect(heard('presence').at(-1)).toMatchObject({ people: [{ isTyping: true }] }),
    );
    await publish(pool, { kind: 'typing', ...changed, by: 'visitor' });
    await publish(pool, { kind: 'conversation', ...changed, seq: 3, isFromVisitor: true });
    await eventually(() => {
      expect(heard('visitor:typing')).toMatchObject([changed]);
      expect(heard('inbox:changed').at(-1)).toMatchObject({ ...changed, isFromVisitor: true });
    });
    await one.send('inbox:watch', { workspaceId });
    await one.send('conversation:leave', { conversationId });
    await eventually(() => expect(heard('presence').at(-1)).toMatchObject({ people: [] }));
    await list.send('inbox:leave', { workspaceId });
    const before = list.received.length;
    await publish(pool, { kind: 'inbox', ...changed, mentions: ['last'] });
    await eventually(() =>
      expect(one.received.at(-1)).toMatchObject(['inbox:changed', { mentions: ['last'] }]),
    );
    expect(list.received).toHaveLength(before);
    expect(stranger.received.filter(([event]) => event !== 'ack')).toEqual([]);
  });

  it('tells its members when a snooze ends by its time', async () => {
    const { token: own, user } = await harness.newUser();
    const { pool } = harness;
    const workspaceId = user.id;
    const deploymentId = await newChat(pool, workspaceId);
    await pool.query('INSERT INTO "Contact" (id, "workspaceId") VALUES ($1, $1)', [workspaceId]);
    const { id: conversationId } = await newConversation(pool, {
      ...{ workspaceId, deploymentId, contactId: workspaceId },
    });
    const one = await harness.connect(own);
    await one.send('inbox:watch', { workspaceId });
    const snooze = () =>
      pool.query(
        `UPDATE "Conversation" SET "snoozedUntil" = now() + interval '1500 ms' WHERE id = $1`,
        [conversationId],
      );
    const heard = () => one.received.filter(([event]) => event === 'inbox:changed');
    await snooze();
    await eventually(() =>
      expect(heard()).toMatchObject([['inbox:changed', { conversationId, workspaceId }]]),
    );
    await snooze();
    await eventually(() => expect(heard()).toHaveLength(2));
  });
});

describe('session:start', () => {
  it('starts a run: the acknowledgement first, then its log from the beginning', async () => {
    const workflowId = await harness.saveFlow(token);
    const one = await harness.connect(token);
    const answer = await one.send('session:start', { workflowId, version: 'draft' });
    expect(answer).toMatchObject({ ok: true, snapshot: { status: 'running', lastSeq: 0 } });
    expect(answer.snapshot).toMatchObject({ workflowId, version: 'draft', messages: [] });
    expect(answer.snapshot.variables).toEqual({ mood: { b: 1, a: [null, 'x'] } });
    const at = expect.stringMatching(/^\d{4}-.*Z$/) as string;
    const { runId } = answer;
    await harness.record(runId, 1, [
      {
        type: 'run.started',
        data: { workflowId, version: 'draft', activeNode: 't', totalNodes: 2 },
      },
      { type: 'node.activated', ...call, data: { label: 'A', type: 'ai' } },
    ]);
    await waitForEvents(one, [1, 2]);
    expect(one.received.slice(1)).toEqual([
      [
        'session:started',
        { runId, seq: 1, at, workflowId, version: 'draft', activeNode: 't', totalNodes: 2 },
      ],
      ['workflow:node_activated', { runId, seq: 2, at, ...call, label: 'A', type: 'ai' }],
    ]);
  });

  it('starts one run for a requestId, and sends its log to each socket from the beginning', async () => {
    const workflowId = await harness.saveFlow(token);
    const request = { workflowId, version: 'draft', requestId: 'same' };
    const sockets = await Promise.all([1, 2, 3].map(() => harness.connect(token)));
    const answers = await Promise.all(sockets.map(({ send }) => send('session:start', request)));
    const { runId } = answers[0];
    expect(answers.map((answer) => answer.runId)).toEqual([runId, runId, runId]);
    await harness.record(runId, 1, steps(3));
    for (const one of sockets) await waitForEvents(one, [1, 2, 3]);
    await sockets[0]!.send('session:start', request);
    await harness.record(runId, 4, steps(1));
    for (const one of sockets) await waitForEvents(one, [1, 2, 3, 4]);
    expect(
      (await sockets[0]!.send('session:start', { ...request, input: { a: 1 } })).error.code,
    ).toBe('request_id_reused');
  });

  it('attaches after the snapshot, or from where the client says', async () => {
    const runId = await harness.startRun(token);
    await harness.record(runId, 1, steps(4));
    const [early, late] = await Promise.all([harness.connect(token), harness.connect(token)]);
    expect(await late.send('session:start', { runId })).toMatchObject({
      ok: true,
      snapshot: { lastSeq: 4, stale: true },
    });
    await early.send('session:start', { runId, afterSeq: 1 });
    await harness.record(runId, 5, steps(1));
    await waitForEvents(late, [5]);
    await waitForEvents(early, [2, 3, 4, 5]);
    await early.send('session:start', { runId, afterSeq: 3 });
    await waitForEvents(early, [2, 3, 4, 5, 4, 5]);
  });

  it('sends a log once to a client that asked for it twice', async () => {
    const runId = await harness.startRun(token);
    await harness.record(runId, 1, steps(700));
    const one = await harness.connect(token);
    const again = () => one.send('session:start', { runId, afterSeq: 0 });
    const answers = await Promise.all(Array.from({ length: 30 }, again));
    expect(answers.map(({ ok }) => ok)).toEqual(answers.map(() => true));
    await harness.record(runId, 701, steps(1));
    await waitForEvents(
      one,
      Array.from({ length: 701 }, (_, index) => index + 1),
    );
  });

  it('sends a long log in pages, each event once', async () => {
    const runId = await harness.startRun(token);
    await harness.record(runId, 1, steps(1_234));
    const one = await harness.connect(token);
    await one.send('session:start', { runId, afterSeq: 0 });
    await waitForEvents(
      one,
      Array.from({ length: 1_234 }, (_, index) => index + 1),
    );
  });

  it('rewinds a client whose cursor is past the end of the log', async () => {
    const runId = await harness.startRun(token);
    await harness.record(runId, 1, steps(2));
    const one = await harness.connect(token);
    await one.send('session:start', { runId, afterSeq: 7 });
    await waitForEvents(one, ['<2']);
    await harness.record(runId, 3, steps(1));
    await waitForEvents(one, ['<2', 3]);
  });
});

describe('a log', () => {
  it('sends run:rewound after a rewrite to clients that have the replaced events', async () => {
    const runId = await harness.startRun(token);
    const [behind, ahead] = await Promise.all([harness.connect(token), harness.connect(token)]);
    await harness.record(runId, 1, steps(5));
    await ahead.send('session:start', { runId, afterSeq: 0 });
    await waitForEvents(ahead, [1, 2, 3, 4, 5]);
    const other: NewEvent = { type: 'paused', data: { reason: 'another story' } };
    await harness.record(runId, 3, [other, other]);
    await waitForEvents(ahead, [1, 2, 3, 4, 5, '<2', 3, 4]);
    await behind.send('session:start', { runId, afterSeq: 2 });
    await waitForEvents(behind, [3, 4]);
  });

  it('sends the chunks of a call between ai.started and ai.completed', async () => {
    const runId = await harness.startRun(token);
    const one = await harness.connect(token);
    await one.send('session:start', { runId, afterSeq: 0 });
    await harness.record(runId, 1, [{ type: 'ai.started', ...call }]);
    await harness.chunk(runId, 'Hel');
    await harness.chunk(runId, 'lo');
    await harness.record(runId, 2, [{ type: 'ai.completed', ...call, data: { text: 'Hello' } }]);
    await harness.chunk(runId, 'too late');
    await harness.record(runId, 3, steps(1));
    await waitForEvents(one, [1, 2, 3]);
    expect(one.received.slice(1).map(([event, { text }]) => [event, text])).toEqual([
      ['ai:processing_start', undefined],
      ['ai:chunk', 'Hel'],
      ['ai:chunk', 'lo'],
      ['ai:processing_end', 'Hello'],
      ['run:variable_set', undefined],
    ]);
  });

  it('continues on the same socket after a database outage', async () => {
    const runId = await harness.startRun(token);
    const one = await harness.connect(token);
    await one.send('session:start', { runId, afterSeq: 0 });
    await harness.record(runId, 1, steps(1));
    await waitForEvents(one, [1]);
    harness.toDatabase.cut();
    await harness.record(runId, 2, steps(2));
    expect(await one.send('user:message', { runId, message: 'Hi', messageId: '1' })).toMatchObject({
      error: { code: 'database_unavailable' },
    });
    harness.toDatabase.restore();
    await waitForEvents(one, [1, 2, 3]);
    expect(one.socket.connected).toBe(true);
  });

  it('holds back events for a client that does not read, and loses none', async () => {
    const runId = await harness.startRun(token);
    const value = 'x'.repeat(20_000);
    const large = Array.from({ length: 50 }, () => ({ ...step, data: { name: 'x', value } }));
    for (let page = 0; page < 40; page++) await harness.record(runId, page * 50 + 1, large);
    const slow = await harness.connect(token);
    const { ws } = slow.socket.io.engine.transport as unknown as {
      ws: { pause(): void; resume(): void };
    };
    await slow.send('session:start', { runId, afterSeq: 1_999 });
    await waitForEvents(slow, [2_000]);
    slow.received.length = 0;
    slow.socket.emit('session:start', { runId, afterSeq: 0 }, () => {});
    ws.pause();
    const quick = await harness.connect(token);
    await quick.send('session:start', { runId, afterSeq: 0 });
    const whole = Array.from({ length: 2_000 }, (_, index) => index + 1);
    await waitForEvents(quick, whole);
    expect(slow.log().length).toBeLessThan(2_000);
    ws.resume();
    await waitForEvents(slow, whole);
  });
});

describe('session:end', () => {
  it('asks the run to end; a run that has ended otherwise says so', async () => {
    const runId = await harness.startRun(token);
    const { send } = await harness.connect(token);
    expect(await send('session:end', { runId })).toEqual({ ok: true });
    expect(await send('session:end', { runId })).toEqual({ ok: true });
    await harness.record(runId, 1, [{ type: 'run.finished', data: { status: 'cancelled' } }], {
      status: 'cancelled',
    });
    expect(await send('session:end', { runId })).toEqual({ ok: true });
    const other = await harness.startRun(token, greeting);
    await harness.record(other, 1, [{ type: 'run.finished', data: { status: 'completed' } }], {
      status: 'completed',
    });
    expect((await send('session:end', { runId: other })).error.code).toBe('run_finished');
  });
});
