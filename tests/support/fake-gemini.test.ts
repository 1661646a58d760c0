import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FakeGemini, startFakeGemini } from './fake-gemini.js';
import { scriptedReply } from './fake-gemini-script.js';

describe('scriptedReply', () => {
  it.each([
    ['no script at all', null],
    ['[fake: 429 retry=2]', { kind: 'error', status: 429, retryDelay: '2s' }],
    ['x [fake:500] y', { kind: 'error', status: 500 }],
    ['[fake: key]', { kind: 'error', status: 400, reason: 'API_KEY_INVALID' }],
    ['[fake: reset]', { kind: 'break', how: 'reset', chunks: ['one ', 'two '] }],
    ['[fake: blocked-prompt]', { kind: 'blocked', what: 'prompt' }],
    ['[fake: slow ms=5 chunks=2]', { kind: 'answer', gap: 5, chunks: 2 }],
    ['[fake: silent]', { kind: 'silent' }],
  ])('%s', (prompt, reply) => {
    const scripted = scriptedReply(prompt, 'one two 333 444 ', 0);
    if (reply === null) expect(scripted).toBeNull();
    else expect(scripted).toMatchObject(reply);
  });

  it('is followed as often as it says, and must be known', () => {
    const reply = (earlier: number) => scriptedReply('[fake: 503 times=2]', 'text', earlier);
    expect([0, 1, 2].map((earlier) => reply(earlier) !== null)).toEqual([true, true, false]);
    expect(() => scriptedReply('[fake: typo]', 'text', 0)).toThrow(/no script/);
  });
});

describe('the methods beside streaming', () => {
  let fake: FakeGemini;
  const post = async (method: string, body: object) => {
    const response = await fetch(`${fake.url}/v1beta/models/m:${method}`, {
      method: 'POST',
      headers: { 'x-goog-api-key': 'right' },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as unknown };
  };
  const content = { role: 'user', parts: [{ text: 'two words' }] };

  beforeAll(async () => {
    fake = await startFakeGemini({ key: 'right' });
  });
  afterAll(() => fake.close());

  it('answer like the real ones', async () => {
    const { body } = await post('generateContent', { contents: [content] });
    expect(body).toMatchObject({
      candidates: [{ content: { parts: [{ text: 'You said: two words' }] }, finishReason: 'STOP' }],
      usageMetadata: { promptTokenCount: 2, candidatesTokenCount: 4, totalTokenCount: 6 },
    });
    expect((await post('countTokens', { contents: [content] })).body).toEqual({ totalTokens: 2 });
    const one = await post('embedContent', { content });
    const many = await post('batchEmbedContents', { requests: [{ content }] });
    expect(many.body).toEqual({ embeddings: [(one.body as { embedding: object }).embedding] });
    expect((await post('unheardOf', {})).status).toBe(404);
  });

  it('want the key', async () => {
    fake.behave({ key: 'other' });
    const { status, body } = await post('generateContent', { contents: [content] });
    expect(status).toBe(400);
    expect(body).toMatchObject({ error: { details: [{ reason: 'API_KEY_INVALID' }] } });
  });
});
