import { describe, expect, it } from 'vitest';
import { ask, edge, node, row, say } from '../support/flows.js';
import { useInstallation } from '../support/installation.js';
import { chunksOf, retriesOf, spoken, variablesOf } from '../support/story.js';

const site = useInstallation();

const schema = {
  type: 'object',
  additionalProperties: false,
  required: ['name', 'age'],
  properties: { name: { type: 'string' }, age: { type: ['integer', 'null'], minimum: 0 } },
};
const mood = { type: 'string', enum: ['good', 'bad'] };
const ai = (data: object) => node('it', 'ai', data);

describe('an ai node with a schema', () => {
  it('asks for it, and saves the value that came', async () => {
    const prompt = 'who is it?';
    const text = '{"name": "Ada", "age": 36}';
    site.onPrompt(prompt, () => ({ kind: 'answer', text, chunks: 5 }));
    const run = await site.hold(
      row([ai({ prompt, schema, output: 'both', saveAs: 'who', temperature: 0 })], {
        aside: [say('next', '{{ vars.who.name }} is {{ vars.who.age + 1 }} soon')],
        edges: [edge('it', 'out', 'next')],
      }),
    );
    expect(await run.finished()).toMatchObject({ status: 'completed' });
    expect(variablesOf(run)).toEqual({ who: { name: 'Ada', age: 36 } });
    expect(spoken(run)).toEqual(['ai: {"name":"Ada","age":36}', 'system: Ada is 37 soon']);
    expect(chunksOf(run, 'it')).toEqual([]);
    expect((await run.see('ai:processing_end')).payload).toMatchObject({ text });
    expect(site.asked(prompt)[0]?.body.generationConfig).toEqual({
      temperature: 0,
      responseMimeType: 'application/json',
      responseSchema: {
        type: 'object',
        required: ['name', 'age'],
        properties: {
          name: { type: 'string' },
          age: { type: 'integer', nullable: true, minimum: 0 },
        },
      },
    });
  });

  it('says a text without quotes', async () => {
    const run = await site.hold(row([ai({ prompt: 'how is it?', schema: mood })]));
    await run.finished();
    expect(spoken(run)).toEqual(['ai: good']);
  });

  it('asks once more where the answer does not fit, and says why', async () => {
    const prompt = 'how was it?';
    const correction =
      'That does not match the schema: the value must be equal to one of the allowed values. Answer again with the whole JSON and nothing else.';
    site.onPrompt(prompt, () => ({ kind: 'answer', text: '"so-so"' }));
    site.onPrompt(correction, () => ({ kind: 'answer', text: '"bad"' }));
    const data = { prompt, schema: mood, output: 'variable', saveAs: 'mood' };
    const run = await site.hold(row([ask('go'), ai(data)]));
    await run.say('go');
    expect(await run.finished()).toMatchObject({ status: 'completed', output: { mood: 'bad' } });
    expect(retriesOf(run)).toEqual([]);
    const [, wrong, said] = site.asked(correction)[0]?.body.contents ?? [];
    expect([wrong, said]).toEqual([
      { role: 'model', parts: [{ text: '"so-so"' }] },
      { role: 'user', parts: [{ text: correction }] },
    ]);
  });

  it('does not run by a schema that models do not know', async () => {
    const unknown = { type: 'object', properties: { at: { type: 'string', format: 'uri' } } };
    const workflowId = await site.client.save(row([ai({ prompt: 'x', schema: unknown })]));
    const validated = await site.client.call('POST', `/api/workflows/${workflowId}/validate`);
    expect(validated.body).toMatchObject({
      problems: [
        {
          severity: 'error',
          nodeId: 'it',
          message: expect.stringMatching(/^schema\.properties\.at\.format: /) as string,
        },
      ],
    });
    const answer = await site.client.call('POST', `/api/workflows/${workflowId}/runs`, {
      version: 'draft',
    });
    expect(answer).toMatchObject({ status: 422, body: { code: 'flow_invalid' } });
  });
});
