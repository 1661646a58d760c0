import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type FakeGemini,
  type Reply,
  startFakeGemini,
} from '../../../tests/support/fake-gemini.js';
import { AiError } from './ai-error.js';
import { createGemini, type GeminiDeps } from './gemini.js';
import type { AiPiece, AiRequest } from './provider.js';

let fake: FakeGemini;

beforeAll(async () => {
  fake = await startFakeGemini();
});
afterAll(() => fake.close());

const never = new AbortController().signal;

function ask(
  reply: Reply | undefined,
  more: Partial<AiRequest> = {},
  deps: Partial<GeminiDeps> = {},
) {
  fake.requests.length = 0;
  fake.behave({ handle: ({ task }) => (task === 'streamGenerateContent' ? reply : undefined) });
  const gemini = createGemini({
    ...{
      apiKey: () => Promise.resolve({ key: 'key', isShared: false }),
      baseUrl: `${fake.url}/`,
      model: 'gemini-test',
    },
    ...deps,
  });
  return gemini.stream({ keyOwner: { runId: 'r' }, lines: [], prompt: 'Hi', ...more }, never);
}

async function all(stream: AsyncIterable<AiPiece>): Promise<AiPiece[]> {
  const pieces: AiPiece[] = [];
  for await (const piece of stream) pieces.push(piece);
  return pieces;
}

describe('an answer', () => {
  it('says what it cost where the price is known', async () => {
    const pieces = await all(ask({ kind: 'answer', text: 'One', model: 'gemini-3.5-flash' }));
    expect(pieces.at(-1)).toEqual({
      usage: { inputTokens: 1, outputTokens: 1, costUsd: 0.0000105 },
      model: 'gemini-3.5-flash',
      finishReason: 'STOP',
    });
  });

  it('streams its chunks and ends with its cost', async () => {
    const reply: Reply = { kind: 'answer', text: '', chunks: ['Good ', 'day ', '😀'] };
    expect(await all(ask(reply))).toEqual([
      { text: 'Good ' },
      { text: 'day ' },
      { text: '😀' },
      { usage: { inputTokens: 1, outputTokens: 3 }, model: 'fake-gemini', finishReason: 'STOP' },
    ]);
  });

  it('may be calls, whose turn goes back as it came but for the thoughts', async () => {
    const calls = [{ name: 'look', args: { a: 1 }, thoughtSignature: 'c2ln' }];
    const reply: Reply = { kind: 'answer', text: '', chunks: ['One ', 'moment'], calls };
    const functions = [{ name: 'look', description: 'Looks' }];
    const pieces = await all(ask(reply, { functions }));
    expect(pieces.at(-1)).toMatchObject({
      calls: [{ name: 'look', args: { a: 1 } }],
      turn: {
        role: 'model',
        parts: [
          { text: 'One moment' },
          { functionCall: { name: 'look', args: { a: 1 } }, thoughtSignature: 'c2ln' },
        ],
      },
    });
    expect(fake.requests[0]?.body.tools).toEqual([
      { functionDeclarations: [{ name: 'look', description: 'Looks' }] },
    ]);
    expect(fake.requests[0]?.body.toolConfig).toBeUndefined();
  });

  it('may be made to be words', async () => {
    const functions = [{ name: 'look', description: 'Looks' }];
    await all(ask(undefined, { functions, mustAnswer: true }));
    expect(fake.requests[0]?.body.toolConfig).toEqual({ functionCallingConfig: { mode: 'NONE' } });
  });

  it('is asked for with key, model, system and temperature', async () => {
    await all(ask(undefined, { system: 'Be brief', temperature: 0.2, model: 'other' }));
    const [request] = fake.requests;
    expect(request?.path).toBe('/v1beta/models/other:streamGenerateContent?alt=sse');
    expect(request?.headers['x-goog-api-key']).toBe('key');
    expect(request?.body).toMatchObject({
      contents: [{ role: 'user', parts: [{ text: 'Hi' }] }],
      systemInstruction: { parts: [{ text: 'Be brief' }] },
      generationConfig: { temperature: 0.2 },
    });
  });

  it('may be cut at the limit of tokens', async () => {
    const reply: Reply = { kind: 'answer', text: 'So much', finishReason: 'MAX_TOKENS' };
    await expect(all(ask(reply))).resolves.toHaveLength(5);
  });
});

const error = (status: number, more: object = {}): Reply => ({ kind: 'error', status, ...more });
const chunks = ['Good ', 'day'];
const faults: [string, Reply, object][] = [
  ['429', error(429, { retryDelay: '3.2s' }), { code: 'ai_rate_limited', retryAfterMs: 3200 }],
  ['429 without a delay', error(429), { code: 'ai_rate_limited', retryAfterMs: undefined }],
  ['429 with a header', error(429, { headers: { 'retry-after': '4' } }), { retryAfterMs: 4000 }],
  ['503 with a header', error(503, { headers: { 'retry-after': '2' } }), { retryAfterMs: 2000 }],
  ['500', error(500), { code: 'ai_unavailable', status: 500 }],
  ['503', error(503), { code: 'ai_unavailable' }],
  ['504', error(504), { code: 'ai_unavailable' }],
  ['400', error(400, { message: 'bad schema' }), { code: 'ai_bad_request' }],
  ['404', error(404, { message: 'no model' }), { code: 'ai_bad_request' }],
  ['401', error(401), { code: 'ai_key_invalid' }],
  ['403', error(403), { code: 'ai_key_invalid' }],
  [
    'a bad key by its reason',
    error(400, { reason: 'API_KEY_INVALID' }),
    { code: 'ai_key_invalid' },
  ],
  ['a bad key', error(400, { message: 'API key not valid.' }), { code: 'ai_key_invalid' }],
  ['a reset', { kind: 'break', chunks, how: 'reset' }, { code: 'ai_interrupted' }],
  ['an early end', { kind: 'break', chunks, how: 'end' }, { code: 'ai_interrupted' }],
  [
    'an end before the first chunk',
    { kind: 'break', chunks: [], how: 'end' },
    { code: 'ai_interrupted' },
  ],
  ['an end amid an event', { kind: 'break', chunks, how: 'mid-json' }, { code: 'ai_interrupted' }],
  [
    'an error in the stream',
    { kind: 'stream-error', chunks, status: 503 },
    { code: 'ai_unavailable' },
  ],
  [
    'a limit in the stream',
    { kind: 'stream-error', chunks, status: 429 },
    { code: 'ai_rate_limited' },
  ],
  [
    'a bare error in the stream',
    { kind: 'stream-error', chunks, status: 503, raw: true },
    { code: 'ai_interrupted' },
  ],
  [
    'a blocked prompt',
    { kind: 'blocked', what: 'prompt', reason: 'SAFETY' },
    { code: 'ai_blocked' },
  ],
  [
    'a blocked answer',
    { kind: 'blocked', what: 'answer', reason: 'RECITATION', chunks },
    { code: 'ai_blocked' },
  ],
  [
    'a forbidden word',
    { kind: 'blocked', what: 'answer', reason: 'BLOCKLIST', chunks },
    { code: 'ai_blocked' },
  ],
  [
    'an unknown end',
    { kind: 'blocked', what: 'answer', reason: 'OTHER', chunks },
    { code: 'ai_interrupted' },
  ],
];
const final = ['ai_bad_request', 'ai_key_invalid', 'ai_key_missing', 'ai_blocked'];

describe('a fault', () => {
  it.each(faults)('%s', async (_, reply, expected) => {
    const thrown: unknown = await all(ask(reply)).catch((caught: unknown) => caught);
    expect(thrown).toMatchObject(expected);
    const { code, retryable } = thrown as { code: string; retryable: boolean };
    expect(retryable).toBe(!final.includes(code));
  });

  it('tells what Gemini said, without address and details', async () => {
    const reply = error(429, { message: 'Quota exceeded.', retryDelay: '3s' });
    await expect(all(ask(reply))).rejects.toThrow(
      /^Gemini received too many requests: Quota exceeded\.$/,
    );
  });

  it('is a model that is not there: where it was named, and the ones that are', async () => {
    const gone = error(404, { message: 'models/x is not found for API version v1beta.' });
    const models = 'gemini-flash-latest, gemini-3.5-flash, gemini-test';
    await expect(all(ask(gone))).rejects.toMatchObject({
      ...{ code: 'ai_bad_request', retryable: false, status: 404 },
      message: `Gemini has no model "gemini-test". Ask the administrator to set GEMINI_MODEL to another model, or choose one in the node. Available: ${models}.`,
    });
    await expect(all(ask(gone, { model: 'gemini-1.5-flash' }))).rejects.toThrow(
      `Gemini has no model "gemini-1.5-flash". Choose another model in the node, or none for the default. Available: ${models}.`,
    );
  });

  it('is a model that is not there, where the others cannot be listed either', async () => {
    const stream = ask(undefined);
    fake.behave({ handle: () => error(404, { message: 'nothing is here' }) });
    await expect(all(stream)).rejects.toThrow(/^Gemini has no model "gemini-test"\. .* node\.$/);
  });

  it('is a server that is not there', async () => {
    const gone = await startFakeGemini();
    await gone.close();
    await expect(all(ask(undefined, {}, { baseUrl: gone.url }))).rejects.toMatchObject({
      code: 'ai_unavailable',
      retryable: true,
    });
  });

  it('is silence, before and amid an answer', async () => {
    const silent = all(ask({ kind: 'silent' }, {}, { silenceMs: 50 }));
    await expect(silent).rejects.toMatchObject({ code: 'ai_unavailable' });
    const gap = (chunk: number) => (chunk === 0 ? undefined : new Promise<void>(() => undefined));
    const stuck = all(ask({ kind: 'answer', text: 'ab', chunks: 2, gap }, {}, { silenceMs: 50 }));
    await expect(stuck).rejects.toThrow(/did not respond for 0.05 s/);
  });

  it('is no key', async () => {
    const missing = new AiError('ai_key_missing', 'There is none.');
    const stream = ask(undefined, {}, { apiKey: () => Promise.reject(missing) });
    await expect(all(stream)).rejects.toBe(missing);
    expect(fake.requests).toHaveLength(0);
  });

  it('does not repeat the key', async () => {
    const message = 'API key sk-0123456789 is not valid';
    const reply: Reply = { kind: 'error', status: 400, message };
    const stream = ask(
      reply,
      {},
      { apiKey: () => Promise.resolve({ key: 'sk-0123456789', isShared: false }) },
    );
    const error = await all(stream).catch((thrown: AiError) => thrown);
    expect(error).toMatchObject({ code: 'ai_key_invalid' });
    expect((error as AiError).message).toContain('API key [secret] is not valid');
  });
});

describe('the installation’s key', () => {
  /** What is counted of an answer. */
  async function countOf(reply: Reply | undefined, isShared = true) {
    const counted: number[] = [];
    const sharedKey: GeminiDeps['sharedKey'] = {
      mayUse: () => true,
      requireModel: () => undefined,
      reserve: async (_, tokens) => {
        counted.push(tokens);
        return { settle: async (used) => void counted.push(used) };
      },
    };
    const apiKey = async () => ({ key: 'key', isShared });
    await all(ask(reply, {}, { apiKey, sharedKey })).catch(() => undefined);
    return counted;
  }
  const expected = expect.any(Number) as number;

  it('counts what an answer is expected to use, and then what it has used', async () => {
    const reply: Reply = { kind: 'answer', text: '', chunks: ['Good ', 'day'] };
    expect(await countOf(reply)).toEqual([expected, 3]);
    expect(await countOf(reply, false)).toEqual([]);
  });

  it('counts nothing for an error, and what was expected for a broken answer', async () => {
    expect(await countOf({ kind: 'error', status: 500, message: 'no' })).toEqual([expected, 0]);
    const broken: Reply = { kind: 'stream-error', chunks: ['a', 'b'], status: 500 };
    expect(await countOf(broken)).toEqual([expected]);
  });
});

describe('an abort', () => {
  it('ends the request and throws its reason', async () => {
    const controller = new AbortController();
    const reason = new Error('cancelled');
    fake.requests.length = 0;
    fake.behave({
      handle: () => ({
        ...{ kind: 'answer', text: 'abc', chunks: 3 },
        gap: (chunk) => (chunk === 0 ? undefined : new Promise<void>(() => undefined)),
      }),
    });
    const gemini = createGemini({
      ...{
        apiKey: () => Promise.resolve({ key: 'key', isShared: false }),
        baseUrl: fake.url,
        model: 'gemini-test',
      },
    });
    const read = async () => {
      for await (const _ of gemini.stream(
        { keyOwner: { runId: 'r' }, lines: [], prompt: 'Hi' },
        controller.signal,
      )) {
        controller.abort(reason);
      }
    };
    await expect(read()).rejects.toBe(reason);
    await fake.requests[0]?.closed;
  });
});

const provider = (apiKey: GeminiDeps['apiKey'] = async () => ({ key: 'key', isShared: false })) =>
  createGemini({ apiKey, baseUrl: fake.url, model: 'gemini-test' });
const missing = () => Promise.reject(new AiError('ai_key_missing', 'none'));
const gone = 'http://127.0.0.1:1';

describe('meanings', () => {
  const embed = (texts: string[], apiKey?: GeminiDeps['apiKey']) =>
    provider(apiKey).embed(texts, 'document', { workspaceId: 'u' }, never);

  it('come in the order of the texts, in as many requests as it takes', async () => {
    fake.requests.length = 0;
    const texts = Array.from({ length: 130 }, (_, i) => `text ${i}`);
    const embedded = await embed(texts);
    expect(embedded?.model).toBe('gemini-embedding-001');
    expect(embedded?.vectors).toHaveLength(130);
    expect(embedded?.vectors[129]).toEqual((await embed(['text 129']))?.vectors[0]);
    const [first, second] = fake.requests.map(({ body }) => body.requests ?? []);
    expect([first?.length, second?.length]).toEqual([100, 30]);
    expect(first?.[0]).toMatchObject({
      content: { parts: [{ text: 'text 0' }] },
      taskType: 'RETRIEVAL_DOCUMENT',
      outputDimensionality: 768,
    });
  });

  it('are none without a key', async () => {
    expect(await embed(['x'], missing)).toBeNull();
  });

  it('say why there are none', async () => {
    fake.behave({ key: 'other' });
    await expect(embed(['x'])).rejects.toMatchObject({ code: 'ai_key_invalid' });
    fake.behave({});
    const away = createGemini({
      apiKey: async () => ({ key: 'key', isShared: false }),
      baseUrl: gone,
      model: 'm',
    });
    const asked = away.embed(['x'], 'query', { workspaceId: 'u' }, never);
    await expect(asked).rejects.toMatchObject({ code: 'ai_unavailable' });
  });
});

describe('the name of a model', () => {
  it.each([
    '../../../evil',
    'tunedModels/../../upload/v1beta/files?',
    'tunedModels/..',
    'x?key=1&',
    'x#',
    'a/b',
    'a:countTokens',
    '%2e%2e',
    '..',
    '',
  ])('%s never becomes part of an address', async (model) => {
    await expect(all(ask(undefined, { model }))).rejects.toMatchObject({
      code: 'ai_bad_request',
      retryable: false,
    });
    expect(fake.requests).toEqual([]);
  });

  it('may name its collection', async () => {
    const model = 'tunedModels/mine-1';
    await all(ask({ kind: 'answer', text: 'Hi' }, { model })).catch(() => undefined);
    expect(fake.requests[0]?.path).toMatch(/^\/v1beta\/tunedModels\/mine-1:streamGenerateContent/);
  });
});

describe('models', () => {
  it('are those that answer prompts, with prices where they are known', async () => {
    expect(await provider().models({ workspaceId: 'u' }, never)).toEqual([
      {
        ...{ id: 'gemini-flash-latest', name: 'Gemini Flash Latest', description: 'Fast' },
        ...{ inputTokens: 1_048_576, outputTokens: 65_536, isDefault: false },
      },
      {
        ...{ id: 'gemini-3.5-flash', name: 'gemini-3.5-flash', description: '', isDefault: false },
        price: expect.objectContaining({ inputPerMillion: 1.5, outputPerMillion: 9 }),
      },
      { id: 'gemini-test', name: 'gemini-test', description: '', isDefault: true },
    ]);
  });

  it('tell whether a key is good', async () => {
    fake.behave({ key: 'right' });
    await expect(provider(missing).models({ key: 'right' }, never)).resolves.toHaveLength(3);
    const wrong = provider(missing).models({ key: 'wrong-key' }, never);
    await expect(wrong).rejects.toMatchObject({ code: 'ai_key_invalid' });
    fake.behave({});
    const away = createGemini({ apiKey: missing, baseUrl: gone, model: 'm' });
    const asked = away.models({ key: 'any' }, never);
    await expect(asked).rejects.toMatchObject({ code: 'ai_unavailable' });
  });
});
