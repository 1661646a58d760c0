import { beforeAll, describe, expect, it } from 'vitest';
import { converse } from '../support/conversation.js';
import { edge, flowOf, node } from '../support/flows.js';
import { useInstallation } from '../support/installation.js';

const site = useInstallation();

beforeAll(() => {
  site.gemini.behave({ answer: (prompt) => prompt, chunks: 5 });
});

describe('a flow of all six kinds', () => {
  it('greets, listens, branches, asks the model, calls a service and ends', async () => {
    const workflowId = await site.client.save(
      flowOf(
        [
          node('hello', 'speak', { mode: 'text', text: 'Hello {{ input.name }}!' }),
          node('ask', 'listen', {
            variable: 'plan',
            expect: 'choice',
            choices: [
              { value: 'pro', label: 'Professional' },
              { value: 'free', label: 'Free' },
            ],
          }),
          node('which', 'logic', {
            kind: 'branch',
            cases: [{ handle: 'pro', when: 'vars.plan == "pro"' }],
          }),
          node('explain', 'ai', {
            prompt: 'Explain the {{ vars.plan }} plan',
            saveAs: 'text',
            output: 'both',
          }),
          node('order', 'integration', {
            kind: 'http',
            method: 'POST',
            url: `${site.echo.url}/orders`,
            body: { plan: '{{ vars.plan }}' },
            saveAs: 'order',
          }),
          node('bye', 'speak', { mode: 'text', text: 'Bye.' }),
        ],
        [
          edge('start', 'out', 'hello'),
          edge('hello', 'out', 'ask'),
          edge('ask', 'out', 'which'),
          edge('which', 'pro', 'explain'),
          edge('which', 'else', 'bye'),
          edge('explain', 'out', 'order'),
          edge('order', 'out', 'bye'),
        ],
      ),
    );
    const conversation = await converse(site.client, {
      workflowId,
      version: 'draft',
      input: { name: 'Ada' },
    });
    const waiting = await conversation.see('system:waiting_for_input');
    expect(waiting.payload).toMatchObject({ nodeId: 'ask', expect: 'choice' });
    expect(await conversation.say('professional', 'm1')).toMatchObject({
      accepted: true,
      duplicate: false,
    });
    const finished = await conversation.finished();
    expect(finished).toMatchObject({ status: 'completed' });
    expect(await conversation.say('professional', 'm1')).toMatchObject({
      accepted: true,
      duplicate: true,
    });

    const texts = conversation.told.filter(({ event }) => event === 'run:message');
    expect(texts.map(({ payload }) => [payload['role'], payload['text']])).toEqual([
      ['system', 'Hello Ada!'],
      ['user', 'professional'],
      ['ai', 'Explain the pro plan'],
      ['system', 'Bye.'],
    ]);
    const chunks = conversation.live.filter(({ event }) => event === 'ai:chunk');
    expect(chunks.map(({ payload }) => payload['text']).join('')).toBe('Explain the pro plan');
    expect(conversation.faults).toEqual([]);

    expect(site.echo.countOf(`${conversation.runId}:order:1`)).toBe(1);
    const asked = site.gemini.requests.at(-1);
    expect(asked?.body.contents?.map(({ role }) => role)).toEqual(['model', 'user']);

    const snapshot = await site.client.snapshot(conversation.runId);
    expect(snapshot).toMatchObject({
      status: 'completed',
      variables: { plan: 'pro', text: 'Explain the pro plan' },
      lastSeq: conversation.told.length,
    });
    const log = await site.client.events(conversation.runId);
    expect(log.map(({ seq }) => seq)).toEqual(log.map((_, i) => i + 1));
    expect(log).toHaveLength(conversation.told.length);
  });
});
