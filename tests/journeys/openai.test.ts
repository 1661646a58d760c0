import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSystem } from '../support/system.js';
import { register, type Client } from '../support/client.js';
import { converse } from '../support/conversation.js';
import { type FakeOpenAi, startFakeOpenAi } from '../support/fake-openai.js';
import { node, row } from '../support/flows.js';
import { spoken } from '../support/story.js';
import { inject } from 'vitest';

let fake: FakeOpenAi;
let system: Awaited<ReturnType<typeof startSystem>>;
let client: Client;

beforeAll(async () => {
  fake = await startFakeOpenAi();
  system = await startSystem({
    templateDir: inject('templateDir'),
    env: {
      ...{ OPENAI_BASE_URL: fake.url, OPENAI_MODEL: 'llama3.2:3b' },
      OPENAI_EMBEDDING_MODEL: 'nomic-embed-text',
    },
  });
  client = await register(system.url);
});
afterAll(async () => {
  client?.close();
  await system?.stop();
  await fake?.close();
});

describe('an installation that knows an OpenAI-compatible server and no key for Gemini', () => {
  it('holds a whole conversation: what was said, a tool, and what was collected', async () => {
    const collect = { type: 'object', properties: { name: { type: 'string' } } };
    fake.behave({
      handle: ({ body, prompt }) => {
        const isAgain = body.messages?.at(-1)?.role === 'tool';
        if (isAgain) return { kind: 'answer', text: 'We open at nine. Who are you?' };
        if (prompt === 'When do you open?') {
          const calls = [{ name: 'search_knowledge', args: { query: 'opening hours' } }];
          return { kind: 'answer', text: '', chunks: [], calls };
        }
        if (prompt === 'Ada') {
          const calls = [{ name: 'finish_conversation', args: { name: 'Ada' } }];
          return { kind: 'answer', text: 'Thank you!', calls };
        }
        return { kind: 'answer', text: 'What would you like to know?' };
      },
    });
    const data = {
      ...{ prompt: 'Be kind', saveAs: 'visitor', tools: [{ kind: 'knowledge' }] },
      converse: { goal: 'Their name is known', collect, maxTurns: 4 },
    };
    const draft = row([
      node('talk', 'ai', data),
      node('bye', 'speak', { mode: 'text', text: 'Goodbye, {{ vars.visitor.name }}.' }),
    ]);
    const workflowId = await client.save(draft);
    const run = await converse(client, { workflowId, version: 'draft', input: {} });
    await run.say('When do you open?');
    await run.say('Ada');
    expect(await run.finished()).toMatchObject({ status: 'completed' });
    expect(spoken(run)).toEqual([
      ...['ai: What would you like to know?', 'user: When do you open?'],
      ...['ai: We open at nine. Who are you?', 'user: Ada', 'ai: Thank you!'],
      'system: Goodbye, Ada.',
    ]);
    const asked = fake.requests.filter(({ path }) => path === '/v1/chat/completions');
    expect(new Set(asked.map(({ body }) => body.model))).toEqual(new Set(['llama3.2:3b']));
    expect(asked[0]?.headers.authorization).toBeUndefined();
  });

  it('lists its models, and answers by the one that is named', async () => {
    fake.behave({});
    const { body } = await client.call('GET', '/api/ai/models');
    expect(JSON.stringify(body)).toContain('openai/llama3.2:3b');
    const asked = { prompt: 'Hello', model: 'openai/qwen3:4b' };
    expect(await client.call('POST', '/api/ai/generate', asked)).toMatchObject({
      status: 200,
      body: { text: 'You said: Hello' },
    });
    expect(fake.requests.at(-1)?.body.model).toBe('qwen3:4b');
  });

  it('does not let flows call that server by its being set for models', async () => {
    const data = { kind: 'http', method: 'GET', url: `${fake.url}/models` };
    const workflowId = await client.save(row([node('call', 'integration', data)]));
    const before = fake.requests.length;
    const run = await client.call('POST', `/api/workflows/${workflowId}/runs`, {
      version: 'draft',
    });
    expect(JSON.stringify(run.body)).not.toContain('llama');
    expect(fake.requests).toHaveLength(before);
  });
});
