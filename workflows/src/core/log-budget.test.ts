import { type FlowInput, limits } from '@crmflow/contracts';
import { describe, expect, it } from 'vitest';
import { compileRun } from '../compile-run.js';
import { accept, advance, begin, loadProgram, type RunState } from './index.js';

const position = { x: 0, y: 0 };
const names = ['v0', 'v1', 'v2', 'v3'];

/** A small flow that writes a lot: two nodes that say large variables to each other. */
const talkative: FlowInput = {
  schemaVersion: 1,
  name: 'Talks to itself',
  variables: names.map((name) => ({ name, default: 'x'.repeat(60_000) })),
  nodes: [
    { id: 'start', type: 'trigger', label: '', position, data: { kind: 'chat' } },
    { id: 'a', type: 'speak', label: '', position, data: { text: '{{ vars.v0 }}' } },
    { id: 'b', type: 'speak', label: '', position, data: { text: '{{ vars.v1 }}' } },
  ],
  edges: [
    { id: '1', source: 'start', sourceHandle: 'out', target: 'a' },
    { id: '2', source: 'a', sourceHandle: 'out', target: 'b' },
    { id: '3', source: 'b', sourceHandle: 'out', target: 'a' },
  ],
};

const asking: FlowInput = {
  schemaVersion: 1,
  name: 'Asks twice',
  nodes: [
    { id: 'start', type: 'trigger', label: '', position, data: { kind: 'chat' } },
    { id: 'ask', type: 'listen', label: '', position, data: { variable: 'x' } },
  ],
  edges: [
    { id: '1', source: 'start', sourceHandle: 'out', target: 'ask' },
    { id: '2', source: 'ask', sourceHandle: 'out', target: 'ask' },
  ],
};

const inputOf = (flow: FlowInput) =>
  compileRun(flow, {
    ...{ runId: 'run-1', workflowId: 'flow-1', version: 'draft', startedAt: 0, input: {} },
  });

/** Goes on by itself as far as it can. @returns where it stands, and the size of all its events */
function runOn(input: ReturnType<typeof inputOf>, from: RunState, mostTurns = 1_000) {
  const program = loadProgram(input);
  let state = from;
  let size = 0;
  for (let turns = 0; turns < mostTurns; turns += 1) {
    const progress = advance(program, state);
    ({ state } = progress);
    size += JSON.stringify(progress.events).length;
    if (state.position.kind !== 'ready') break;
  }
  return { state, size };
}

describe('the log of a run', () => {
  it('ends a run that writes without end', () => {
    const input = inputOf(talkative);
    const { state, size } = runOn(input, begin(input));
    expect(state.position).toMatchObject({
      kind: 'ended',
      status: 'failed',
      error: { code: 'log_budget_exceeded' },
    });
    expect(size).toBeLessThan(1.2 * limits.logWithoutProgress);
  });

  it('is measured from the last reply on, and as a whole', () => {
    const input = inputOf(asking);
    const program = loadProgram(input);
    const waits = runOn(input, begin(input)).state;
    const reply = (logSize: number) => {
      const message = { kind: 'message', messageId: 'm', text: 'hi', at: 1 } as const;
      const said = { kind: 'reply', messages: [message], at: 1 } as const;
      const { state } = accept(program, { ...waits, logSize }, said);
      return runOn(input, state).state.position;
    };
    expect(reply(limits.logWithoutProgress + 1)).toMatchObject({ kind: 'reply', visit: 2 });
    expect(reply(limits.runLog + 1)).toMatchObject({
      kind: 'ended',
      error: { code: 'run_log_full', nodeId: 'ask' },
    });
  });

  it('has no limit in a run that began before there was one', () => {
    const { hasLogBudget: _, ...input } = inputOf(talkative);
    const full = { ...begin(input), logSize: 2 * limits.runLog };
    expect(runOn(input, full, 3).state.position).toMatchObject({ kind: 'ready' });
  });
});
