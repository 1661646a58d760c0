import type { FlowInput, Json } from '@crmflow/contracts';
import { flowSchema } from '@crmflow/contracts';
import { checkFlow } from '@crmflow/expressions';
import { describe, expect, it } from 'vitest';
import { de } from '../texts/de.js';
import { en } from '../texts/en.js';
import { problemWords } from './problem-words.js';

type Parts = { type: string; data: object };

/** What the check says of a flow of these nodes, one after the other. */
function said(nodes: readonly Parts[], wires: readonly [number, number][] = []): string[] {
  const at = (index: number) => `n${index}`;
  const flow = {
    schemaVersion: 1,
    name: 'Faults',
    nodes: nodes.map((one, index) => ({
      ...one,
      id: at(index),
      label: at(index),
      position: { x: 0, y: 0 },
    })),
    edges: wires.map(([from, to]) => ({
      id: `${from}-${to}`,
      source: at(from),
      sourceHandle: 'out',
      target: at(to),
    })),
  } as FlowInput;
  return checkFlow(flowSchema.parse(flow)).map(({ message }) => message);
}

const trigger = { type: 'trigger', data: { kind: 'chat' } };
const speak = (data: object) => ({ type: 'speak', data });
const listen = (data: object) => ({ type: 'listen', data });
const ai = (data: object) => ({ type: 'ai', data });
const logic = (data: object) => ({ type: 'logic', data });
const http = (data: object) => ({ type: 'integration', data: { kind: 'http', ...data } });
const schema = (value: Json) => ai({ prompt: 'x', schema: value });
const talk = (data: object, converse: object = {}) => ai({ converse, ...data });

/** Faults of each kind that the check knows, next to each other. */
const faulty: Parts[] = [
  trigger,
  { type: 'trigger', data: { kind: 'webhook' } },
  speak({}),
  speak({ text: '{{ nobody }}' }),
  listen({}),
  listen({ variable: 'a', expect: 'choice' }),
  listen({ variable: 'a', expect: 'choice', choices: [{ value: '', label: '' }] }),
  listen({
    variable: 'a',
    expect: 'choice',
    choices: [
      { value: 'x', label: 'X' },
      { value: 'x', label: 'X' },
    ],
  }),
  listen({ variable: 'a', choices: [{ value: 'x', label: 'X' }], pattern: 'x', timeout: '' }),
  listen({ variable: 'a', expect: 'pattern', reminders: [{ after: '', text: '' }] }),
  ai({ output: 'variable' }),
  talk({ schema: { type: 'string' } }, { collect: { type: 'string' }, timeout: '' }),
  ai({ prompt: 'x', fallback: { kind: 'text' } }),
  ai({
    prompt: 'x',
    schema: { type: 'string' },
    fallback: { kind: 'text', text: 'y' },
    tools: [
      { kind: 'knowledge' },
      { kind: 'knowledge' },
      { kind: 'integration' },
      { kind: 'integration', node: 'n0', name: 'search_knowledge', description: 'x' },
    ],
  }),
  ai({ prompt: 'x', system: '{{ vars.a }}' }),
  schema({ type: 'date' }),
  schema({ type: 'string', minimum: 1 }),
  schema({ type: 'object', properties: {} }),
  schema({ anyOf: [], type: 'string' }),
  schema({ type: 'array', items: 'x' }),
  schema({
    type: 'object',
    properties: {
      a: { type: 'string', nullable: 1, title: 1, format: 'x', enum: [], minLength: 'x' },
    },
    required: ['b'],
    propertyOrdering: 1,
    additionalProperties: true,
  }),
  schema({ type: 'number', minimum: 'x' }),
  logic({}),
  logic({ kind: 'branch', cases: [] }),
  logic({
    kind: 'branch',
    cases: [
      { handle: 'a', when: '' },
      { handle: 'b', when: '1' },
    ],
  }),
  logic({ kind: 'set', assign: [] }),
  logic({ kind: 'set', assign: [{ name: '', value: 1 }] }),
  logic({ kind: 'wait' }),
  logic({ kind: 'wait', until: '' }),
  logic({ kind: 'wait', until: 'soon' }),
  logic({ kind: 'wait', until: 'soon', duration: 'PT1S' }),
  http({}),
  http({ url: 'ftp://x', headers: { A: 'a\nb' }, body: 1, method: 'GET', timeout: '' }),
  http({ url: 'https://{{ vars.a }}/', auth: { secret: '', in: 'header' } }),
  http({ url: 'https://x', auth: { secret: 's', in: 'header', name: 'a b' } }),
  http({ url: 'https://x', auth: { secret: 's', in: 'query' } }),
  http({
    url: 'https://x',
    headers: { Authorization: 'x' },
    auth: { secret: 's', in: 'bearer' },
  }),
];

const all = [
  ...said(faulty),
  ...said([]),
  ...said(
    [trigger, speak({ text: 'x' }), speak({ text: 'y' })],
    [
      [0, 1],
      [1, 2],
      [2, 1],
    ],
  ),
];

describe('what the check says', () => {
  it('is known in German, whatever it is', () => {
    expect(all.length).toBeGreaterThan(60);
    const words = (message: string) => message.replace(/^[A-Za-z][\w.[\]]*: /, '');
    const same = all.filter((message) => problemWords(message, de).endsWith(words(message)));
    expect(same).toEqual([]);
  });

  it('is as it is in English, but for the names of fields', () => {
    expect(problemWords('prompt: is empty; write what the model shall do', en)).toBe(
      `${en.form.prompt}: is empty; write what the model shall do`,
    );
  });

  it('keeps what the author has written', () => {
    expect(problemWords('"must be a text" is never reached; connect it, or remove it', de)).toBe(
      '„must be a text“ wird nie erreicht: verbinden oder entfernen',
    );
    expect(problemWords('text: is empty; write what shall be said (at character 3)', de)).toBe(
      `${de.form.text}: ist leer: schreiben, was gesagt werden soll (bei Zeichen 3)`,
    );
  });
});
