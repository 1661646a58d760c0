import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type FakeGemini,
  type Reply,
  startFakeGemini,
} from '../../../tests/support/fake-gemini.js';
import { ask, newUser } from '../testing/ask.js';
import { startTestApi, type TestApi } from '../testing/test-api.js';
import { keyRoutes } from '../keys/routes.js';
import { aiRoutes } from './routes.js';

let api: TestApi;
let gemini: FakeGemini;
let token: string;

beforeAll(async () => {
  gemini = await startFakeGemini();
  api = await startTestApi({
    environment: { GEMINI_BASE_URL: gemini.url, GEMINI_API_KEY: 'shared-key' },
    routes: (deps) => [...aiRoutes(deps), ...keyRoutes(deps)],
  });
  ({ token } = await newUser(api));
});
afterAll(() => Promise.all([api?.stop(), gemini?.close()]));
beforeEach(() => {
  gemini.requests.length = 0;
  gemini.behave({});
});

const generate = (json: object, headers: Record<string, string> = {}, as = token) =>
  ask(api, 'POST /api/ai/generate', { token: as, json, headers });

/** The events of a stream, as they came. */
const eventsOf = (text: string) =>
  text
    .split('\n\n')
    .filter((block) => block.startsWith('event: '))
    .map((block) => {
      const [, event = '', data = ''] = /^event: (.*)\ndata: (.*)$/.exec(block) ?? [];
      return { event, data: JSON.parse(data) as unknown };
    });

describe('POST /api/ai/generate', () => {
  it('answers a prompt', async () => {
    const { status, body } = await generate({ prompt: 'Hello', system: 'Be kind', temperature: 0 });
    expect(status).toBe(200);
    expect(body).toEqual({
      text: 'You said: Hello',
      usage: { inputTokens: 1, outputTokens: 3 },
      model: 'fake-gemini',
      finishReason: 'STOP',
      passages: [],
    });
    expect(gemini.requests[0]).toMatchObject({
      model: 'gemini-flash-latest',
      headers: { 'x-goog-api-key': 'shared-key' },
      body: {
        systemInstruction: { parts: [{ text: 'Be kind' }] },
        generationConfig: { temperature: 0 },
      },
    });
  });

  it('uses the key of the user, if there is one', async () => {
    const other = await newUser(api);
    const json = { service: 'gemini', key: 'their-own-key' };
    await ask(api, 'POST /api/keys', { token: other.token, json });
    await generate({ prompt: 'Hello' }, {}, other.token);
    expect(gemini.requests.at(-1)?.headers['x-goog-api-key']).toBe('their-own-key');
  });

  it('gives a value by a schema, and refuses a schema that models do not know', async () => {
    const schema = { type: 'object', properties: { age: { type: 'integer', minimum: 4 } } };
    expect((await generate({ prompt: 'x', schema })).body).toMatchObject({ value: { age: 4 } });
    const odd = { type: 'object', properties: { at: { type: 'string', format: 'uri' } } };
    expect(await generate({ prompt: 'x', schema: odd })).toMatchObject({
      status: 422,
      body: { code: 'invalid', errors: [{ path: 'schema' }] },
    });
  });

  it('sounds as its owner wants it to', async () => {
    const other = await newUser(api);
    const json = { personality: 'Speak like a sailor.' };
    await ask(api, 'PATCH /api/auth/me', { token: other.token, json });
    await generate({ prompt: 'x', system: 'Be kind', usePersonality: true }, {}, other.token);
    const [instruction] = gemini.requests[0]?.body.systemInstruction?.parts ?? [];
    expect(instruction?.text).toBe('Be kind\n\nSpeak like a sailor.');
  });

  it.each<[string, Reply]>([
    ['ai_blocked', { kind: 'blocked', what: 'prompt', reason: 'SAFETY' }],
    ['ai_bad_request', { kind: 'error', status: 400 }],
    ['ai_rate_limited', { kind: 'error', status: 429, retryDelay: '3s' }],
    ['ai_unavailable', { kind: 'error', status: 503 }],
    ['ai_empty', { kind: 'answer', text: '' }],
  ])('says %s', async (code, reply) => {
    gemini.behave({ handle: () => reply });
    const answer = await generate({ prompt: 'x' });
    expect(answer).toMatchObject({ status: 422, body: { code } });
    if (code === 'ai_rate_limited') expect(answer.headers.get('retry-after')).toBe('3');
  });

  it('requires a prompt, and refuses unknown fields', async () => {
    expect((await generate({ prompt: '' })).body.errors).toMatchObject([{ path: 'prompt' }]);
    expect((await generate({ prompt: 'x', volume: 3 })).status).toBe(422);
  });
});

describe('a streamed answer', () => {
  const stream = { accept: 'text/event-stream' };

  it('comes in chunks and ends with the whole', async () => {
    gemini.behave({ handle: () => ({ kind: 'answer', text: '', chunks: ['Good ', 'day'] }) });
    const { status, headers, text } = await generate({ prompt: 'x' }, stream);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toMatch(/^text\/event-stream/);
    expect(eventsOf(text)).toMatchObject([
      { event: 'chunk', data: { text: 'Good ' } },
      { event: 'chunk', data: { text: 'day' } },
      { event: 'done', data: { text: 'Good day', passages: [] } },
    ]);
  });

  it('ends with a problem if it fails', async () => {
    gemini.behave({ handle: () => ({ kind: 'break', chunks: ['Good '], how: 'reset' }) });
    const events = eventsOf((await generate({ prompt: 'x' }, stream)).text);
    expect(events.at(-1)).toMatchObject({
      event: 'error',
      data: { code: 'ai_interrupted', status: 422 },
    });
  });

  it('refuses a bad request as it always does', async () => {
    expect(await generate({}, stream)).toMatchObject({ status: 422, body: { code: 'invalid' } });
  });

  it('cancels the request once the client disconnects', async () => {
    gemini.behave({ handle: () => ({ kind: 'silent' }) });
    const leave = new AbortController();
    const asked = fetch(`${api.url}/api/ai/generate`, {
      method: 'POST',
      signal: leave.signal,
      headers: { ...stream, authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ prompt: 'x' }),
    });
    await asked;
    await expect.poll(() => gemini.requests.length).toBe(1);
    leave.abort();
    await gemini.requests[0]?.closed;
  });
});

describe('GET /api/ai/models', () => {
  it('lists what the key may use', async () => {
    const { body } = await ask(api, 'GET /api/ai/models', { token });
    expect(body).toMatchObject({
      items: [{ id: 'gemini-flash-latest', isDefault: true }, { id: 'gemini-3.5-flash' }],
      nextCursor: null,
    });
    const other = await newUser(api);
    const json = { service: 'gemini', key: 'their-own-key' };
    await ask(api, 'POST /api/keys', { token: other.token, json });
    const { body: own } = await ask(api, 'GET /api/ai/models', { token: other.token });
    expect(own.items.map(({ id }: { id: string }) => id)).toContain('gemini-test');
  });

  it('says that the key is refused', async () => {
    gemini.behave({ key: 'another' });
    const answer = await ask(api, 'GET /api/ai/models', { token });
    expect(answer).toMatchObject({ status: 422, body: { code: 'ai_key_invalid' } });
  });
});

describe('the key of the installation', () => {
  let limited: TestApi;
  beforeAll(async () => {
    limited = await startTestApi({
      environment: {
        ...{ GEMINI_BASE_URL: gemini.url, GEMINI_API_KEY: 'shared-key' },
        GEMINI_TOKENS_PER_WORKSPACE: '2',
      },
      routes: (deps) => [...aiRoutes(deps), ...keyRoutes(deps)],
    });
  });
  afterAll(() => limited?.stop());
  const generateAs = (as: string, json: object) =>
    ask(limited, 'POST /api/ai/generate', { token: as, json });

  it('ends with the budget of the day; one’s own goes on', async () => {
    const someone = (await newUser(limited)).token;
    expect((await generateAs(someone, { prompt: 'Hello' })).status).toBe(200);
    const { status, body, headers } = await generateAs(someone, { prompt: 'Hello' });
    expect([status, body.code]).toEqual([429, 'ai_budget_exceeded']);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    const another = (await newUser(limited)).token;
    expect((await generateAs(another, { prompt: 'Hello' })).status).toBe(200);

    const json = { service: 'gemini', key: 'their-own-key' };
    await ask(limited, 'POST /api/keys', { token: someone, json });
    expect((await generateAs(someone, { prompt: 'Hello' })).status).toBe(200);
  });

  it('is not for every model', async () => {
    const { token: someone } = await newUser(limited);
    const { status, body } = await generateAs(someone, {
      prompt: 'Hello',
      model: 'gemini-2.5-pro',
    });
    expect([status, body.code]).toEqual([422, 'ai_model_not_allowed']);
  });
});
