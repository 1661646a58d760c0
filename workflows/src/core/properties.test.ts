import { type FlowInput, isFinal, limits } from '@crmflow/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryArrivals, arbitraryFlow } from '../../test/arbitrary-flow.js';
import { type Task, simulate } from '../../test/simulate.js';
import { compileRun } from '../compile-run.js';
import { type Arrival, begin, loadProgram, viewOf } from './index.js';

const startedAt = Date.UTC(2026, 10, 22);

function load(flow: FlowInput) {
  const input = compileRun(flow, {
    runId: 'run-1',
    workflowId: 'flow-1',
    version: 'draft',
    input: {},
    startedAt,
  });
  return { program: loadProgram(input), state: begin(input) };
}

type Brought = { afterMs: number; what: string | null };

function arrivalsOf(what: string | null, id: string, at: number): Arrival[] {
  if (what === null || what === 'call ended') return [];
  if (what === 'cancel') return [{ kind: 'cancel', at }];
  return [{ kind: 'message', messageId: id, text: what, at }];
}

/**
 * One task for each arrival, as when a worker is quick. Whether a call that is cancelled ends well
 * before it notices depends on how soon it was asked, so here none does.
 */
function oneByOne(brought: readonly Brought[]): Task[] {
  let now = startedAt;
  let cancelled = false;
  return brought.map(({ afterMs, what }, i) => {
    now += afterMs;
    cancelled ||= what === 'cancel';
    const callEnded = what === 'call ended' && !cancelled;
    return { now, arrivals: arrivalsOf(what, `m${i}`, now), callEnded };
  });
}

/**
 * The same inputs in fewer tasks, as when no worker was up for a while. A call starts when a task
 * is over, so no task ends a call that it started.
 */
function batched(
  tasks: readonly Task[],
  cuts: readonly boolean[],
  startedIn: ReadonlyMap<number, number>,
): Task[] {
  const batches: Task[] = [];
  let first = 0;
  for (const [i, task] of tasks.entries()) {
    const last = batches.at(-1);
    if (!last || cuts[i % cuts.length] || (startedIn.get(i) ?? -1) >= first) {
      batches.push(task);
      first = i;
      continue;
    }
    batches[batches.length - 1] = {
      now: task.now,
      arrivals: [...last.arrivals, ...task.arrivals],
      callEnded: last.callEnded || startedIn.has(i),
    };
  }
  return batches;
}

describe('any flow with any visitor', () => {
  it('ends, waits, or is stopped by the step budget, with numbers that have no gap', () => {
    fc.assert(
      fc.property(arbitraryFlow, arbitraryArrivals, (flow, brought) => {
        const { program, state: from } = load(flow);
        const { state, events } = simulate(program, from, oneByOne(brought));
        expect(['ended', 'reply', 'sleep', 'call']).toContain(state.position.kind);
        expect(events.map((event) => event.seq)).toEqual(events.map((_, i) => i + 1));
        expect(state.steps).toBeLessThanOrEqual(limits.stepsWithoutProgress + 1);
        const { status } = viewOf(program, state);
        expect(events.some((event) => event.type === 'run.finished')).toBe(isFinal(status));
      }),
      { numRuns: 200 },
    );
  }, 120_000);

  it('tells the same story however its inputs are batched', () => {
    const cuts = fc.array(fc.boolean(), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(arbitraryFlow, arbitraryArrivals, cuts, (flow, brought, where) => {
        const { program, state } = load(flow);
        const tasks = oneByOne(brought);
        const single = simulate(program, state, tasks);
        const batch = simulate(program, state, batched(tasks, where, single.startedIn));
        expect(batch.events).toEqual(single.events);
      }),
      { numRuns: 200 },
    );
  }, 120_000);

  it('goes on as a new execution at any point as if nothing had been', () => {
    fc.assert(
      fc.property(arbitraryFlow, arbitraryArrivals, (flow, brought) => {
        const { program, state } = load(flow);
        const tasks = oneByOne(brought);
        const whole = simulate(program, state, tasks);
        const anew = simulate(
          program,
          state,
          tasks,
          (at) => JSON.parse(JSON.stringify(at)) as typeof at,
        );
        expect(anew).toEqual(whole);
      }),
      { numRuns: 100 },
    );
  }, 120_000);

  it('counts a message that comes twice once', () => {
    fc.assert(
      fc.property(arbitraryFlow, arbitraryArrivals, (flow, brought) => {
        const { program, state } = load(flow);
        const tasks = oneByOne(brought);
        const doubled = tasks.map((task) => ({
          ...task,
          arrivals: [...task.arrivals, ...task.arrivals],
        }));
        expect(simulate(program, state, doubled).events).toEqual(
          simulate(program, state, tasks).events,
        );
      }),
      { numRuns: 100 },
    );
  }, 120_000);
});
