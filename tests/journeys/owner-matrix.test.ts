import { randomUUID } from 'node:crypto';
import { type ClientEvents, hasRight, type Role, roles } from '@crmflow/contracts';
import { io } from 'socket.io-client';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Document, readDocument } from '../openapi/document.js';
import { letIn, ownConversation, ownFlow, ownRun, ownVisitor, secret } from '../openapi/owned.js';
import { type Ask, rows } from '../openapi/rows.js';
import { type Client, type RunSocket, send as sendAs, userOf } from '../support/client.js';
import { useInstallation } from '../support/installation.js';
import { visit } from '../support/visitor.js';

const site = useInstallation();
let document: Document;
let stranger: Client;
/** One of each role in the owner's workspace. */
const members = new Map<Role, Client>();
let workspaceId: string;
beforeAll(async () => {
  document = await readDocument(site.system.url);
  stranger = await site.another();
  workspaceId = (await userOf(site.client)).id;
  for (const role of roles) {
    const member = await site.another();
    await letIn(site.client, workspaceId, member, role);
    members.set(role, member);
  }
  // What the owner has must not be seen in the stranger's lists.
  await ownRun(site.client);
});

type Answered = { status: number; type: string; text: string; body: unknown };

async function send(name: string, { path, body }: Ask, token?: string): Promise<Answered> {
  const [method = ''] = name.split(' ');
  const response = await sendAs(site.system.url + path, token, method, body);
  const text = await response.text();
  const [type = ''] = (response.headers.get('content-type') ?? '').split(';');
  const isJson = type.endsWith('json');
  return { status: response.status, type, text, body: isJson ? JSON.parse(text) : text };
}

/** Every answer is as documented, whoever asked. */
function expectDocumented(name: string, { status, type, body, text }: Answered): void {
  expect(document.faultsOf(name, status, type, body), `${name} ${status} ${text}`).toEqual([]);
}

function expectNothingOf(owner: Pick<Client, 'token'>, asked: Ask, { text }: Answered): void {
  expect(text).not.toContain(secret);
  expect(text).not.toContain(owner.token);
  const ids = asked.path.match(/[0-9a-f]{8}-[0-9a-f-]{27}/g) ?? [];
  for (const id of ids) expect(text).not.toContain(id);
}

it('has a row for each operation, and no other', () => {
  expect(Object.keys(rows).sort()).toEqual(document.operations.map(({ name }) => name).sort());
});

it('says of each operation who may ask', () => {
  for (const { name, open, right, statuses } of document.operations) {
    expect([name, open]).toEqual([name, rows[name]?.whose === 'anyone']);
    expect([name, statuses.includes('401') || open]).toEqual([name, true]);
    if (open) continue;
    // What needs a right names a resource or a workspace.
    const names = right !== undefined || ['resource', 'visitor'].includes(rows[name]?.whose ?? '');
    expect([name, statuses.includes('404')]).toEqual([name, names]);
  }
});

describe.each(Object.entries(rows))('%s', (name, row) => {
  let asked: Ask;
  let owner: Pick<Client, 'token'>;
  beforeAll(async () => {
    asked = await row.ask(site.client, site.another, site.system);
    owner = asked.as ?? site.client;
  });

  it.runIf(row.whose !== 'anyone')('is refused to nobody', async () => {
    for (const token of [undefined, '', randomUUID()]) {
      const answer = await send(name, asked, token);
      expect(answer).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
      expectDocumented(name, answer);
      expectNothingOf(owner, asked, answer);
    }
  });

  it.runIf(row.whose === 'resource')('is not there for another user', async () => {
    const answer = await send(name, asked, stranger.token);
    expect(answer).toMatchObject({ status: 404, body: { code: 'not_found' } });
    expectDocumented(name, answer);
    expectNothingOf(owner, asked, answer);
  });

  it.runIf(row.whose === 'visitor')(
    'is not there for the team and for other visitors',
    async () => {
      const byTeam = await send(name, asked, site.client.token);
      expect(byTeam).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
      expectDocumented(name, byTeam);
      const [, slug = ''] = /chat\/([^/]+)/.exec(asked.path) ?? [];
      const elsewhere = await ownVisitor(site.client);
      const fromElsewhere = await send(name, asked, elsewhere.visitor.token);
      expect(fromElsewhere).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
      if (!name.includes('{id}')) return;
      const other = await visit(site.system.url, slug);
      const answer = await send(name, asked, other.token);
      expect(answer).toMatchObject({ status: 404, body: { code: 'not_found' } });
      expectDocumented(name, answer);
      expectNothingOf(owner, asked, answer);
    },
  );

  it.runIf(row.whose === 'each' && name.startsWith('GET'))(
    'shows another user nothing of the owner',
    async () => {
      const answer = await send(name, asked, stranger.token);
      expect(answer.status).toBe(200);
      expectNothingOf(owner, asked, answer);
    },
  );

  it('is refused to members whose role may not', async () => {
    const operation = document.operations.find((one) => one.name === name);
    const right = operation?.right;
    // Those of a workspace are asked in a workspace of the row's own: workspaces.itest.ts has them.
    if (right === undefined || asked.path.startsWith('/api/workspaces/')) return;
    const { path } = asked;
    const inWorkspace = `${path}${path.includes('?') ? '&' : '?'}workspaceId=${workspaceId}`;
    for (const [role, member] of members) {
      if (hasRight(role, right) && !row.isPrivate) continue;
      const answer = await send(
        name,
        { ...asked, path: operation?.inWorkspace ? inWorkspace : path },
        member.token,
      );
      const [status, code] = row.isPrivate ? [404, 'not_found'] : [403, 'forbidden'];
      expect([name, role, answer.status]).toEqual([name, role, status]);
      expect(answer.body).toMatchObject({ code });
      expectDocumented(name, answer);
      expectNothingOf(owner, asked, answer);
    }
  });

  it('works for the owner', async () => {
    const token = row.whose === 'anyone' ? asked.as?.token : owner.token;
    const answer = await send(name, asked, token);
    if (asked.status !== undefined) expect(answer.status).toBe(asked.status);
    else expect(answer.status, answer.text).toBeLessThan(300);
    expectDocumented(name, answer);
  });
});

describe('a socket', () => {
  type Ids = Record<'runId' | 'workflowId' | 'conversationId', string>;
  type Emit = (socket: RunSocket, ids: Ids) => Promise<unknown>;
  const events: Record<keyof ClientEvents, Emit[]> = {
    'session:start': [
      (socket, { runId }) => socket.emitWithAck('session:start', { runId }),
      (socket, { runId }) => socket.emitWithAck('session:start', { runId, afterSeq: 0 }),
      (socket, { workflowId }) =>
        socket.emitWithAck('session:start', { workflowId, version: 'draft' }),
    ],
    'user:message': [
      (socket, { runId }) =>
        socket.emitWithAck('user:message', { runId, message: 'hello', messageId: 'x' }),
    ],
    'node:execute': [
      (socket, { runId }) => socket.emitWithAck('node:execute', { runId, nodeId: 'question' }),
    ],
    'workflow:advance': [
      (socket, { runId }) =>
        socket.emitWithAck('workflow:advance', { runId, fromNodeId: 'question' }),
    ],
    'workflow:continue': [
      (socket, { runId }) => socket.emitWithAck('workflow:continue', { runId, nodeId: 'question' }),
    ],
    'workflow:pause_points': [
      (socket, { runId }) =>
        socket.emitWithAck('workflow:pause_points', { runId, nodeIds: ['question'] }),
    ],
    'session:end': [(socket, { runId }) => socket.emitWithAck('session:end', { runId })],
    'flow:watch': [(socket, { workflowId }) => socket.emitWithAck('flow:watch', { workflowId })],
    'flow:edit': [
      (socket, { workflowId }) => socket.emitWithAck('flow:edit', { workflowId, isEditing: true }),
    ],
    'flow:leave': [(socket, { workflowId }) => socket.emitWithAck('flow:leave', { workflowId })],
    'inbox:watch': [(socket) => socket.emitWithAck('inbox:watch', { workspaceId })],
    'inbox:leave': [(socket) => socket.emitWithAck('inbox:leave', { workspaceId })],
    'conversation:watch': [
      (socket, { conversationId }) => socket.emitWithAck('conversation:watch', { conversationId }),
    ],
    'conversation:type': [
      (socket, { conversationId }) =>
        socket.emitWithAck('conversation:type', { conversationId, isTyping: true }),
    ],
    'conversation:leave': [
      (socket, { conversationId }) => socket.emitWithAck('conversation:leave', { conversationId }),
    ],
  };

  it.each(Object.entries(events))('%s of another user finds nothing', async (_, emits) => {
    const runId = await ownRun(site.client);
    const workflowId = await ownFlow(site.client);
    const conversationId = await ownConversation(site.client);
    const socket = stranger.socket();
    const told: unknown[] = [];
    socket.onAny((...event: unknown[]) => told.push(event));
    for (const emit of emits) {
      const answer = await emit(socket, { runId, workflowId, conversationId });
      expect(answer).toMatchObject({ ok: false, error: { code: 'not_found' } });
      expect(JSON.stringify(answer)).not.toContain(secret);
    }
    await site.client.call('POST', `/api/runs/${runId}/messages`, {
      message: secret,
      messageId: 'm',
    });
    expect(await site.client.snapshot(runId)).toMatchObject({ runId });
    // One more round over the same socket: what was on its way to it would have come before.
    await emits[0]?.(socket, { runId, workflowId, conversationId });
    expect(told).toEqual([]);
    socket.close();
  });

  it.each(['', randomUUID()])('is refused to nobody (token %j)', async (token) => {
    const socket = io(site.system.url, {
      auth: { token },
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
    });
    const error = await new Promise<Error>((resolve, reject) => {
      socket.on('connect_error', resolve);
      socket.on('connect', () => reject(new Error('the socket was let in')));
    });
    expect(error.message).not.toContain(secret);
    socket.close();
  });
});
