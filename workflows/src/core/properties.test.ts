import { type FlowInput, isFinal, limits } from '@crmflow/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryFlow } from '../../test/arbitrary-flow.js';
import {
  type Way,
  arbitraryVisit,
  arbitraryWay,
  batched,
  isByPerson,
  oneByOne,
} from '../../test/arbitrary-visit.js';
import { simulate } from '../../test/simulate.js';
import { compileRun } from '../compile-run.js';
import { begin, loadProgram, viewOf } from './index.js';

const startedAt = Date.UTC(2026, 10, 22);

function load(flow: FlowInput, way: Way) {
  const input = compileRun(flow, {
    runId: 'run-1',
    workflowId: 'flow-1',
    version: 'draft',
    input: {},
    startedAt,
    callbacks: { base: 'https://crm.example/hooks/waits/', secret: 'secret' },
    ...(way.mode && { mode: way.mode }),
    ...(way.pausePoints && { pausePoints: way.pausePoints }),
    ...(way.burst && { burst: way.burst }),
  });
  return { program: loadProgram(input), state: begin(input) };
}

describe('any flow in any mode with any visitor', () => {
  it('ends, waits, pauses, or is stopped by the step budget, with numbers that have no gap', () => {
    fc.assert(
      fc.property(arbitraryFlow, arbitraryWay, arbitraryVisit, (flow, way, brought) => {
        const { program, state: from } = load(flow, way);
        const { state, events } = simulate(program, from, oneByOne(brought, startedAt));
        expect(['ended', 'reply', 'sleep', 'call', 'paused', 'handoff']).toContain(
          state.position.kind,
        );
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
      fc.property(
        arbitraryFlow,
        arbitraryWay,
        arbitraryVisit,
        cuts,
        (flow, way, brought, where) => {
          const { program, state } = load(flow, way);
          const single = simulate(program, state, oneByOne(brought, startedAt));
          const batches = batched(single.tasks, where, single.startedIn);
          expect(simulate(program, state, batches).events).toEqual(single.events);
        },
      ),
      { numRuns: 400 },
    );
  }, 120_000);

  it('goes on as a new execution at any point as if nothing had been', () => {
    fc.assert(
      fc.property(arbitraryFlow, arbitraryWay, arbitraryVisit, (flow, way, brought) => {
        const { program, state } = load(flow, way);
        const whole = simulate(program, state, oneByOne(brought, startedAt));
        const anew = simulate(
          program,
          state,
          whole.tasks,
          (at) => JSON.parse(JSON.stringify(at)) as typeof at,
        );
        expect(anew).toEqual(whole);
      }),
      { numRuns: 100 },
    );
  }, 120_000);

  it('counts once what comes twice: a message, or a command about a place', () => {
    fc.assert(
      fc.property(arbitraryFlow, arbitraryWay, arbitraryVisit, (flow, way, brought) => {
        const { program, state } = load(flow, way);
        const placed = brought.filter(({ what }) => !('aim' in what) || what.aim !== 'anywhere');
        const { tasks, events } = simulate(program, state, oneByOne(placed, startedAt));
        const doubled = tasks.map((task) => ({
          ...task,
          arrivals: [...task.arrivals, ...task.arrivals],
        }));
        expect(simulate(program, state, doubled).events).toEqual(events);
      }),
      { numRuns: 100 },
    );
  }, 120_000);
});

describe('any flow that is stepped through', () => {
  it('pauses before each node, and runs none that was not asked for', () => {
    fc.assert(
      fc.property(arbitraryFlow, arbitraryVisit, (flow, brought) => {
        const { program, state } = load(flow, { mode: 'step' });
        const steps = brought.filter((one) => one.what.kind !== 'continue' && !isByPerson(one));
        const { events } = simulate(program, state, oneByOne(steps, startedAt));
        const placeOf = ({ nodeId, visit }: { nodeId?: string; visit?: number }) =>
          `${nodeId}:${visit}`;
        const placesOf = (type: string) =>
          events.filter((event) => event.type === type).map(placeOf);
        const paused = placesOf('paused');
        expect(paused[0]).toBe('n0:1');
        expect(new Set(paused).size).toBe(paused.length);
        expect(paused).toEqual(expect.arrayContaining(placesOf('node.activated')));
        expect(paused).toEqual(expect.arrayContaining(placesOf('node.completed')));
      }),
      { numRuns: 200 },
    );
  }, 120_000);

  it('says and sets nothing at a node that is skipped before it began', () => {
    fc.assert(
      fc.property(arbitraryFlow, fc.integer({ min: 1, max: 20 }), (flow, times) => {
        const { program, state } = load(flow, { mode: 'step' });
        const skip = { afterMs: 1, what: { kind: 'skip', aim: 'here' } } as const;
        const skips = Array.from({ length: times }, () => skip);
        const { events } = simulate(program, state, oneByOne(skips, startedAt));
        const types = new Set(events.map(({ type }) => type));
        for (const type of ['message', 'variable.set', 'node.activated', 'waiting'] as const) {
          expect(types).not.toContain(type);
        }
      }),
      { numRuns: 50 },
    );
  }, 120_000);
});
