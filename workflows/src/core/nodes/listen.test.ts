import type { FlowInput, RunEvent } from '@crmflow/contracts';
import { describe, expect, it } from 'vitest';
import { type Moment, simulate } from '../../../test/simulate.js';
import { compileRun } from '../../compile-run.js';
import { begin, dueAt, loadProgram, type Suspension } from '../index.js';

const dayMs = 86_400_000;
const position = { x: 0, y: 0 };
const startedAt = Date.parse('2026-01-01T00:00:00Z');
const iso = (at: number) => new Date(at).toISOString();

const flow: FlowInput = {
  schemaVersion: 1,
  name: 'Weeks',
  nodes: [
    { id: 'start', type: 'trigger', label: '', position, data: { kind: 'chat' } },
    {
      ...{ id: 'ask', type: 'listen', label: 'Ask', position },
      data: {
        ...{ variable: 'age', expect: 'number', retries: 1, retryText: 'A number?' },
        timeout: 'P2W',
        reminders: [
          { after: 'P10D', text: 'Soon over' },
          { after: 'P1W', text: 'Still there?' },
          { after: 'P3W', text: 'Never said' },
        ],
      },
    },
    { id: 'late', type: 'speak', label: '', position, data: { text: 'Late' } },
  ],
  edges: [
    { id: 'a', source: 'start', sourceHandle: 'out', target: 'ask' },
    { id: 'b', source: 'ask', sourceHandle: 'timeout', target: 'late' },
  ],
};

function play(moments: Moment[]) {
  const input = compileRun(flow, {
    ...{ runId: 'r', workflowId: 'w', version: 'draft' as const, startedAt, input: {} },
  });
  const program = loadProgram(input);
  return simulate(program, begin(input), moments);
}

/** The moment at which the run's own timer goes off. */
const timer: Moment = (state) => ({
  now: dueAt(state.position as Suspension) ?? Number.NaN,
  arrivals: [],
});
const reply =
  (text: string, afterMs: number): Moment =>
  () => {
    const at = startedAt + afterMs;
    return { now: at, arrivals: [{ kind: 'message', messageId: `m${afterMs}`, text, at }] };
  };

const toldOf = (events: RunEvent[]) =>
  events.flatMap(({ type, at, data }) => {
    if (type === 'message') return [`${(at - startedAt) / dayMs}: ${data.text}`];
    return type === 'node.completed' ? [`${(at - startedAt) / dayMs}: ${data.handle}`] : [];
  });

describe('a listen node that waits for weeks', () => {
  it('reminds when it is due, and leaves by timeout to the millisecond', () => {
    const { events, state } = play([timer, timer, timer]);
    expect(events.find(({ type }) => type === 'waiting')?.data).toMatchObject({
      deadline: iso(startedAt + 14 * dayMs),
    });
    expect(toldOf(events)).toEqual([
      '0: out',
      '7: Still there?',
      '10: Soon over',
      '14: timeout',
      '14: Late',
      '14: out',
    ]);
    expect(state.position).toEqual({ kind: 'ended', status: 'completed' });
  });

  it('takes a reply of the last moment, and none of the next', () => {
    const last = play([timer, timer, reply('42', 14 * dayMs)]);
    expect(last.state.variables).toEqual({ age: 42 });
    const late = play([timer, timer, reply('42', 14 * dayMs + 1)]);
    expect(late.state.variables).toEqual({});
    expect(toldOf(late.events)).toContain('14: timeout');
  });

  it('gives no new time to one who has to answer again', () => {
    const { events } = play([reply('forty', 13 * dayMs), timer]);
    const waiting = events.filter(({ type }) => type === 'waiting').map(({ data }) => data);
    expect(waiting).toHaveLength(2);
    expect(waiting[1]).toEqual(waiting[0]);
    expect(toldOf(events).slice(-4)).toEqual([
      '13: A number?',
      '14: timeout',
      '14: Late',
      '14: out',
    ]);
  });
});
