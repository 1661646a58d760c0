import type { FlowInput } from '@crmflow/contracts';
import { describe, expect, it } from 'vitest';
import { toFlow } from './to-flow.js';

const position = { x: 5, y: 6 };
const collect = { type: 'object', properties: { deep: { type: 'array' } } };
const before = {
  nodes: [
    {
      ...{ id: 'talk', type: 'ai', label: 'Talk', position },
      data: {
        prompt: 'Be kind',
        converse: { goal: 'Booked', collect, maxTurns: 7 },
        ...{ saveAs: 'lead', knowledge: ['item-1'], model: 'gemini-2.5-pro', temperature: 0.1 },
        tools: [{ kind: 'integration', node: 'call', name: 'look', description: 'Looks' }],
        fallback: { kind: 'passage' },
      },
    },
    {
      ...{ id: 'call', type: 'integration', label: 'Call', position },
      data: { url: 'https://a.example/', auth: { secret: 'crm', in: 'bearer' } },
    },
  ],
  edges: [],
} as unknown as Pick<FlowInput, 'nodes' | 'edges'>;

const dataOf = (data: object, type = 'ai', id = 'talk', known = before) => {
  const { nodes } = toFlow({ nodes: [{ id, type, label: '', data: data as never }] }, known);
  return (nodes as { data: object }[])[0]?.data;
};

describe('what a model wrote of an ai node', () => {
  it('is one answer by its fields, and a text to stand in', () => {
    const fields = [{ name: 'score', type: 'integer' }];
    expect(dataOf({ prompt: 'Rate', fields, instead: 'Later' }, 'ai', 'new')).toEqual({
      prompt: 'Rate',
      schema: { type: 'object', required: ['score'], properties: { score: { type: 'integer' } } },
      fallback: { kind: 'text', text: 'Later' },
    });
  });

  it('is a conversation where it has a goal', () => {
    const fields = [{ name: 'email', type: 'string' }];
    const written = { goal: 'Know the email', saveAs: 'lead', fields, timeout: 'P1D' };
    expect(dataOf(written, 'ai', 'new')).toEqual({
      saveAs: 'lead',
      converse: {
        goal: 'Know the email',
        collect: { type: 'object', required: ['email'], properties: { email: { type: 'string' } } },
        timeout: 'P1D',
      },
    });
  });

  it('keeps what a model cannot say', () => {
    expect(dataOf({ goal: 'Booked today', prompt: 'Be brief', saveAs: 'lead' })).toEqual({
      ...before.nodes[0]?.data,
      ...{ prompt: 'Be brief', converse: { goal: 'Booked today', collect, maxTurns: 7 } },
    });
    expect(dataOf({ url: 'https://b.example/' }, 'integration', 'call')).toEqual({
      url: 'https://b.example/',
      auth: { secret: 'crm', in: 'bearer' },
    });
    // Another kind of node under the same id is another node.
    expect(dataOf({ text: 'Hi', goal: 'x', instead: 'y' }, 'speak', 'call')).toEqual({
      text: 'Hi',
    });
  });
});
