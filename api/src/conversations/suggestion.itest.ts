import type { JsonObject } from '@crmflow/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type FakeGemini, startFakeGemini } from '../../../tests/support/fake-gemini.js';
import { ask, newUser } from '../testing/ask.js';
import { newChat, newConversation } from '../testing/conversations.js';
import { startTestApi, type TestApi } from '../testing/test-api.js';
import { conversationRoutes } from './routes.js';
import { takeOverRoutes } from './take-over-routes.js';

let api: TestApi;
let gemini: FakeGemini;
let owner: Awaited<ReturnType<typeof newUser>>;
let chat: { workspaceId: string; deploymentId: string; contactId: string };

beforeAll(async () => {
  gemini = await startFakeGemini();
  api = await startTestApi({
    environment: { GEMINI_BASE_URL: gemini.url, GEMINI_API_KEY: 'shared-key' },
    routes: (deps) => [...conversationRoutes(deps), ...takeOverRoutes(deps)],
  });
});
afterAll(() => Promise.all([api?.stop(), gemini?.close()]));
beforeEach(async () => {
  gemini.requests.length = 0;
  gemini.behave({});
  owner = await newUser(api);
  const workspaceId = owner.user.id;
  const deploymentId = await newChat(api.deps.pool, workspaceId);
  const { id } = await api.deps.db.contact.create({ data: { workspaceId, name: 'Ada' } });
  chat = { workspaceId, deploymentId, contactId: id };
});

const converse = (said: string[], row: Record<string, unknown> = {}) =>
  newConversation(api.deps.pool, { ...chat, said, row });
const suggest = (id: string, { token } = owner) =>
  ask(api, `POST /api/conversations/${id}/suggestion`, { token });
const read = async (id: string) =>
  (await ask(api, `GET /api/conversations/${id}`, { token: owner.token })).body;

async function know(text: string): Promise<void> {
  const item = await api.deps.db.knowledgeItem.create({
    data: {
      ...{ workspaceId: owner.user.id, type: 'manual', name: 'Refunds', status: 'ready' },
      ...{ generation: 1, chunks: 1 },
    },
  });
  await api.deps.pool.query(
    `INSERT INTO "KnowledgePassage" ("itemId", generation, index, "workspaceId", text, search)
     VALUES ($1, 1, 0, $2, $3, to_tsvector('simple', $3))`,
    [item.id, owner.user.id, text],
  );
}

describe('POST /api/conversations/:id/suggestion', () => {
  it('drafts a reply from what was said and from the knowledge, and says nothing', async () => {
    await know('A refund takes five working days.');
    gemini.behave({ handle: () => ({ kind: 'answer', text: ' Five working days. ' }) });
    const { id } = await converse(['Hello', 'Hi!', 'How long does a refund take?']);
    const { status, body } = await suggest(id);
    expect([status, body.text]).toEqual([200, 'Five working days.']);
    expect(body.sources).toMatchObject([{ name: 'Refunds' }]);
    const sent = JSON.stringify(gemini.requests.map((request) => request.body));
    for (const words of [
      'How long does a refund take?',
      'five working days',
      'member of the team',
    ]) {
      expect(sent).toContain(words);
    }
    expect((await read(id)).lastMessage?.text).not.toBe('Five working days.');
    const { body: told } = await ask(api, `GET /api/conversations/${id}/events`, {
      token: owner.token,
    });
    expect(told.items).toHaveLength(3);
  });

  it('says why there is none, and lets nobody ask who may not answer', async () => {
    const { id } = await converse(['Hello']);
    gemini.behave({ handle: () => ({ kind: 'error', status: 503 }) });
    expect(await suggest(id)).toMatchObject({ status: 422, body: { code: 'ai_unavailable' } });
    const viewer = await newUser(api);
    await api.deps.db.member.create({
      data: { workspaceId: owner.user.id, userId: viewer.user.id, role: 'viewer' },
    });
    const asked = gemini.requests.length;
    expect((await suggest(id, viewer)).status).toBe(403);
    expect((await suggest(id, await newUser(api))).status).toBe(404);
    expect(gemini.requests).toHaveLength(asked);
  });
});

describe('an answer that was under way when a person took over', () => {
  const usage = { inputTokens: 1, outputTokens: 2 };
  const unsaid = { text: 'Too late', usage, suggestion: true };

  async function log(runId: string, ...events: [type: string, data: JsonObject][]) {
    for (const [index, [type, data]] of events.entries()) {
      await api.deps.pool.query(
        `INSERT INTO "ExecutionLog" ("runId", seq, at, type, data) VALUES ($1, $2, now(), $3, $4)`,
        [runId, index + 1, type, JSON.stringify(data)],
      );
    }
  }

  it('is a suggestion until somebody has answered, or has handed back', async () => {
    const taken: [string, JsonObject] = ['control.changed', { by: 'operator' }];
    const late: [string, JsonObject] = ['ai.completed', unsaid];
    const suggested = async (...rest: [string, JsonObject][]) => {
      const { id, runId } = await converse(['Hello'], { heldBy: owner.user.id });
      await log(runId, ...rest);
      return (await read(id)).suggestion;
    };
    expect(await suggested(taken)).toBeNull();
    expect(await suggested(taken, late)).toMatchObject({ text: 'Too late', sources: [], usage });
    expect(await suggested(taken, late, ['message', { role: 'user', text: '?' }])).not.toBeNull();
    expect(await suggested(taken, late, ['message', { role: 'operator', text: 'I' }])).toBeNull();
    expect(await suggested(taken, late, ['control.changed', { by: 'flow' }], taken)).toBeNull();
    expect(await suggested(taken, ['ai.completed', { text: 'Said', usage }])).toBeNull();
  });
});
