import type { Json } from '@crmflow/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type FakeGemini,
  type Reply,
  startFakeGemini,
} from '../../../tests/support/fake-gemini.js';
import { type FakeOpenAi, startFakeOpenAi } from '../../../tests/support/fake-openai.js';
import { createEgress } from '../egress/egress.js';
import { joinProviders } from './create-models.js';
import { createGemini } from './gemini.js';
import { createOpenAiKey } from './model-key.js';
import { createOpenAi, type OpenAiDeps } from './openai.js';
import type { AiPiece, AiProvider, AiRequest, AnswerEnd } from './provider.js';

let gemini: FakeGemini;
let openAi: FakeOpenAi;
const never = new AbortController().signal;

beforeAll(async () => {
  [gemini, openAi] = await Promise.all([startFakeGemini(), startFakeOpenAi()]);
});
afterAll(() => Promise.all([gemini.close(), openAi.close()]));
beforeEach(() => {
  for (const fake of [gemini, openAi]) {
    fake.requests.length = 0;
    fake.behave({});
  }
});

const found = { key: 'secret-key', isShared: false };
const toGemini = () =>
  createGemini({ apiKey: () => Promise.resolve(found), baseUrl: gemini.url, model: 'gemini-test' });
const toOpenAi = (more: Partial<OpenAiDeps> = {}) =>
  createOpenAi({
    egress: createEgress({ allow: [new URL(openAi.url).host] }),
    apiKey: () => Promise.resolve(found),
    ...{ baseUrl: openAi.url, model: 'llama3.2:3b', embeddingModel: 'nomic-embed-text' },
    ...more,
  });

type Side = {
  provider: () => AiProvider;
  reply: (...replies: Reply[]) => void;
  bodies: () => string[];
};
const sides: [string, Side][] = [
  [
    'Gemini',
    {
      provider: toGemini,
      reply: (...replies) =>
        gemini.behave({
          handle: ({ task }) => (task === 'streamGenerateContent' ? replies.shift() : undefined),
        }),
      bodies: () => gemini.requests.map(({ body }) => JSON.stringify(body)),
    },
  ],
  [
    'an OpenAI-compatible server',
    {
      provider: toOpenAi,
      reply: (...replies) => openAi.behave({ handle: () => replies.shift() }),
      bodies: () => openAi.requests.map(({ body }) => JSON.stringify(body)),
    },
  ],
];

async function ask(provider: AiProvider, more: Partial<AiRequest> = {}) {
  const request = { keyOwner: { runId: 'r' }, lines: [], prompt: 'Hi', ...more };
  const pieces: AiPiece[] = [];
  for await (const piece of provider.stream(request, never)) pieces.push(piece);
  const texts = pieces.flatMap((piece) => ('text' in piece ? [piece.text] : []));
  return { texts, text: texts.join(''), end: pieces.at(-1) as AnswerEnd };
}
const thrownBy = (asked: Promise<unknown>) =>
  asked.then(
    () => null,
    (error: unknown) => error,
  );

describe.each(sides)('%s', (_, { provider, reply, bodies }) => {
  it('streams a text, and ends with what it was', async () => {
    reply({ kind: 'answer', text: '', chunks: ['Good ', 'day ', '😀'] });
    const { texts, end } = await ask(provider());
    expect(texts).toEqual(['Good ', 'day ', '😀']);
    expect(end).toMatchObject({
      ...{ finishReason: 'STOP', usage: { inputTokens: 1, outputTokens: 3 } },
    });
    expect(end.calls).toBeUndefined();
  });

  it('says that an answer was cut', async () => {
    reply({ kind: 'answer', text: 'So mu', finishReason: 'MAX_TOKENS' });
    expect((await ask(provider())).end.finishReason).toBe('MAX_TOKENS');
  });

  it('is told the instruction, the conversation and the passages, each in its place', async () => {
    await ask(provider(), {
      ...{ system: 'Be brief', situation: 'It is Monday.', temperature: 0.5 },
      lines: [
        { role: 'system', text: 'Hello' },
        { role: 'user', text: 'Passages:\nmine' },
      ],
      ...{ knowledge: 'Passages:\n{"source":"A"}', prompt: 'Answer' },
    });
    const [body = ''] = bodies();
    for (const text of ['Be brief', 'It is Monday.', '0.5', '> Passages:\\n> mine']) {
      expect(body).toContain(text);
    }
    expect(body.split('"Passages:').length).toBe(2);
    expect(body.indexOf('"Passages:')).toBeLessThan(body.indexOf('"Answer"'));
  });

  it('calls functions, and reads what they gave', async () => {
    const functions = [
      {
        name: 'look',
        description: 'Looks',
        parameters: { type: 'object', properties: { a: { type: 'integer' } } },
      },
    ];
    const calls = [
      { name: 'look', args: { a: 1 } },
      { name: 'look', args: { a: 'ü"2' } },
    ];
    reply({ kind: 'answer', text: 'One moment', calls }, { kind: 'answer', text: 'Done' });
    const first = await ask(provider(), { functions });
    expect(first.end.calls).toEqual(calls);
    const results = [
      { name: 'look', result: { status: 200 } },
      { name: 'look', result: { status: 404 } },
    ];
    const exchanges = [{ turn: first.end.turn as Json, results }];
    const second = await ask(provider(), { functions, exchanges, mustAnswer: true });
    expect(second.text).toBe('Done');
    expect(bodies()[1]).toMatch(/404/);
  });

  it('goes on with the calls of another provider', async () => {
    const asked = { id: 'call-1', type: 'function', function: { name: 'look', arguments: '{}' } };
    const turns: Json[] = [
      { role: 'assistant', content: null, tool_calls: [asked] },
      { role: 'model', parts: [{ functionCall: { name: 'look', args: {} } }] },
    ];
    for (const turn of turns) {
      const exchanges = [{ turn, results: [{ name: 'look', result: { status: 200 } }] }];
      expect((await ask(provider(), { exchanges })).text).toBe('You said: Hi');
    }
  });

  it('answers by a schema, and is shown what was wrong', async () => {
    const schema = { type: 'object', properties: { age: { type: ['integer', 'null'] } } };
    reply({ kind: 'answer', text: '{"age": 3}' });
    const correction = { answer: '{"age": "x"}', fault: 'age must be integer' };
    expect((await ask(provider(), { schema, correction })).text).toBe('{"age": 3}');
    const [body = ''] = bodies();
    expect(body).toContain('"age"');
    expect(body).toContain('That does not match the schema: age must be integer.');
  });

  it.each<[string, Reply, object]>([
    ['401', { kind: 'error', status: 401 }, { code: 'ai_key_invalid', retryable: false }],
    ['400', { kind: 'error', status: 400 }, { code: 'ai_bad_request', retryable: false }],
    ['404', { kind: 'error', status: 404 }, { code: 'ai_bad_request', status: 404 }],
    [
      '429 with a header',
      { kind: 'error', status: 429, headers: { 'retry-after': '4' } },
      { code: 'ai_rate_limited', retryAfterMs: 4000, retryable: true },
    ],
    ['503', { kind: 'error', status: 503 }, { code: 'ai_unavailable', retryable: true }],
    [
      'a reset',
      { kind: 'break', chunks: ['Go'], how: 'reset' },
      { code: 'ai_interrupted', retryable: true },
    ],
    ['an early end', { kind: 'break', chunks: ['Go'], how: 'end' }, { code: 'ai_interrupted' }],
    [
      'an end amid an event',
      { kind: 'break', chunks: ['Go'], how: 'mid-json' },
      { code: 'ai_interrupted' },
    ],
    [
      'a blocked answer',
      { kind: 'blocked', what: 'answer', reason: 'SAFETY', chunks: ['Go'] },
      { code: 'ai_blocked', retryable: false },
    ],
  ])('fails by %s', async (_, fault, expected) => {
    reply(fault);
    expect(await thrownBy(ask(provider()))).toMatchObject(expected);
  });

  it('never repeats the key in an error', async () => {
    reply({ kind: 'error', status: 400, message: 'You sent secret-key to us.' });
    const error = (await thrownBy(ask(provider()))) as Error;
    expect(error.message).toMatch(/You sent/);
    expect(error.message).not.toMatch(/secret-key/);
  });

  it('ends at once when it is told to', async () => {
    const controller = new AbortController();
    reply({ kind: 'silent' });
    const request = { keyOwner: { runId: 'r' }, lines: [], prompt: 'Hi' };
    const asked = provider().stream(request, controller.signal)[Symbol.asyncIterator]().next();
    const reason = new Error('enough');
    const thrown = thrownBy(asked);
    await expect.poll(() => bodies().length).toBe(1);
    controller.abort(reason);
    expect(await thrown).toBe(reason);
  });

  it('has models, and knows the meaning of texts in their order', async () => {
    const models = await provider().models({ runId: 'r' }, never);
    expect(models.length).toBeGreaterThan(0);
    expect(models.map(({ id }) => id).join()).not.toMatch(/embed/);
    const texts = ['one', 'two', 'three'];
    const embedded = await provider().embed(texts, 'query', { runId: 'r' }, never);
    expect(embedded?.vectors).toHaveLength(3);
    const alone = await provider().embed(['three'], 'query', { runId: 'r' }, never);
    expect(embedded?.vectors[2]).toEqual(alone?.vectors[0]);
  });
});

describe('an OpenAI-compatible server', () => {
  it('is reached only where the operator lets it in', async () => {
    const thrown = await thrownBy(ask(toOpenAi({ egress: createEgress({ allow: [] }) })));
    expect(thrown).toMatchObject({ code: 'egress_refused', retryable: false });
    expect(openAi.requests).toEqual([]);
  });

  it('is given up where it is silent', async () => {
    openAi.behave({ handle: () => ({ kind: 'silent' }) });
    expect(await thrownBy(ask(toOpenAi({ silenceMs: 50 })))).toMatchObject({
      code: 'ai_unavailable',
    });
  });

  it('has an error that names the variable to change where its model is gone', async () => {
    openAi.behave({ handle: () => ({ kind: 'error', status: 404 }) });
    await expect(ask(toOpenAi())).rejects.toThrow(
      /has no model "llama3.2:3b". Ask the administrator to set OPENAI_MODEL/,
    );
  });

  it('gets the key of the workspace where its host may have it, and none where none is wanted', async () => {
    const { host } = new URL(openAi.url);
    const own = (hosts: string[]) => () => Promise.resolve({ secret: 'their-own-key', hosts });
    const none = () => Promise.resolve(null);
    const keyed = (open: ReturnType<typeof own> | typeof none, shared?: string) =>
      toOpenAi({
        apiKey: createOpenAiKey({
          ...{ open, baseUrl: openAi.url },
          ...(shared !== undefined && { shared }),
        }),
      });
    await ask(keyed(own([host]), 'shared-key'));
    await ask(keyed(none, 'shared-key'));
    await ask(keyed(none, ''));
    expect(openAi.requests.map(({ headers }) => headers.authorization)).toEqual([
      ...['Bearer their-own-key', 'Bearer shared-key', undefined],
    ]);
    expect(await thrownBy(ask(keyed(own(['api.example.com']))))).toMatchObject({
      code: 'key_host_refused',
    });
    expect(await thrownBy(ask(keyed(none)))).toMatchObject({ code: 'ai_key_missing' });
  });
});

describe('both together', () => {
  const withoutKey = () =>
    createGemini({
      apiKey: (keyOwner, signal) =>
        createOpenAiKey({ open: () => Promise.resolve(null), baseUrl: gemini.url })(
          keyOwner,
          signal,
        ),
      ...{ baseUrl: gemini.url, model: 'gemini-test' },
    });

  it('answer by the name of the model', async () => {
    const both = joinProviders(toGemini(), toOpenAi(), true);
    expect((await ask(both)).end.model).toBe('fake-gemini');
    expect((await ask(both, { model: 'openai/meta-llama/x:7b' })).end.model).toBe(
      'openai/fake-model',
    );
    expect(openAi.requests[0]?.body.model).toBe('meta-llama/x:7b');
    const ids = (await both.models({ runId: 'r' }, never)).map(({ id }) => id);
    expect(ids).toContain('gemini-test');
    expect(ids).toContain('openai/llama3.2:3b');
  });

  it('use the other server where there is no key for Gemini', async () => {
    const both = joinProviders(withoutKey(), toOpenAi(), true);
    expect((await ask(both)).end.model).toBe('openai/fake-model');
    expect((await both.embed(['x'], 'query', { runId: 'r' }, never))?.model).toBe(
      'openai/nomic-embed-text',
    );
    expect((await both.models({ runId: 'r' }, never)).map(({ id }) => id)).toEqual([
      'openai/llama3.2:3b',
    ]);
    expect(await thrownBy(ask(both, { model: 'gemini-test' }))).toMatchObject({
      code: 'ai_key_missing',
    });
    const neither = joinProviders(withoutKey(), toOpenAi(), false);
    expect(await thrownBy(ask(neither))).toMatchObject({ code: 'ai_key_missing' });
  });
});
