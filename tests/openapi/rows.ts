import { randomUUID } from 'node:crypto';
import { type Client, testPassword, userOf } from '../support/client.js';
import { ask, row } from '../support/flows.js';
import type { System } from '../support/system.js';
import {
  failedRun,
  invite,
  letIn,
  outdatedRun,
  ownCallback,
  ownContact,
  ownConversation,
  ownDeployment,
  ownHook,
  ownFlow,
  ownItem,
  ownRun,
  ownSchedule,
  ownTeam,
  ownTemplate,
  ownVisitor,
  publishedFlow,
  secret,
} from './owned.js';

/** What to ask: the address with the ids of what the owner has, and a body that works. */
export type Ask = {
  path: string;
  body?: unknown;
  /** Who asks, where it is a user of the row's own. */
  as?: Pick<Client, 'token'>;
  /** Where it cannot go well. */
  status?: number;
};

/**
 * How an operation is to be asked, and whose it is. `resource`: of one owner, and 404 for others.
 * `each`: everybody has one's own. `visitor`: by the token of a visitor. `anyone`: needs no session.
 */
export type Row = {
  whose: 'resource' | 'each' | 'visitor' | 'anyone';
  /** Its maker's alone: not there for other members either. */
  isPrivate?: true;
  /**
   * Makes what the operation needs.
   * @param another makes further users
   * @param system for what only strangers make
   */
  ask(owner: Client, another: () => Promise<Client>, system: System): Promise<Ask> | Ask;
};

const resource = (asking: Row['ask']): Row => ({ whose: 'resource', ask: asking });
const each = (path: string, body?: () => unknown): Row => ({
  whose: 'each',
  ask: () => ({ path, ...(body && { body: body() }) }),
});
const anyone = (path: string, body?: () => unknown): Row => ({
  whose: 'anyone',
  ask: () => ({ path, ...(body && { body: body() }) }),
});

const ofFlow = (rest = '', body?: unknown) =>
  resource(async (owner) => ({ path: `/api/workflows/${await ownFlow(owner)}${rest}`, body }));
const ofPublished = (rest: string, body?: unknown) =>
  resource(async (owner) => ({
    path: `/api/workflows/${await publishedFlow(owner)}${rest}`,
    body,
  }));
/** A test of a flow of the owner. */
const test = () => ({ name: `Test of ${secret}`, steps: [{ user: secret }] });
const ofTest = (pathOf: (made: { id: string; flowId: string }) => string, body?: unknown) =>
  resource(async (owner) => {
    const flowId = await ownFlow(owner);
    const { status, body: made } = await owner.call<{ id: string }>(
      ...(['POST', `/api/workflows/${flowId}/tests`, test()] as const),
    );
    if (status !== 201) throw new Error(`making a test answered ${status}`);
    return { path: pathOf({ ...made, flowId }), body };
  });
const ofItem = (rest = '', body?: unknown) =>
  resource(async (owner) => ({ path: `/api/knowledge/${await ownItem(owner)}${rest}`, body }));
const ofRun = (rest = '', body?: unknown) =>
  resource(async (owner) => ({ path: `/api/runs/${await ownRun(owner)}${rest}`, body }));
const ofPausedRun = (rest: string, body: unknown) =>
  resource(async (owner) => ({
    path: `/api/runs/${await ownRun(owner, 'paused', { mode: 'step' })}${rest}`,
    body,
  }));

const ofDeployment = (body?: unknown) =>
  resource(async (owner) => ({ path: `/api/deployments/${await ownDeployment(owner)}`, body }));
const ofSchedule = (rest: string, body?: unknown) =>
  resource(async (owner) => ({
    path: `/api/deployments/${await ownSchedule(owner)}/${rest}`,
    ...(body !== undefined && { body }),
  }));
const ofHook = (pathOf: (hook: Awaited<ReturnType<typeof ownHook>>) => string) =>
  resource(async (owner) => ({ path: pathOf(await ownHook(owner)) }));
const ofContact = (rest = '', body?: unknown) =>
  resource(async (owner) => ({ path: `/api/contacts/${await ownContact(owner)}${rest}`, body }));
const ofConversation = (rest = '', body?: unknown) =>
  resource(async (owner) => ({
    path: `/api/conversations/${await ownConversation(owner)}${rest}`,
    body,
  }));
/** One that the owner has taken over. */
const ofTaken = (rest: string, body: unknown) =>
  resource(async (owner) => {
    const path = `/api/conversations/${await ownConversation(owner)}`;
    const { status } = await owner.call('POST', `${path}/take-over`, { expect: null });
    if (status !== 200) throw new Error(`taking over answered ${status}`);
    return { path: path + rest, body };
  });
const canned = () => ({ shortcut: randomUUID(), text: `Hello from ${secret}` });
const ofCanned = (body?: unknown) =>
  resource(async (owner) => {
    const { status, body: made } = await owner.call<{ id: string }>(
      ...(['POST', '/api/canned-replies', canned()] as const),
    );
    if (status !== 201) throw new Error(`making a canned reply answered ${status}`);
    return { path: `/api/canned-replies/${made.id}`, body };
  });
/** One that the owner has saved; its name and that of a row's own body meet nobody else's. */
const ofView = (body?: () => unknown): Row => ({
  whose: 'resource',
  isPrivate: true,
  async ask(owner) {
    const { status, body: made } = await owner.call<{ id: string }>(
      ...(['POST', '/api/saved-views', view()] as const),
    );
    if (status !== 201) throw new Error(`saving a view answered ${status}`);
    return { path: `/api/saved-views/${made.id}`, ...(body && { body: body() }) };
  },
});
const view = () => ({ name: `${secret} ${randomUUID()}`, filter: { view: 'waiting' } });
/** Of a contact of the owner that another one was merged into. */
const ofMerged = (): Row =>
  resource(async (owner) => {
    const intoId = await ownContact(owner);
    const path = `/api/contacts/${await ownContact(owner)}/merge`;
    const { status } = await owner.call('POST', path, { intoId });
    if (status >= 300) throw new Error(`merging answered ${status}`);
    const { body } = await owner.call<{ merges: { id: string }[] }>(
      ...(['GET', `/api/contacts/${intoId}`] as const),
    );
    return { path: `/api/contacts/${intoId}/unmerge`, body: { mergeId: body.merges[0]?.id } };
  });
/** Of a chat of the owner; `:id` stands for a conversation there. */
const ofVisitor = (rest: string, body?: unknown): Row => ({
  whose: 'visitor',
  async ask(owner) {
    const { slug, visitor, conversationId } = await ownVisitor(owner);
    const path = `/api/public/chat/${slug}${rest.replace(':id', conversationId)}`;
    return { path, as: visitor, body };
  },
});
const ofChat = (rest = '', body?: unknown): Row => ({
  whose: 'anyone',
  async ask(owner) {
    return { path: `/api/public/chat/${(await ownVisitor(owner)).slug}${rest}`, body };
  },
});

const ofTeam = (rest = '', body?: unknown) =>
  resource(async (owner) => ({ path: `/api/workspaces/${await ownTeam(owner)}${rest}`, body }));
const ofMember = (body?: unknown) =>
  resource(async (owner, another) => {
    const team = await ownTeam(owner);
    const userId = await letIn(owner, team, await another(), 'viewer');
    return { path: `/api/workspaces/${team}/members/${userId}`, body };
  });
/** What is made by a POST to a list of a workspace. */
const ofMade = (list: string, made: unknown) =>
  resource(async (owner) => {
    const path = `/api/workspaces/${await ownTeam(owner)}/${list}`;
    const { body } = await owner.call<{ id: string }>('POST', path, made);
    return { path: `${path}/${body.id}` };
  });

/** Its events go nowhere: no name ends with `.invalid`. */
const endpoint = { url: 'https://hooks.invalid/events', types: ['run.failed'] };
async function ownEndpoint(owner: Client): Promise<string> {
  const path = `/api/workspaces/${await ownTeam(owner)}/endpoints`;
  const { body } = await owner.call<{ id: string }>('POST', path, endpoint);
  return `${path}/${body.id}`;
}
const ofEndpoint = (rest = '', body?: unknown) =>
  resource(async (owner) => ({ path: (await ownEndpoint(owner)) + rest, body }));

const flow = () => row([ask('question')], { name: `Flow of ${secret}` });
const account = () => ({ email: `${randomUUID()}@example.com`, password: 'correct horse battery' });

/** One row for each operation of the document. */
export const rows: Record<string, Row> = {
  'POST /api/auth/register': anyone('/api/auth/register', account),
  'POST /api/auth/login': {
    whose: 'anyone',
    async ask(owner) {
      const body = account();
      await owner.call('POST', '/api/auth/register', body);
      return { path: '/api/auth/login', body };
    },
  },
  'POST /api/auth/logout': {
    whose: 'each',
    ask: async (_, another) => ({ path: '/api/auth/logout', as: await another() }),
  },
  'GET /api/auth/me': each('/api/auth/me'),
  'PATCH /api/auth/me': each('/api/auth/me', () => ({ name: 'Ada' })),
  'DELETE /api/auth/me': {
    whose: 'each',
    ask: async (_, another) => ({
      path: '/api/auth/me',
      body: { password: testPassword },
      as: await another(),
    }),
  },
  'POST /api/auth/password': each('/api/auth/password', () => ({
    currentPassword: testPassword,
    newPassword: testPassword,
  })),
  'GET /api/auth/sessions': each('/api/auth/sessions'),
  'DELETE /api/auth/sessions/{id}': resource(async (owner) => {
    const { email } = await userOf(owner);
    await owner.call('POST', '/api/auth/login', { email, password: testPassword });
    const { body } = await owner.call<{ items: { id: string; current: boolean }[] }>(
      'GET',
      '/api/auth/sessions',
    );
    return { path: `/api/auth/sessions/${body.items.find(({ current }) => !current)!.id}` };
  }),
  'POST /api/auth/verify-email': {
    whose: 'anyone',
    ask: async (_, another) => ({
      path: '/api/auth/verify-email',
      body: {},
      as: await another(),
    }),
  },
  'POST /api/auth/password-reset': anyone('/api/auth/password-reset', () => ({
    email: account().email,
  })),
  // A good token is in a mail only; whoever has none learns no more than that.
  'POST /api/auth/password-reset/confirm': {
    whose: 'anyone',
    ask: () => ({
      path: '/api/auth/password-reset/confirm',
      body: { token: randomUUID(), password: testPassword },
      status: 422,
    }),
  },
  'POST /api/auth/invitations': each('/api/auth/invitations', () => ({ email: account().email })),

  'GET /api/workflows': each('/api/workflows'),
  'POST /api/workflows': each('/api/workflows', flow),
  'GET /api/workflows/{id}': ofFlow(),
  'PUT /api/workflows/{id}': ofFlow('', { ...flow(), revision: 1 }),
  'DELETE /api/workflows/{id}': ofFlow(),
  'POST /api/workflows/{id}/validate': ofFlow('/validate'),
  'POST /api/workflows/{id}/clone': ofFlow('/clone'),
  'GET /api/workflows/{id}/export': ofFlow('/export'),
  'POST /api/workflows/import': each('/api/workflows/import', () => ({
    schemaVersion: 1,
    ...flow(),
  })),
  'POST /api/workflows/{id}/publish': ofFlow('/publish', {}),
  'GET /api/workflows/{id}/tests': ofTest(({ flowId }) => `/api/workflows/${flowId}/tests`),
  'POST /api/workflows/{id}/tests': ofFlow('/tests', test()),
  'POST /api/workflows/{id}/tests/run': ofTest(
    ({ flowId }) => `/api/workflows/${flowId}/tests/run`,
    {},
  ),
  'POST /api/workflows/{id}/explore': ofFlow('/explore', {}),
  'POST /api/workflows/{id}/replay': ofPublished('/replay', { runs: 5 }),
  'GET /api/workflows/{id}/waiting-runs': ofPublished('/waiting-runs'),
  'POST /api/runs/{runId}/test': ofRun('/test', {}),
  'PUT /api/tests/{id}': ofTest(({ id }) => `/api/tests/${id}`, test()),
  'DELETE /api/tests/{id}': ofTest(({ id }) => `/api/tests/${id}`),
  'GET /api/workflows/{id}/versions': ofPublished('/versions'),
  'GET /api/workflows/{id}/versions/{number}': ofPublished('/versions/1'),
  'POST /api/workflows/{id}/versions/{number}/restore': ofPublished('/versions/1/restore', {}),
  'POST /api/workflows/{id}/try-http': resource(async (owner) => ({
    path: `/api/workflows/${await ownFlow(owner)}/try-http`,
    body: { data: { url: 'http://127.0.0.1/' } },
    // Inner addresses are refused, and tests have no others.
    status: 422,
  })),
  'POST /api/workflows/{id}/runs': ofPublished('/runs', { input: { from: secret } }),

  'GET /api/templates': each('/api/templates'),
  'GET /api/templates/{id}': resource(async (owner) => ({
    path: `/api/templates/${await ownTemplate(owner)}`,
  })),

  'GET /api/runs': each('/api/runs'),
  'GET /api/runs/{runId}': ofRun(),
  'GET /api/runs/{runId}/flow': ofRun('/flow'),
  'GET /api/runs/{runId}/events': ofRun('/events'),
  'POST /api/runs/{runId}/messages': ofRun('/messages', { message: secret, messageId: 'm' }),
  'POST /api/runs/{runId}/cancel': ofRun('/cancel'),
  'POST /api/runs/{runId}/callback': resource(async (owner) => ({
    path: `/api/runs/${(await ownCallback(owner)).runId}/callback`,
  })),
  'POST /api/runs/{runId}/execute': ofPausedRun('/execute', { nodeId: 'start' }),
  'POST /api/runs/{runId}/advance': ofPausedRun('/advance', { fromNodeId: 'start' }),
  'POST /api/runs/{runId}/continue': ofPausedRun('/continue', { nodeId: 'start' }),
  'POST /api/runs/{runId}/pause-points': ofRun('/pause-points', { nodeIds: ['question'] }),
  'POST /api/runs/{runId}/retry': resource(async (owner) => ({
    path: `/api/runs/${await failedRun(owner)}/retry`,
    body: {},
  })),
  'POST /api/runs/{runId}/fork': ofRun('/fork', { nodeId: 'question' }),
  'POST /api/runs/{runId}/migrate': resource(async (owner) => ({
    path: `/api/runs/${await outdatedRun(owner)}/migrate`,
    body: { version: 2 },
  })),

  'GET /api/workflows/{id}/deployments': ofPublished('/deployments'),
  'POST /api/workflows/{id}/deployments': ofPublished('/deployments', { kind: 'chat' }),
  'GET /api/deployments/{id}': ofDeployment(),
  'PATCH /api/deployments/{id}': ofDeployment({ enabled: false }),
  'DELETE /api/deployments/{id}': ofDeployment(),

  'GET /api/deployments/{id}/next': ofSchedule('next'),
  'POST /api/deployments/{id}/next': ofSchedule('next', { settings: { every: 'PT1H' } }),
  'GET /api/deployments/{id}/firings': ofSchedule('firings'),
  'POST /api/deployments/{id}/run-now': ofSchedule('run-now', {}),
  'POST /api/deployments/{id}/backfill': ofSchedule('backfill', {
    ...{ from: '2026-01-01T00:00:00Z', to: '2026-01-01T01:00:00Z' },
  }),

  'GET /api/deployments/{id}/deliveries': ofHook(({ id }) => `/api/deployments/${id}/deliveries`),
  'POST /api/deployments/{id}/deliveries/{n}/replay': ofHook(
    ({ id, n }) => `/api/deployments/${id}/deliveries/${n}/replay`,
  ),
  'POST /hooks/{slug}': {
    whose: 'anyone',
    ask: async (owner) => ({ path: `/hooks/${(await ownHook(owner)).slug}`, body: {} }),
  },
  'POST /hooks/waits/{token}': {
    whose: 'anyone',
    ask: async (owner) => ({ path: (await ownCallback(owner)).path, body: {} }),
  },
  'GET /hooks/waits/{token}': {
    whose: 'anyone',
    ask: async (owner) => ({ path: (await ownCallback(owner)).path }),
  },
  // A good token is told to a sender who has waited.
  'GET /hooks/results/{token}': {
    whose: 'anyone',
    ask: () => ({ path: `/hooks/results/${randomUUID()}`, status: 404 }),
  },

  'GET /api/contacts': each('/api/contacts'),
  'POST /api/contacts': each('/api/contacts', () => ({ name: `Friend of ${secret}` })),
  'GET /api/contacts/{id}': ofContact(),
  'PATCH /api/contacts/{id}': ofContact('', { blocked: true }),
  'DELETE /api/contacts/{id}': ofContact(),
  'POST /api/contacts/{id}/merge': resource(async (owner) => ({
    path: `/api/contacts/${await ownContact(owner)}/merge`,
    body: { intoId: await ownContact(owner) },
  })),
  'POST /api/contacts/{id}/unmerge': ofMerged(),
  'GET /api/contacts/{id}/conversations': ofContact('/conversations'),

  'GET /api/public/chat/{slug}': ofChat(),
  'POST /api/public/chat/{slug}/visitors': ofChat('/visitors', {}),
  'GET /api/public/chat/{slug}/conversations': ofVisitor('/conversations'),
  'POST /api/public/chat/{slug}/conversations': ofVisitor('/conversations', { requestId: 'again' }),
  'GET /api/public/chat/{slug}/conversations/{id}/events': ofVisitor('/conversations/:id/events'),
  'POST /api/public/chat/{slug}/conversations/{id}/messages': ofVisitor(
    '/conversations/:id/messages',
    { messageId: 'm-1', text: 'Hello' },
  ),
  'POST /api/public/chat/{slug}/conversations/{id}/typing': ofVisitor('/conversations/:id/typing'),
  'POST /api/public/chat/{slug}/conversations/{id}/rating': ofVisitor('/conversations/:id/rating', {
    score: 5,
  }),
  'GET /api/public/chat/{slug}/me': ofVisitor('/me'),
  'DELETE /api/public/chat/{slug}/me': ofVisitor('/me'),

  'GET /api/conversations': each('/api/conversations'),
  'GET /api/conversations/{id}': ofConversation(),
  'GET /api/conversations/{id}/events': ofConversation('/events'),
  'GET /api/conversations/counts': each('/api/conversations/counts'),
  'GET /api/conversations/{id}/team-events': ofConversation('/team-events'),
  'POST /api/conversations/{id}/take-over': ofConversation('/take-over', { expect: null }),
  'POST /api/conversations/{id}/messages': ofTaken('/messages', { messageId: 'o-1', text: secret }),
  'POST /api/conversations/{id}/suggestion': ofConversation('/suggestion'),
  'POST /api/conversations/{id}/hand-back': ofTaken('/hand-back', { how: 'reask' }),
  'POST /api/conversations/{id}/assign': ofConversation('/assign', { userId: null }),
  'POST /api/conversations/{id}/snooze': ofConversation('/snooze', { until: null }),
  'POST /api/conversations/{id}/close': ofConversation('/close'),
  'POST /api/conversations/{id}/reopen': ofConversation('/reopen'),
  'POST /api/conversations/{id}/read': ofConversation('/read', { seq: 0 }),
  'POST /api/conversations/{id}/notes': ofConversation('/notes', { text: `Likes ${secret}` }),
  'GET /api/saved-views': each('/api/saved-views'),
  'POST /api/saved-views': each('/api/saved-views', view),
  'PATCH /api/saved-views/{id}': ofView(() => ({ name: randomUUID() })),
  'DELETE /api/saved-views/{id}': ofView(),
  'GET /api/canned-replies': each('/api/canned-replies'),
  'POST /api/canned-replies': each('/api/canned-replies', () => canned()),
  'PATCH /api/canned-replies/{id}': ofCanned({ text: `Hello from ${secret}` }),
  'DELETE /api/canned-replies/{id}': ofCanned(),

  'GET /api/workspaces': each('/api/workspaces'),
  'POST /api/workspaces': each('/api/workspaces', () => ({ name: 'Team' })),
  'GET /api/workspaces/{id}': ofTeam(),
  'PATCH /api/workspaces/{id}': ofTeam('', { name: 'Another name' }),
  'DELETE /api/workspaces/{id}': ofTeam(),
  'GET /api/workspaces/{id}/members': ofTeam('/members'),
  'PATCH /api/workspaces/{id}/members/{userId}': ofMember({ role: 'editor' }),
  'DELETE /api/workspaces/{id}/members/{userId}': ofMember(),
  'GET /api/workspaces/{id}/invitations': ofTeam('/invitations'),
  'POST /api/workspaces/{id}/invitations': ofTeam('/invitations', {
    email: 'grace@example.com',
    role: 'editor',
  }),
  'DELETE /api/workspaces/{id}/invitations/{invitationId}': ofMade('invitations', {
    email: 'grace@example.com',
    role: 'editor',
  }),
  'POST /api/invitations/accept': {
    whose: 'each',
    async ask(owner, another) {
      const guest = await another();
      const { email } = await userOf(guest);
      const token = await invite(owner, await ownTeam(owner), { email, role: 'viewer' });
      return { path: '/api/invitations/accept', body: { token }, as: guest };
    },
  },
  'GET /api/workspaces/{id}/tokens': ofTeam('/tokens'),
  'POST /api/workspaces/{id}/tokens': ofTeam('/tokens', { name: 'Script', role: 'viewer' }),
  'DELETE /api/workspaces/{id}/tokens/{tokenId}': ofMade('tokens', {
    name: 'Script',
    role: 'viewer',
  }),
  'GET /api/workspaces/{id}/endpoints': ofTeam('/endpoints'),
  'POST /api/workspaces/{id}/endpoints': ofTeam('/endpoints', endpoint),
  'PATCH /api/workspaces/{id}/endpoints/{endpointId}': ofEndpoint('', { enabled: false }),
  'DELETE /api/workspaces/{id}/endpoints/{endpointId}': ofEndpoint(),
  'POST /api/workspaces/{id}/endpoints/{endpointId}/rotate': ofEndpoint('/rotate'),
  'POST /api/workspaces/{id}/endpoints/{endpointId}/test': ofEndpoint('/test', {}),
  'GET /api/workspaces/{id}/endpoints/{endpointId}/deliveries': ofEndpoint('/deliveries'),
  'POST /api/workspaces/{id}/endpoints/{endpointId}/deliveries/{deliveryId}/resend': resource(
    async (owner) => {
      const path = await ownEndpoint(owner);
      const { body } = await owner.call<{ id: string }>('POST', `${path}/test`, {});
      return { path: `${path}/deliveries/${body.id}/resend` };
    },
  ),
  'GET /api/workspaces/{id}/audit': ofTeam('/audit'),

  'GET /api/analytics/workflows/{id}': resource(async (owner) => ({
    path: `/api/analytics/workflows/${await publishedFlow(owner)}`,
  })),

  'GET /api/knowledge': each('/api/knowledge'),
  // A file travels as multipart, which these requests are not.
  'POST /api/knowledge/pdf': {
    whose: 'each',
    ask: () => ({ path: '/api/knowledge/pdf', body: {}, status: 415 }),
  },
  // A page that may be read is beyond what every machine can reach.
  'POST /api/knowledge/scrape': {
    whose: 'each',
    ask: () => ({
      path: '/api/knowledge/scrape',
      body: { url: 'http://127.0.0.1/' },
      status: 422,
    }),
  },
  'POST /api/knowledge/manual': each('/api/knowledge/manual', () => ({
    question: 'Who are you?',
    answer: secret,
  })),
  'POST /api/knowledge/search': each('/api/knowledge/search', () => ({ query: secret })),
  'GET /api/knowledge/{id}': ofItem(),
  'PUT /api/knowledge/{id}': ofItem('', { enabled: false }),
  'DELETE /api/knowledge/{id}': ofItem(),
  'POST /api/knowledge/{id}/refresh': ofItem('/refresh'),

  'GET /api/usage': each('/api/usage'),

  'GET /api/keys': each('/api/keys'),
  'POST /api/keys': each('/api/keys', () => ({ service: 'crm', key: '0123456789' })),
  'DELETE /api/keys/{service}': resource(async (owner) => {
    const service = `key-of-${secret}`;
    await owner.call('POST', '/api/keys', { service, key: '0123456789' });
    return { path: `/api/keys/${service}` };
  }),

  'GET /api/ai/models': each('/api/ai/models'),
  // The fake writes what fits the schema and is no flow.
  'POST /api/ai/generate-workflow': {
    whose: 'each',
    ask: () => ({ path: '/api/ai/generate-workflow', body: { prompt: 'a flow' }, status: 422 }),
  },
  'POST /api/ai/generate': each('/api/ai/generate', () => ({ prompt: 'Say hello' })),

  'GET /api/openapi.json': anyone('/api/openapi.json'),
  'GET /health': anyone('/health'),
  'GET /ready': anyone('/ready'),
  'GET /metrics': anyone('/metrics'),
};
