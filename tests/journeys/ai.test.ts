import { describe, expect, it } from 'vitest';
import { ask, edge, node, row, say } from '../support/flows.js';
import type { Reply } from '../support/fake-gemini.js';
import { useInstallation } from '../support/installation.js';
import { chunksOf, pathOf, retriesOf, spoken, variablesOf } from '../support/story.js';
import { until } from '../support/until.js';

const site = useInstallation();

/** Retries are told live only: a visitor's word before the call sees to it that someone listens. */
const go = ask('go');

const ai = (id: string, data: object) => node(id, 'ai', data);
const caught = {
  aside: [say('sorry', 'Caught {{ run.error.code }}')],
  edges: [edge('it', 'error', 'sorry')],
};

/** A reply that goes on to its next chunk only when told so. */
function held(text: string, chunks: string[]): { reply: Reply; release: () => void } {
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  const gap = (chunk: number) => (chunk === 0 ? undefined : released);
  return { reply: { kind: 'answer', text, chunks, gap }, release: () => release() };
}

describe('a speak node that lets the model speak', () => {
  it('streams, and says what came', async () => {
    const prompt = 'welcome the visitor';
    const { reply, release } = held('', ['Welcome', ' to', ' us!']);
    site.onPrompt(prompt, () => reply);
    const run = await site.hold(row([node('it', 'speak', { mode: 'ai', text: prompt })]));
    await until('the first chunk', () => chunksOf(run, 'it')[0]);
    expect(run.told.some(({ event }) => event === 'run:message')).toBe(false);
    release();
    expect(await run.finished()).toMatchObject({ status: 'completed' });
    expect(spoken(run)).toEqual(['ai: Welcome to us!']);
    const [asked] = site.asked(prompt);
    expect(asked?.body.contents).toEqual([{ role: 'user', parts: [{ text: prompt }] }]);
    expect(asked?.body.systemInstruction?.parts).toHaveLength(2);
  });
});

describe('an ai node', () => {
  it('gives the model the conversation as turns, and its prompt as a part of its own', async () => {
    const run = await site.hold(
      row([
        say('hello', 'Hello!'),
        say('more', 'What is it?'),
        ask('a'),
        ai('one', { prompt: 'First: {{ vars.a }}', system: 'Be brief, {{ input.name }}.' }),
        ask('b'),
        ai('two', { prompt: 'Second: {{ vars.b }}' }),
      ]),
      { name: 'model' },
    );
    await run.say('tea');
    await run.say('milk');
    await run.finished();
    const [first] = site.asked('First: tea');
    expect(first?.body.contents).toEqual([
      { role: 'model', parts: [{ text: 'Hello!' }, { text: 'What is it?' }] },
      { role: 'user', parts: [{ text: 'tea' }, { text: 'First: tea' }] },
    ]);
    expect(first?.body.systemInstruction?.parts).toEqual([
      { text: 'Be brief, model.' },
      {
        text: expect.stringMatching(/^It is \w+, \d+ \w+ \d{4} at \d\d:\d\d \(UTC\)\.\n/) as string,
      },
    ]);
    expect(first?.headers['x-goog-api-key']).toBe('fake-key');
    const [second] = site.asked('Second: milk');
    expect(second?.body.contents).toEqual([
      { role: 'model', parts: [{ text: 'Hello!' }, { text: 'What is it?' }] },
      { role: 'user', parts: [{ text: 'tea' }] },
      { role: 'model', parts: [{ text: 'Answer to First: tea' }] },
      { role: 'user', parts: [{ text: 'milk' }, { text: 'Second: milk' }] },
    ]);
    expect(second?.body.systemInstruction?.parts).toHaveLength(1);
  });

  it.each([
    ['message', undefined, ['ai: Answer to out by message'], {}],
    ['message', 'kept', ['ai: Answer to out by message'], { kept: 'Answer to out by message' }],
    ['variable', 'kept', [], { kept: 'Answer to out by variable' }],
    ['both', 'kept', ['ai: Answer to out by both'], { kept: 'Answer to out by both' }],
  ])('puts out by %s, saved as %s', async (output, saveAs, messages, variables) => {
    const data = { prompt: `out by ${output}`, output, ...(saveAs && { saveAs }) };
    const run = await site.hold(row([ai('it', data)]));
    await run.finished();
    expect(spoken(run)).toEqual(messages);
    expect(variablesOf(run)).toEqual(variables);
    const { payload } = await run.see('ai:processing_end');
    expect(payload).toMatchObject({
      text: `Answer to out by ${output}`,
      usage: { inputTokens: 3, outputTokens: 5 },
    });
    if (output === 'variable') expect(chunksOf(run, 'it')).toEqual([]);
  });

  it('passes model and temperature on', async () => {
    const data = { prompt: 'with settings', model: 'gemini-2.5-flash-lite', temperature: 0.25 };
    const run = await site.hold(row([ai('it', data)]));
    await run.finished();
    const [asked] = site.asked('with settings');
    expect(asked?.model).toBe('gemini-2.5-flash-lite');
    expect(asked?.body.generationConfig).toMatchObject({ temperature: 0.25 });
  });

  it('speaks with the personality of its owner where it shall', async () => {
    const personality = 'You are a pirate.';
    expect(await site.client.call('PATCH', '/api/auth/me', { personality })).toMatchObject({
      status: 200,
    });
    const run = await site.hold(
      row([
        ai('as', { prompt: 'in character', system: 'Be brief.', usePersonality: true }),
        ai('plain', { prompt: 'out of character' }),
      ]),
    );
    await run.finished();
    const [as] = site.asked('in character');
    expect(as?.body.systemInstruction?.parts?.[0]?.text).toBe(`Be brief.\n\n${personality}`);
    expect(site.asked('out of character')[0]?.body.systemInstruction?.parts).toHaveLength(1);
  });

  it('streams chunks with their offsets in the text', async () => {
    const text = 'Grüße 👋 an alle, die hier mitlesen — Wort für Wort. '.repeat(20);
    site.onPrompt('many words', () => ({ kind: 'answer', text, chunks: 40, gap: 5 }));
    const stream = async () => {
      const run = await site.hold(row([ai('it', { prompt: 'many words' })]));
      await run.finished();
      expect(spoken(run)).toEqual([`ai: ${text}`]);
      const chunks = chunksOf(run, 'it');
      for (const chunk of chunks) {
        expect(chunk.attempt).toBe(1);
        expect(text.startsWith(chunk.text, chunk.offset)).toBe(true);
      }
      return chunks;
    };
    // Tokens are best effort: on a machine that is overloaded the last of them may not arrive.
    const chunks = await until('a stream that arrives whole', async () => {
      const arrived = await stream();
      return arrived.map((chunk) => chunk.text).join('') === text && arrived;
    });
    expect(chunks.length).toBeGreaterThan(1);
  });

  it('tries again after 429 when the model says so, and shows that it waits', async () => {
    const prompt = '[fake: 429 retry=4 times=1] busy';
    const run = await site.hold(row([go, ai('it', { prompt })]));
    await run.say('go');
    const [retrying] = await until('the retry to be told', () => {
      const all = retriesOf(run);
      return all.length > 0 && all;
    });
    expect(retrying).toMatchObject({
      nodeId: 'it',
      visit: 1,
      attempt: 1,
      error: { code: 'ai_rate_limited' },
    });
    const nextRetryAt = Date.parse(retrying?.['nextRetryAt'] as string);
    expect(nextRetryAt).toBeGreaterThanOrEqual((site.asked(prompt)[0]?.at ?? 0) + 4000);
    const waiting = await until('the snapshot to show it', async () => {
      const [current] = (await site.client.snapshot(run.runId)).currentNodes;
      return current?.nextRetryAt !== undefined && current;
    });
    expect(waiting).toMatchObject({ nodeId: 'it', visit: 1, state: 'active', attempt: 2 });
    expect(waiting.lastError).toMatch(/429|too many/i);
    expect(await run.finished()).toMatchObject({ status: 'completed' });
    expect(site.asked(prompt)).toHaveLength(2);
    expect(site.asked(prompt)[1]?.at).toBeGreaterThanOrEqual(nextRetryAt - 100);
  });

  it('comes through an error of the server', async () => {
    const run = await site.hold(row([go, ai('it', { prompt: '[fake: 500 times=1] fragile' })]));
    await run.say('go');
    expect(await run.finished()).toMatchObject({ status: 'completed' });
    expect(retriesOf(run)).toMatchObject([{ attempt: 1, error: { code: 'ai_unavailable' } }]);
    expect(spoken(run)).toEqual(['user: go', 'ai: Answer to [fake: 500 times=1] fragile']);
  });

  it.each(['reset', 'end', 'mid-json'] as const)(
    'is asked again where its answer broke off by %s, and only the whole answer stays',
    async (how) => {
      const prompt = `broken by ${how}`;
      let seen = (): void => undefined;
      const wasSeen = new Promise<void>((resolve) => (seen = resolve));
      let follow = (): void => undefined;
      const isFollowed = new Promise<void>((resolve) => (follow = resolve));
      site.onPrompt(prompt, (_, earlier) =>
        earlier === 0
          ? {
              kind: 'break',
              how,
              chunks: ['Once', ' upon'],
              // Chunks are for those who follow by then.
              gap: (n) => (n === 0 ? isFollowed : n < 2 ? undefined : wasSeen),
            }
          : { kind: 'answer', text: 'Twice told.' },
      );
      const run = await site.hold(row([ai('it', { prompt, output: 'both', saveAs: 'tale' })]));
      await run.see('ai:processing_start');
      follow();
      await until(
        'the partial text',
        () =>
          chunksOf(run, 'it')
            .map(({ text }) => text)
            .join('') === 'Once upon',
      );
      seen();
      expect(await run.finished()).toMatchObject({
        status: 'completed',
        output: { tale: 'Twice told.' },
      });
      expect(spoken(run)).toEqual(['ai: Twice told.']);
      expect(retriesOf(run)).toMatchObject([{ attempt: 1, error: { code: 'ai_interrupted' } }]);
      const second = chunksOf(run, 'it').filter(({ attempt }) => attempt === 2);
      expect(second[0]?.offset).toBe(0);
      expect(second.map(({ text }) => text).join('')).toBe('Twice told.');
    },
  );

  it.each([
    ['401', 'ai_key_invalid'],
    ['403', 'ai_key_invalid'],
    ['key', 'ai_key_invalid'],
    ['400', 'ai_bad_request'],
    ['blocked-prompt', 'ai_blocked'],
    ['blocked-answer', 'ai_blocked'],
  ])('does not ask again after %s, and leaves by error', async (script, code) => {
    const prompt = `[fake: ${script}] caught`;
    const run = await site.hold(row([ai('it', { prompt })], caught));
    expect(await run.finished()).toMatchObject({ status: 'completed' });
    expect(pathOf(run)).toEqual(['start.out', 'it.error', 'sorry.out']);
    expect(spoken(run)).toEqual([`system: Caught ${code}`]);
    expect(site.asked(prompt)).toHaveLength(1);
  });

  it.each([
    ['blocked-prompt', 'ai_blocked'],
    ['key', 'ai_key_invalid'],
  ])('fails the run by %s where nothing hangs at error', async (script, code) => {
    const run = await site.hold(row([ai('it', { prompt: `[fake: ${script}] alone` })]));
    const finished = await run.finished();
    expect(finished).toMatchObject({ status: 'failed', error: { code, nodeId: 'it' } });
    expect((await run.see('error:api')).payload).toMatchObject({ code, nodeId: 'it' });
    expect(JSON.stringify(await site.client.snapshot(run.runId))).not.toContain('fake-key');
  });

  it('gives up when the time of its retries is up', async () => {
    const prompt = '[fake: 503] down';
    const run = await site.hold(row([go, ai('it', { prompt, retryFor: 'PT3S' })], caught));
    await run.say('go');
    expect(await run.finished()).toMatchObject({ status: 'completed' });
    expect(spoken(run)).toEqual(['user: go', 'system: Caught ai_unavailable']);
    const asked = site.asked(prompt);
    const attempts = Array.from({ length: asked.length - 1 }, (_, i) => i + 1);
    expect(retriesOf(run).map(({ attempt }) => attempt)).toEqual(attempts);
    expect(asked.length).toBeGreaterThanOrEqual(3);
    expect((asked.at(-1)?.at ?? 0) - (asked[0]?.at ?? 0)).toBeGreaterThanOrEqual(2_500);
  });

  it('fails at once where its node does not retry', async () => {
    const prompt = '[fake: 503] at once';
    const run = await site.hold(row([ai('it', { prompt, retryFor: 'PT0S' })], caught));
    await run.finished();
    expect(spoken(run)).toEqual(['system: Caught ai_unavailable']);
    expect(site.asked(prompt)).toHaveLength(1);
  });
});
