import { describe, expect, it } from 'vitest';
import { ask, edge, flowOf, node, row, say } from '../../../tests/support/flows.js';
import { compileRun } from '../compile-run.js';
import { type Arrival, begin, foresee, loadProgram } from './index.js';

type Draft = ReturnType<typeof flowOf>;

const execute = (nodeId: string): Arrival => ({ kind: 'execute', nodeId, visit: 1, at: 1 });
const skip = (nodeId: string): Arrival => ({ kind: 'skip', nodeId, visit: 1, at: 1 });

/** Where a run in step mode that has just begun will stand. */
function standing(draft: Draft, ...arrivals: Arrival[]) {
  const input = compileRun(
    { schemaVersion: 1, ...draft },
    {
      ...{ runId: 'run-1', workflowId: 'flow-1', version: 'draft', input: {}, startedAt: 0 },
      mode: 'step',
    },
  );
  const begun = begin(input);
  const before = structuredClone(begun);
  const { position } = foresee(loadProgram(input), begun, arrivals, 1);
  expect(begun).toEqual(before);
  return position;
}

describe('foresee', () => {
  const draft = row([say('a', 'A'), ask('b'), node('c', 'ai', { prompt: 'Hi' }), say('d', 'D')]);

  it('goes where commands in a row lead', () => {
    expect(standing(draft)).toMatchObject({ kind: 'paused', nodeId: 'start' });
    expect(standing(draft, execute('start'), skip('a'))).toMatchObject({
      ...{ kind: 'paused', nodeId: 'b' },
    });
    const asking = [execute('start'), skip('a'), execute('b')];
    expect(standing(draft, ...asking)).toMatchObject({ kind: 'reply', nodeId: 'b' });
    const reply: Arrival = { kind: 'message', messageId: 'm', text: 'Ada', at: 1 };
    expect(standing(draft, ...asking, reply)).toMatchObject({ kind: 'paused', nodeId: 'c' });
  });

  it('goes no further than a call', () => {
    const calling = [execute('start'), skip('a'), skip('b'), execute('c'), execute('d')];
    expect(standing(draft, ...calling)).toMatchObject({ kind: 'call', nodeId: 'c' });
  });

  it('sees the end', () => {
    const all = [execute('start'), skip('a'), skip('b'), skip('c'), execute('d')];
    expect(standing(draft, ...all)).toEqual({ kind: 'ended', status: 'completed' });
  });

  it('gives up an endless loop', () => {
    const loop = flowOf([say('a', 'A')], [edge('start', 'out', 'a'), edge('a', 'out', 'a')]);
    const position = standing(loop, { kind: 'continue', at: 1 });
    expect(['ready', 'ended']).toContain(position.kind);
  });
});
