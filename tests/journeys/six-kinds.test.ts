import type { FlowInput, FlowNodeInput } from '@crmflow/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, register } from '../support/client.js';
import { converse } from '../support/conversation.js';
import { type EchoServer, startEchoServer } from '../support/echo-server.js';
import { type FakeGemini, startFakeGemini } from '../support/fake-gemini.js';
import { type System, startSystem } from '../support/system.js';

const position = { x: 0, y: 0 };
const node = (id: string, type: string, data: object) =>
  ({ id, type, label: id, position, data }) as FlowNodeInput;
const edge = (source: string, sourceHandle: string, target: string) => ({
  id: `${source}.${sourceHandle}`,
  source,
  sourceHandle,
  target,
});

let system: System;
let gemini: FakeGemini;
let echo: EchoServer;
let client: Client;

beforeAll(async () => {
  gemini = await startFakeGemini({ answer: (prompt) => prompt, chunks: 5 });
  echo = await startEchoServer();
  system = await startSystem({
    env: {
      GEMINI_API_KEY: 'fake-key',
      GEMINI_BASE_URL: gemini.url,
      CRMFLOW_EGRESS_ALLOW: new URL(echo.url).host,
    },
  });
  client = await register(system.url);
});

afterAll(async () => {
  client?.close();
  await system?.stop();
  await gemini?.close();
  await echo?.close();
});

const flow = (
  nodes: FlowNodeInput[],
  edges: FlowInput['edges'],
): Omit<FlowInput, 'schemaVersion'> => ({
  name: 'Journey',
  nodes: [node('start', 'trigger', { kind: 'chat' }), ...nodes],
  edges,
});

describe('a flow of all six kinds', () => {
  it('greets, listens, branches, asks the model, calls a service and ends', async () => {
    const workflowId = await client.save(
      flow(
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
            url: `${echo.url}/orders`,
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
    const conversation = await converse(client, {
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

    expect(echo.countOf(`${conversation.runId}:order:1`)).toBe(1);
    const asked = gemini.requests.at(-1);
    expect(asked?.body.contents?.map(({ role }) => role)).toEqual(['model', 'user']);

    const snapshot = await client.snapshot(conversation.runId);
    expect(snapshot).toMatchObject({
      status: 'completed',
      variables: { plan: 'pro', text: 'Explain the pro plan' },
      lastSeq: conversation.told.length,
    });
    const log = await client.events(conversation.runId);
    expect(log.map(({ seq }) => seq)).toEqual(log.map((_, i) => i + 1));
    expect(log).toHaveLength(conversation.told.length);
  });
});
