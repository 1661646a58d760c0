import type { RunEvent } from '@crmflow/contracts';
import { describe, expect, it } from 'vitest';
import { type Draft, ask, edge, flowOf, node, row, say } from '../../../tests/support/flows.js';
import { simulate } from '../../test/simulate.js';
import { compileRun } from '../compile-run.js';
import type { RunFlowInput } from '../run-input.js';
import { type Arrival, begin, loadProgram, viewOf } from './index.js';

type Said = Arrival extends infer A ? (A extends Arrival ? Omit<A, 'at'> : never) : never;

const execute = (nodeId: string, visit = 1): Said => ({ kind: 'execute', nodeId, visit });
const skip = (nodeId: string, visit = 1): Said => ({ kind: 'skip', nodeId, visit });
const onward: Said = { kind: 'continue' };
const reply = (text: string): Said => ({ kind: 'message', messageId: text, text });
const pausePoints = (...nodeIds: string[]): Said => ({ kind: 'pausePoints', nodeIds });

/** The story of a run that is told these things one after the other, a second apart. */
function play(
  draft: Draft,
  way: Pick<RunFlowInput, 'mode' | 'pausePoints'>,
  ...said: (Said | 'call ended' | 'a minute')[]
) {
  const input = compileRun(
    { schemaVersion: 1, ...draft },
    {
      ...{ runId: 'run-1', workflowId: 'flow-1', version: 'draft', input: {}, startedAt: 0 },
      ...way,
    },
  );
  const program = loadProgram(input);
  let now = 0;
  const tasks = said.map((one) => {
    now += one === 'a minute' ? 60_000 : 1_000;
    if (one === 'a minute') return { now, arrivals: [] };
    if (one === 'call ended') return { now, arrivals: [], callEndedAt: now };
    return { now, arrivals: [{ ...one, at: now }] };
  });
  const { state, events } = simulate(program, begin(input), tasks);
  return { state, events, view: viewOf(program, state), steps: events.flatMap(inWords) };
}

function inWords({ type, nodeId, visit, data }: RunEvent): string[] {
  const place = visit === 1 ? nodeId : `${nodeId}:${visit}`;
  if (type === 'paused') return [`|${place}`];
  if (type === 'node.activated') return [`${place}`];
  if (type === 'node.completed' && 'skipped' in data) return [`-${place}.${data.handle}`];
  if (type === 'run.finished') return [(data as { status: string }).status];
  return [];
}

const step = { mode: 'step' } as const;
const two = row([say('a', 'A'), say('b', 'B')]);
const asking = row([ask('name', { timeout: 'PT1H' }), say('b', 'Hello {{ vars.name }}')]);
const loop = flowOf(
  [say('a', 'A'), ask('b')],
  [edge('start', 'out', 'a'), edge('a', 'out', 'b'), edge('b', 'out', 'a')],
);

describe('a run in step mode', () => {
  it('pauses before each node, the trigger first', () => {
    expect(play(two, step).view).toMatchObject({
      status: 'paused',
      stepping: true,
      currentNodes: [{ nodeId: 'start', visit: 1, state: 'paused', reason: 'step' }],
    });
    const { steps } = play(two, step, execute('start'), execute('a'), execute('b'));
    expect(steps).toEqual(['|start', 'start', '|a', 'a', '|b', 'b', 'completed']);
  });

  it('takes no command about another place, or twice', () => {
    const all = [execute('start', 2), execute('a'), skip('a'), execute('start'), execute('start')];
    expect(play(two, step, ...all).steps).toEqual(['|start', 'start', '|a']);
  });

  it('leaves a skipped node by its first handle, without running it', () => {
    const branch = node('a', 'logic', {
      kind: 'branch',
      cases: [{ handle: 'first', when: 'vars.missing == 1' }],
    });
    const flow = flowOf(
      [branch, say('b', 'B')],
      [edge('start', 'out', 'a'), edge('a', 'first', 'b')],
    );
    const { steps, events, state } = play(flow, step, execute('start'), skip('a'), skip('b'));
    expect(steps).toEqual(['|start', 'start', '|a', '-a.first', '|b', '-b.out', 'completed']);
    expect(state.visits).toEqual({ start: 1, a: 1, b: 1 });
    const left = events.find(({ type, nodeId }) => type === 'node.completed' && nodeId === 'a');
    expect(left?.data).toEqual({ handle: 'first', durationMs: 0, skipped: true });
  });

  it('waits at a listen as ever, unless that is skipped', () => {
    const begun = [execute('start'), execute('name')];
    expect(play(asking, step, ...begun).view.status).toBe('waiting');
    expect(play(asking, step, ...begun, reply('Ada'), execute('b')).events).toContainEqual(
      expect.objectContaining({ data: { id: 'b:1:1', role: 'system', text: 'Hello Ada' } }),
    );
    const { steps, events } = play(asking, step, ...begun, skip('name'));
    expect(steps.slice(-2)).toEqual(['-name.out', '|b']);
    expect(events.at(-2)?.data).toMatchObject({ durationMs: 1_000, skipped: true });
  });

  it('sleeps in a wait as ever, unless that is skipped', () => {
    const flow = row([node('w', 'logic', { kind: 'wait', duration: 'PT1M' }), say('b', 'B')]);
    const begun = [execute('start'), execute('w')];
    expect(play(flow, step, ...begun).view.status).toBe('waiting');
    expect(play(flow, step, ...begun, 'a minute').steps.slice(-2)).toEqual(['w', '|b']);
    expect(play(flow, step, ...begun, skip('w')).steps.slice(-2)).toEqual(['-w.out', '|b']);
  });

  it('keeps replies until the listen node runs, and its time until then too', () => {
    const { steps } = play(
      asking,
      step,
      ...[reply('early'), execute('start')],
      ...Array.from({ length: 70 }, () => 'a minute' as const),
      execute('name'),
    );
    expect(steps).toEqual(['|start', 'start', '|name', 'name', '|b']);
  });

  it('takes a command for what comes after a call once that has ended', () => {
    const flow = row([node('a', 'ai', { prompt: 'Hi' }), say('b', 'B')]);
    const { steps } = play(flow, step, execute('start'), execute('a'), execute('b'), 'call ended');
    expect(steps).toEqual(['|start', 'start', '|a', 'a', '|b', 'b', 'completed']);
  });

  it('ends where it is cancelled at a pause', () => {
    expect(play(two, step, { kind: 'cancel' }).steps).toEqual(['|start', 'cancelled']);
  });

  it('runs on to the next pause point, and on the second time to the one after', () => {
    const way = { ...step, pausePoints: ['a'] };
    const { steps, view } = play(loop, way, onward, onward, reply('x'));
    expect(steps).toEqual(['|start', 'start', '|a', 'a', 'b', '|a:2']);
    expect(view).toMatchObject({
      stepping: false,
      pausePoints: ['a'],
      currentNodes: [{ nodeId: 'a', visit: 2, state: 'paused', reason: 'pause_point' }],
    });
  });

  it('does not run on by a continue that was meant for the pause before', () => {
    const way = { ...step, pausePoints: ['b'] };
    const meant: Said = { kind: 'continue', nodeId: 'start', visit: 1 };
    expect(play(two, way, meant, meant).steps).toEqual(['|start', 'start', 'a', '|b']);
  });

  it('counts commands as progress', () => {
    const here = (i: number) => execute('a', i);
    const round = flowOf([say('a', 'A')], [edge('start', 'out', 'a'), edge('a', 'out', 'a')]);
    const many = Array.from({ length: 2_100 }, (_, i) => here(i + 1));
    const { state } = play(round, step, execute('start'), ...many);
    expect(state.position).toMatchObject({ kind: 'paused', visit: 2_101 });
  });
});

describe('a run in auto mode', () => {
  it('pauses before its pause points only, and steps from there on if asked to', () => {
    const way = { pausePoints: ['a'] };
    const { steps, view } = play(two, way, execute('a'));
    expect(steps).toEqual(['start', '|a', 'a', '|b']);
    expect(view.stepping).toBe(true);
  });

  it('takes other pause points at any time', () => {
    const { steps } = play(asking, {}, pausePoints('b'), reply('Ada'));
    expect(steps).toEqual(['start', 'name', '|b']);
    const flow = row([node('a', 'ai', { prompt: 'Hi' }), say('b', 'B')]);
    const amid = play(flow, {}, pausePoints('b'), 'call ended');
    expect(amid.steps).toEqual(['start', 'a', '|b']);
  });

  it('does not pause where a pause point was set after the fact', () => {
    const { steps } = play(asking, {}, 'a minute', reply('Ada'), pausePoints('b'));
    expect(steps).toEqual(['start', 'name', 'b', 'completed']);
  });

  it('cannot be skipped forward', () => {
    expect(play(asking, {}, skip('name')).view.status).toBe('waiting');
  });

  it('keeps the last pause points however often they change while a call runs', () => {
    const flow = row([node('a', 'ai', { prompt: 'Hi' }), say('b', 'B')]);
    const changes = Array.from({ length: 500 }, () => pausePoints('a'));
    const { state, steps } = play(flow, {}, ...changes, pausePoints('b'), 'call ended');
    expect(steps).toEqual(['start', 'a', '|b']);
    expect(state.pausePoints).toHaveLength(1);
  });
});
