import { conversationEventSchemas, conversationEventSchema } from '@crmflow/contracts';
import { describe, expect, it } from 'vitest';
import { contactFacts, leadAfter, type LogRow, publicMessageId, storyOf } from './story.js';

const at = '2026-11-30T10:00:00.000Z';
const secret = 'nobody-outside';

/** A row of a log, with more in it than a visitor may ever see. */
const row = (type: string, data: object = {}, seq = 1): LogRow =>
  ({
    ...{ seq, at, type, nodeId: 'refund-check', visit: 2 },
    data: { ...data, variables: secret, prompt: secret, usage: { cost: secret }, label: secret },
  }) as unknown as LogRow;

/** All keys that a value has, however deep. */
function keysOf(value: unknown): string[] {
  if (value === null || typeof value !== 'object') return [];
  if (Array.isArray(value)) return value.flatMap(keysOf);
  return Object.entries(value).flatMap(([key, inner]) => [key, ...keysOf(inner)]);
}

/** One of each that is told, all fields set. */
const rows = [
  row('ai.completed', {
    sources: [
      { name: 'Terms', url: 'https://a.example', id: secret, passages: [{ text: secret }] },
      { name: 'Terms', url: 'https://a.example', score: 1 },
      { name: 'Notes', url: undefined },
    ],
  }),
  row('message', { role: 'ai', id: 'refund-check:2:1', text: 'Yes.', nodeLabel: secret }),
  row('message', { role: 'user', id: 'm-1', text: 'And then?', at: 1, address: secret }),
  row('message', { role: 'system', id: 'refund-check:2', text: 'Choose.' }),
  row('waiting', {
    expect: 'choice',
    choices: [{ value: 'a', label: 'A', next: secret, handle: secret }],
    deadline: at,
    saveAs: secret,
    attempts: 1,
  }),
  row('control.changed', { id: 'c1', by: 'operator', name: 'Ana', userId: secret, note: secret }),
  row('message', { role: 'operator', id: 'o-1', text: 'I am here.', name: 'Ana', userId: secret }),
  row('control.changed', { id: 'c2', by: 'flow', how: 'reask', name: 'Ana', note: secret }),
  row('run.finished', { status: 'failed', error: { code: secret, message: secret } }),
];

describe('storyOf', () => {
  it('tells these fields and no others', () => {
    expect(storyOf('run-1', rows)).toEqual([
      {
        ...{ type: 'message', at, key: expect.any(String) as string },
        data: {
          id: publicMessageId('run-1', 'refund-check:2:1'),
          role: 'flow',
          text: 'Yes.',
          sources: [{ name: 'Terms', url: 'https://a.example' }, { name: 'Notes' }],
        },
      },
      {
        ...{ type: 'message', at, key: expect.stringMatching(/^visitor m-1 /) as string },
        data: { id: 'm-1', role: 'visitor', text: 'And then?' },
      },
      {
        ...{ type: 'message', at, key: expect.any(String) as string },
        data: {
          id: publicMessageId('run-1', 'refund-check:2'),
          role: 'flow',
          text: 'Choose.',
        },
      },
      {
        ...{ type: 'waiting', at, key: null },
        data: { expect: 'choice', choices: [{ value: 'a', label: 'A' }], deadline: at },
      },
      {
        ...{ type: 'control', at, key: 'control run-1 c1' },
        data: { by: 'operator', name: 'Ana' },
      },
      {
        ...{ type: 'message', at, key: expect.stringMatching(/^operator o-1 /) as string },
        data: { id: 'o-1', role: 'operator', name: 'Ana', text: 'I am here.' },
      },
      { type: 'control', at, data: { by: 'flow' }, key: 'control run-1 c2' },
      { type: 'finished', at, data: {}, key: null },
    ]);
  });

  it('tells nothing of suggestions, requests for a person, or that nobody came', () => {
    const sources = [{ name: 'Terms' }];
    const suggested = row('ai.completed', { sources, suggestion: true, text: secret });
    const said = row('message', { role: 'ai', id: 'refund-check:2:1', text: 'Yes.' });
    const asked = row('handoff.requested', { team: secret, note: secret });
    const nobody = row('control.changed', { id: 'x', by: 'flow', how: 'timeout' });
    const story = storyOf('run-1', [suggested, said, asked, nobody]);
    expect(story.map(({ data }) => data)).toEqual([expect.objectContaining({ text: 'Yes.' })]);
    expect(story[0]?.data).not.toHaveProperty('sources');
  });

  it('tells nothing of nodes, values, errors and costs', () => {
    const told = JSON.stringify(storyOf('run-1', rows).map(({ data }) => data));
    for (const word of [secret, 'refund-check', 'run-1', 'failed', 'system', 'ai"']) {
      expect(told).not.toContain(word);
    }
  });

  it('tells what the contract knows, and no key besides', () => {
    const known = new Set(
      ['seq', 'at', 'type', 'value', 'label', 'url', 'name'].concat(
        ...Object.values(conversationEventSchemas).map(({ shape }) => Object.keys(shape)),
      ),
    );
    for (const [index, { type, at: when, data }] of storyOf('run-1', rows).entries()) {
      const event = { seq: index + 1, at: when, type, ...data };
      expect(keysOf(event).filter((key) => !known.has(key))).toEqual([]);
      // What the schema strips would be more than the contract knows.
      expect(conversationEventSchema.parse(event)).toEqual(event);
    }
  });

  it.each([
    'run.started',
    'run.resumed',
    'node.entered',
    'node.completed',
    'node.failed',
    'node.retried',
    'variable.set',
    'ai.started',
    'ai.completed',
    'tool.called',
    'http.completed',
    'paused',
    'error',
    'anything.new',
  ])('does not tell %s', (type) => {
    expect(storyOf('run-1', [row(type, { role: 'ai', id: 'x', text: secret })])).toEqual([]);
  });

  it('names sources with the answer of their own visit only', () => {
    const [sources] = rows;
    const elsewhere = { ...row('message', { role: 'ai', id: 'b', text: 'Yes.' }), nodeId: 'other' };
    const [told] = storyOf('run-1', [sources!, elsewhere]);
    expect(told?.data).not.toHaveProperty('sources');
  });

  it('gives messages ids that differ by run, and cannot be told apart from chance', () => {
    const ids = ['run-1', 'run-2'].map((run) => publicMessageId(run, 'hello:1'));
    expect(new Set(ids).size).toBe(2);
    for (const id of ids) expect(id).toMatch(/^[\w-]{20}$/);
  });
});

describe('contactFacts', () => {
  const set = (name: string, value: unknown) => row('variable.set', { name, value });

  it('takes name, email address and phone number, the last that is one', () => {
    const facts = [
      ...[set('name', '  Ada \n Lovelace '), set('name', ''), set('name', 42)],
      ...[set('email', 'no address'), set('email', 'ada@example.com'), set('email', null)],
      ...[set('phone', '+44 20'), set('phone', '1'.repeat(80))],
    ];
    expect(contactFacts(facts)).toEqual({
      ...{ name: 'Ada Lovelace', email: 'ada@example.com', phone: '1'.repeat(50) },
    });
  });

  it('takes nothing of variables of other names', () => {
    const names = ['Name', 'mail', 'toString', 'constructor', 'hasOwnProperty', '__proto__'];
    expect(contactFacts(names.map((name) => set(name, 'x')))).toBeNull();
  });
});

describe('leadAfter', () => {
  const asked = row('handoff.requested', { note: '' });
  const taken = row('control.changed', { id: 'a', by: 'operator' });
  const back = row('control.changed', { id: 'b', by: 'flow', how: 'reask' });
  const over = row('run.finished', { status: 'completed' });
  const human = { control: 'human', waitingSince: null, isOver: false };
  const flow = { control: 'flow', waitingSince: null, isOver: false };

  it.each([
    ['nothing', [row('message', { role: 'ai', id: 'x', text: 'x' })], null],
    ['a request for a person', [asked], { ...flow, waitingSince: at }],
    ['a person', [asked, taken], human],
    ['a flow that has it back', [asked, taken, back], flow],
    ['an end', [taken, over], { ...flow, isOver: true }],
  ])('tells of %s', (_, log, lead) => {
    expect(leadAfter(log)).toEqual(lead);
  });
});
