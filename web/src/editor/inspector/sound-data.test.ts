import type { FlowNodeInput } from '@crmflow/contracts';
import { kindIds, nodeKinds } from '@crmflow/contracts/nodes';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { soundData } from './sound-data.js';

const sound = (data: unknown) => soundData(data as FlowNodeInput['data']);

describe('soundData', () => {
  it.each(kindIds)('leaves what a new node of the kind %s has', (kind) => {
    expect(sound(nodeKinds[kind].defaults)).toEqual(nodeKinds[kind].defaults);
  });

  it('leaves what a whole node has', () => {
    const data = {
      ...{ prompt: 'Talk', temperature: 0.5, useKnowledge: true, knowledge: ['a', 'b'] },
      converse: { goal: 'A date', collect: [{ name: 'day' }], maxTurns: 5, timeout: 'P1D' },
      tools: [
        { kind: 'integration', node: 'n', name: 'look', description: 'Looks', parameters: {} },
      ],
    };
    expect(sound(data)).toEqual(data);
    const http = { kind: 'http', headers: { Accept: 'a' }, body: { n: 1 }, auth: { in: 'header' } };
    expect(sound(http)).toEqual(http);
  });

  it('leaves out what is no text, number, list or part where it should be', () => {
    const data = {
      ...{ expect: 7, variable: ['name'], retries: '2', reminders: 7, timeout: null },
      choices: [null, 'yes', { value: 'no' }, { value: 'maybe', label: {} }],
    };
    expect(sound(data)).toEqual({
      reminders: [],
      choices: [
        { value: 'no', label: '' },
        { value: 'maybe', label: '' },
      ],
    });
    expect(sound({ headers: { a: 1, b: 'c' }, auth: 'x', converse: [] })).toEqual({
      headers: { b: 'c' },
    });
    expect(sound(null)).toEqual({});
    expect(sound({ constructor: 7, valueOf: [], text: 'Hi' })).toEqual({ text: 'Hi' });
  });

  it('bears any data, and changes nothing that it has given', () => {
    const field = fc.constantFrom(
      'text',
      'choices',
      'cases',
      'headers',
      'auth',
      'converse',
      'body',
    );
    fc.assert(
      fc.property(fc.dictionary(field, fc.jsonValue()), (data) => {
        const once = sound(data);
        expect(sound(once)).toEqual(once);
      }),
    );
  });
});
