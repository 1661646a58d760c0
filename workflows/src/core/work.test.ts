import type { FlowInput } from '@crmflow/contracts';
import { describe, expect, it } from 'vitest';
import { compileRun } from '../compile-run.js';
import { advance, begin, loadProgram } from './index.js';

const value = '{{ input.list.all(a, input.list.all(b, a + b >= 0)) }}';
const position = { x: 0, y: 0 };

function start(assignments: number, nodes: number) {
  const assign = Array.from({ length: assignments }, (_, i) => ({ name: `v${i}`, value }));
  const ids = Array.from({ length: nodes }, (_, i) => `n${i}`);
  const flow: FlowInput = {
    schemaVersion: 1,
    name: 'Hard work',
    nodes: [
      { id: 'start', type: 'trigger', label: '', position, data: { kind: 'chat' } },
      ...ids.map((id) => ({
        ...{ id, type: 'logic' as const, label: '', position },
        data: { kind: 'set' as const, assign },
      })),
    ],
    edges: ids.map((id, i) => ({
      ...{ id, source: ids[i - 1] ?? 'start', sourceHandle: 'out', target: id },
    })),
  };
  const input = compileRun(flow, {
    ...{ runId: 'run-1', workflowId: 'flow-1', version: 'draft' as const, startedAt: 0 },
    input: { list: Array.from({ length: 100 }, (_, i) => i) },
  });
  return { program: loadProgram(input), state: begin(input) };
}

describe('the work of a run', () => {
  it('is cut into turns, so that nobody is held up', () => {
    const { program, state } = start(10, 30);
    let progress = advance(program, state);
    const turns = [progress];
    while (progress.state.position.kind === 'ready') {
      progress = advance(program, progress.state);
      turns.push(progress);
    }
    expect(turns.length).toBeGreaterThan(5);
    expect(progress.state.position).toEqual({ kind: 'ended', status: 'completed' });
    const seqs = turns.flatMap(({ events }) => events.map(({ seq }) => seq));
    expect(seqs).toEqual(seqs.map((_, i) => i + 1));
  });

  it('at one node has a limit', () => {
    const { program, state } = start(100, 1);
    expect(advance(program, state).state.position).toMatchObject({
      kind: 'ended',
      status: 'failed',
      error: { code: 'expression_too_costly', nodeId: 'n0' },
    });
  });
});
