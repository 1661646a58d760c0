import type { Exploration, Flow, JsonObject, RunEvent, TestStart } from '@crmflow/contracts';
import { Actor, StepImpossible } from '../actor.js';
import { attempts, madeCall } from '../answer-call.js';
import { createReached } from '../coverage.js';
import { type Answered, Play, type PlayBounds, PlayTooLong } from '../play.js';
import { programOf, startOf, TestInvalid } from '../start-of.js';
import { createFindings } from './findings.js';
import { type Move, movesAt } from './moves.js';
import { type Samples, samplesOf } from './samples.js';
import { follow, keyOf, placeOf, type Spot } from './spot.js';

/** How far the explorer goes. */
export type ExploreOptions = {
  start?: TestStart;
  /** Different states of runs; 3,000 where it is not said. */
  states?: number;
  /** Milliseconds; 10,000 where it is not said. */
  ms?: number;
};

/** An exploration that can be taken further. */
export type Exploring = {
  /** Looks at so many more states, for so many milliseconds at most, and says what is known by then. */
  goOn(more: { states: number; ms: number }): Exploration;
};

/** Variants of one place that are looked at before those of other places. */
const manyAtOnePlace = 48;

/** What one move may do: more than a run may without an answer from outside. */
const moveBounds = { visits: 5_000, logSize: 40_000_000 };

const knownContact = { name: 'Ada', email: 'ada@example.com', phone: '+442079460018' };

/** Ways to begin: with nothing, and with each value that the flow tells apart. */
function startsOf(flow: Flow, samples: Samples, given: TestStart): TestStart[] {
  const { input = {}, ...rest } = given;
  const inputs = samples.reads('input')
    ? samples
        .valuesAt(['input'])
        .filter((one): one is JsonObject => typeof one === 'object' && one !== null)
        .map((one) => ({ ...one, ...input }))
    : [];
  const starts = [given, ...inputs.map((one) => ({ ...rest, input: one }))];
  if (!samples.reads('contact') || rest.contact) return starts;
  return [...starts, ...starts.map((one) => ({ ...one, contact: knownContact }))];
}

/** Queues: states of places that were met rarely come before those that were met often. */
function createQueue() {
  const fresh: Spot[] = [];
  const common: Spot[] = [];
  let taken = [0, 0];
  const met = new Map<string, number>();
  return {
    add(spot: Spot) {
      const place = placeOf(spot);
      const times = (met.get(place) ?? 0) + 1;
      met.set(place, times);
      (times <= manyAtOnePlace ? fresh : common).push(spot);
    },
    take(): Spot | undefined {
      const [first = 0, second = 0] = taken;
      const next = fresh[first];
      if (next) {
        taken = [first + 1, second];
        return next;
      }
      const later = common[second];
      if (later) taken = [first, second + 1];
      return later;
    },
    get isEmpty(): boolean {
      return (taken[0] ?? 0) >= fresh.length && (taken[1] ?? 0) >= common.length;
    },
  };
}

/**
 * Begins to look at all ways through a flow: at every wait each answer, a wrong one and silence, at
 * every call success and failure. The same flow and bounds give the same findings.
 */
export function startExploring(flow: Flow, { start = {} }: ExploreOptions = {}): Exploring {
  const samples = samplesOf(flow);
  const reached = createReached();
  const findings = createFindings(flow);
  const queue = createQueue();
  const known = new Map<string, number>();
  let states = 0;
  let until = Infinity;
  let hasBegun = false;

  const atCall = Symbol('call');

  /** Plays one move on; where the run comes to a call, that is where it rests. */
  const play = (from: Spot, move: Move | undefined): Spot | undefined => {
    const spot: Spot = { ...from, from, ...(move && { move }) };
    const set = new Set(Object.keys(from.state.variables));
    const bounds: PlayBounds = { ...moveBounds, until: performance.now() + 5_000 };
    const tell = (event: RunEvent) => {
      reached.see(event);
      follow(spot, event);
      if (event.type === 'variable.set') set.add(event.data.name);
      if (event.type === 'node.activated' && event.nodeId !== undefined) {
        findings.entered(event.nodeId, set, spot);
      }
    };
    const playing = new Play(from.program, from.state, bounds, tell);
    playing.now = from.now;
    const actor = new Actor(playing, from.arrivals);
    const rest = (): typeof atCall => atCall;
    const steps = function* (): Generator<typeof atCall, void, Answered> {
      if (!move) yield* playing.begin(rest);
      else if (move.kind === 'answer') yield* playing.settle(rest);
      else for (const step of move.steps) yield* actor.take(step, rest);
    };
    try {
      const running = steps();
      let next = running.next();
      if (move?.kind === 'answer' && !next.done && from.state.position.kind === 'call') {
        const made = madeCall(from.state.position, from.program);
        if (made.toolNode !== undefined) reached.seeTool(made.toolNode);
        next = running.next(attempts(made.call, from.state.clock, () => move.answer));
      }
    } catch (error) {
      if (error instanceof StepImpossible) return undefined;
      if (!(error instanceof PlayTooLong)) throw error;
      findings.tooLong(spot);
      return undefined;
    }
    spot.state = playing.state;
    spot.now = Math.max(playing.now, playing.state.clock);
    spot.due = playing.state.position.kind === 'call' ? undefined : playing.wakesAt;
    spot.arrivals = actor.arrivals;
    return spot;
  };

  /** Takes a spot in. @returns its number */
  const add = (spot: Spot): number => {
    const key = keyOf(spot, samples);
    const before = known.get(key);
    if (before !== undefined) return before;
    const number = known.size;
    known.set(key, number);
    spot.number = number;
    states += 1;
    findings.rests(spot);
    if (spot.state.position.kind !== 'ended') queue.add(spot);
    return number;
  };

  const begin = () => {
    hasBegun = true;
    for (const one of startsOf(flow, samples, start)) {
      const { program, state } = programOf(flow, startOf({ id: 'explore', start: one }));
      const origin: Spot = {
        ...{ program, state, now: state.clock, arrivals: 0, number: 0, start: one },
        ...{ due: undefined, isUnanswered: false },
      };
      const first = play(origin, undefined);
      if (!first) continue;
      delete first.from;
      add(first);
    }
  };

  const visit = (spot: Spot) => {
    for (const move of movesAt(spot.program, spot.state, samples, spot.now, spot.due)) {
      const next = play(spot, move);
      if (!next) continue;
      findings.moved(spot, next);
      const to = add(next);
      if (move.kind === 'answer') findings.called(spot.number, to, spot);
    }
  };

  return {
    goOn({ states: more, ms }) {
      until = performance.now() + ms;
      const most = states + more;
      if (!hasBegun) begin();
      while (states < most && performance.now() < until) {
        const spot = queue.take();
        if (!spot) break;
        visit(spot);
      }
      const isComplete = queue.isEmpty;
      return {
        findings: findings.all(isComplete, reached),
        coverage: reached.coverage(flow),
        states,
        isComplete,
      };
    },
  };
}

/**
 * Looks at the ways through a flow, as far as its bounds go.
 * @returns findings, what is reached, and whether all was looked at; none for a flow without a trigger
 */
export function explore(flow: Flow, options: ExploreOptions = {}): Exploration {
  const { states = 3_000, ms = 10_000 } = options;
  try {
    return startExploring(flow, options).goOn({ states, ms });
  } catch (error) {
    if (!(error instanceof TestInvalid)) throw error;
    const coverage = createReached().coverage(flow);
    return { findings: [], coverage, states: 0, isComplete: false };
  }
}
