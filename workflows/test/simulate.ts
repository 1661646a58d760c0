import type { OfficeHours, RunEvent } from '@crmflow/contracts';
import {
  type Arrival,
  type CallOutcome,
  type CallSuspension,
  type Ended,
  type Input,
  type Program,
  type RunState,
  accept,
  advance,
  enqueue,
  dequeue,
  dequeueDuringCall,
} from '../src/core/index.js';

/** One workflow task: the time by then, what arrived, and when the pending call ended, if it did. */
export type Task = { now: number; arrivals: Arrival[]; callEndedAt?: number | undefined };

/** A task that depends on where the run stands, as what its owner does about it. */
export type Moment = (state: RunState) => Task;

const day = [{ from: '09:00', to: '17:00' }];

const officeHours: OfficeHours = {
  timezone: 'UTC',
  week: { mon: day, tue: day, wed: day, thu: day, fri: day, sat: [], sun: [] },
  closed: [],
};

/** The outside world, the same for every telling: it depends only on which visit calls. */
function outcomeOf({ call, nodeId, visit }: CallSuspension): CallOutcome {
  if ((visit + nodeId.length) % 5 === 0) {
    return { ok: false, cancelled: false, error: { code: 'http_failed', message: 'no luck' } };
  }
  if (call.activity === 'callHttp')
    return { ok: true, value: { status: 200, body: { visit }, at: 0 } };
  if (call.activity === 'searchKnowledge') {
    const passages = visit % 2 === 0 ? [{ name: 'Guide', text: 'It is blue.', page: visit }] : [];
    return { ok: true, value: { passages, sources: [], at: 0 } };
  }
  if (call.activity === 'updateContact') {
    return { ok: true, value: { contact: { ...call.input.known, name: `${visit}` }, at: 0 } };
  }
  if (call.activity === 'readOfficeHours') {
    return { ok: true, value: { hours: visit % 3 === 0 ? null : officeHours, at: 0 } };
  }
  if (call.activity === 'beginFlow') {
    return { ok: true, value: { runId: 'child', output: { visit }, at: 0 } };
  }
  const { prompt, functions = [], mustAnswer } = call.input;
  const text = `answer ${visit} to ${prompt}`;
  const told = { text, usage: { inputTokens: 1, outputTokens: 1 }, model: 'fake', at: 0 };
  // Every third call of a visit calls something, and so in the end all that there is.
  const number = call.input.call ?? 1;
  const wanted = functions[(visit + number) % (3 * functions.length || 1)];
  if (!wanted || mustAnswer) return { ok: true, value: told };
  const one = { name: wanted.name, args: { query: 'blue', a: visit, summary: 'done' } };
  const faulty = { name: 'no_function', args: {}, fault: 'There is none.' };
  const calls = visit % 2 === 0 ? [one] : [faulty, one];
  return { ok: true, value: { ...told, calls, turn: { parts: [] } } };
}

const endOf = (pending: CallSuspension, at: number): Ended => ({
  kind: 'outcome',
  at,
  outcome: outcomeOf(pending),
});

/** What came of a simulation. */
export type Simulation = {
  /** Another one than at the beginning after a migration. */
  program: Program;
  state: RunState;
  events: RunEvent[];
  /** Those that were simulated. */
  tasks: Task[];
  /**
   * For each task that ended a call, asked it to stop, or in which the run took something while it
   * was under way: the task that had started it (-1: the first one).
   */
  startedIn: Map<number, number>;
};

/**
 * Runs a program through tasks as the Temporal shell does.
 * @param between what happens to the state at every suspension, e.g. a new execution
 */
export function simulate(
  begun: Program,
  from: RunState,
  moments: readonly (Task | Moment)[],
  between: (state: RunState) => RunState = (state) => state,
): Simulation {
  const tasks: Task[] = [];
  const events: RunEvent[] = [];
  let program = begun;
  let state = from;
  const go = () => {
    do {
      const progress = advance(program, state);
      state = progress.state;
      events.push(...progress.events);
    } while (state.position.kind === 'ready');
    // Nor does the shell go on as a new execution while a call is under way.
    if (!pending) state = between(state);
  };
  const startedIn = new Map<number, number>();
  let pending: CallSuspension | null = null;
  let pendingSince = -1;
  let hasEnded = false;
  let task = -1;
  const next = (now: number, callEndedAt?: number): Input | null => {
    const { position } = state;
    // A call that a person has left is cancelled: nobody hears of it any more.
    if (pending && (position.kind !== 'call' || position.call !== pending.call)) pending = null;
    if (pending) {
      const ended = callEndedAt === undefined || hasEnded ? undefined : endOf(pending, callEndedAt);
      const taken = dequeueDuringCall(state, ended);
      if (!taken) return null;
      state = taken.state;
      startedIn.set(task, pendingSince);
      if (taken.input.kind === 'outcome') {
        hasEnded = true;
        pending = null;
      }
      return taken.input;
    }
    const taken = dequeue(program, state, now);
    if (taken) state = taken.state;
    else if (position.kind === 'call' && !state.held) {
      pending = position;
      pendingSince = task;
    }
    return taken?.input ?? null;
  };
  const settle = (now: number, callEndedAt?: number) => {
    hasEnded = false;
    for (let input = next(now, callEndedAt); input; input = next(now, callEndedAt)) {
      const progress = accept(program, state, input);
      ({ program, state } = progress);
      events.push(...progress.events);
      go();
    }
  };
  go();
  settle(state.clock);
  for (const moment of moments) {
    const told = typeof moment === 'function' ? moment(state) : moment;
    tasks.push(told);
    task += 1;
    for (const arrival of told.arrivals) state = enqueue(state, arrival);
    if (pending && told.arrivals.some(({ kind }) => kind === 'cancel')) {
      startedIn.set(task, pendingSince);
    }
    settle(told.now, told.callEndedAt);
  }
  // A call that was asked to stop does so in the end, if it has not ended by itself before.
  const cancel = state.inbox.find((arrival) => arrival.kind === 'cancel');
  if (pending && cancel) {
    const error = { code: 'cancelled', message: 'cancelled' };
    const outcome = { ok: false, cancelled: true, error } as const;
    const progress = accept(program, state, { kind: 'outcome', at: cancel.at, outcome });
    const told = [...events, ...progress.events];
    return { program, state: progress.state, events: told, tasks, startedIn };
  }
  return { program, state, events, tasks, startedIn };
}
