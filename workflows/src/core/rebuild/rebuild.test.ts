import type { FlowInput, RunEvent } from '@crmflow/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryFlow } from '../../../test/arbitrary-flow.js';
import { arbitraryVisit, arbitraryWay, oneByOne, type Way } from '../../../test/arbitrary-visit.js';
import { simulate } from '../../../test/simulate.js';
import { compileRun } from '../../compile-run.js';
import { begin, loadProgram } from '../index.js';
import type { RunState } from '../state.js';
import { createRebuild } from './rebuild.js';
import { restart } from './restart.js';

const startedAt = Date.UTC(2026, 10, 22);

function load(flow: FlowInput, way: Way) {
  const run = { runId: 'run-1', workflowId: 'flow-1', version: 'draft', input: {} } as const;
  const { mode, pausePoints, burst } = way;
  const input = compileRun(flow, {
    ...run,
    startedAt,
    callbacks: { base: 'https://crm.example/hooks/waits/', secret: 'secret' },
    ...(mode && { mode }),
    ...(pausePoints && { pausePoints }),
    ...(burst && { burst }),
  });
  return { input, program: loadProgram(input) };
}

const pick = ({ seq, visits, transcript, variables, fault, logSize, spoke }: RunState) => ({
  ...{ seq, visits, transcript, variables, logSize },
  ...(fault && { fault }),
  ...(spoke && { spoke }),
});

const marksOf = (events: readonly RunEvent[]) =>
  events.flatMap((event) =>
    event.type === 'run.started' ? (event.data.resumed?.afterSeq ?? []) : [],
  );

/** What the log up to an event says, read in pages of an odd size. */
function fold(input: ReturnType<typeof load>['input'], events: readonly RunEvent[], seq: number) {
  const rebuild = createRebuild(input.variables, marksOf(events));
  const read = events.slice(0, seq);
  for (let at = 0; at < read.length; at += 7) rebuild.read(read.slice(at, at + 7));
  const { clock: _, ...state } = rebuild.state();
  return state;
}

/** As many as the time bears: some flows loop for thousands of events. `npm run soak` has more. */
const limitMs = Number(process.env['CRMFLOW_PROPERTY_MS'] ?? 10_000);
const flows = { numRuns: limitMs / 250, interruptAfterTimeLimit: limitMs };
/** A flow that was begun is not interrupted. */
const timeoutMs = limitMs + 290_000;

/** Folding a log once for each of its states is slow where it goes round and round. */
const longStory = 600;
const mostCompared = 150;

/** Some of the states, from everywhere in the story; of those with the same events the last. */
function compared(states: readonly RunState[]): RunState[] {
  const short = states.filter(({ seq }) => seq <= longStory);
  const bySeq = [...new Map(short.map((state) => [state.seq, state])).values()];
  const every = Math.ceil(bySeq.length / mostCompared);
  return bySeq.filter((_, index) => index % every === 0 || index === bySeq.length - 1);
}

describe('a log', () => {
  it(
    'says all that the run knew, wherever it stood',
    () => {
      fc.assert(
        fc.property(arbitraryFlow, arbitraryWay, arbitraryVisit, (flow, way, brought) => {
          const { input, program } = load(flow, way);
          const states: RunState[] = [];
          const { events } = simulate(program, begin(input), oneByOne(brought, startedAt), (at) => {
            states.push(at);
            return at;
          });
          for (const state of compared(states)) {
            expect(fold(input, events, state.seq)).toEqual(pick(state));
          }
        }),
        flows,
      );
    },
    timeoutMs,
  );

  it(
    'says so too where the run went back, again and again',
    () => {
      const goings = fc.array(fc.record({ where: fc.nat(), brought: arbitraryVisit }), {
        minLength: 1,
        maxLength: 3,
      });
      fc.assert(
        fc.property(arbitraryFlow, arbitraryWay, goings, (flow, way, all) => {
          const { input, program } = load(flow, way);
          const states: RunState[] = [];
          let log: RunEvent[] = [];
          let from = begin(input);
          for (const [round, { where, brought }] of all.entries()) {
            const renamed = oneByOne(brought, startedAt + round * 1e9);
            const { events } = simulate(program, from, renamed, (at) => {
              states.push(at);
              return at;
            });
            log = [...log, ...events];
            const reached = log.filter(({ type }) => type === 'node.activated');
            const target = reached[where % reached.length];
            if (!target) break;
            from = goBack(input, log, target);
          }
          expect(log.map(({ seq }) => seq)).toEqual(log.map((_, i) => i + 1));
          for (const state of compared(states)) {
            expect(fold(input, log, state.seq)).toEqual(pick(state));
          }
        }),
        flows,
      );
    },
    timeoutMs,
  );
});

function goBack(input: ReturnType<typeof load>['input'], log: RunEvent[], target: RunEvent) {
  const afterSeq = target.seq - 1;
  const nodeId = target.nodeId ?? '';
  const rebuild = createRebuild(input.variables, [...marksOf(log), afterSeq]);
  rebuild.read(log);
  return restart(rebuild, {
    by: 'retry',
    ...{ nodeId, afterSeq, visit: (rebuild.state().visits[nodeId] ?? 0) + 1 },
    ...{ at: startedAt, stepping: false, pausePoints: [], inbox: [], seen: [] },
  });
}
