import type { RunEvent } from '@crmflow/contracts';
import {
  type Arrival,
  type CallOutcome,
  type CallSuspension,
  type Input,
  type Program,
  type RunState,
  accept,
  advance,
  post,
  take,
} from '../src/core/index.js';

/** One workflow task: the time by then, what arrived, and whether the pending call has ended. */
export type Task = { now: number; arrivals: Arrival[]; callEnded: boolean };

/** The outside world, the same for every telling: it depends only on which visit calls. */
function outcomeOf({ call, nodeId, visit }: CallSuspension): CallOutcome {
  if ((visit + nodeId.length) % 5 === 0) {
    return { ok: false, cancelled: false, error: { code: 'http_failed', message: 'no luck' } };
  }
  if (call.activity === 'callHttp')
    return { ok: true, value: { status: 200, body: { visit }, at: 0 } };
  const text = `answer ${visit} to ${call.input.prompt}`;
  const usage = { inputTokens: 1, outputTokens: 1 };
  return { ok: true, value: { text, usage, model: 'fake', at: 0 } };
}

/**
 * Runs a program through tasks as the Temporal shell does.
 * @param between what happens to the state at every suspension, e.g. a new execution
 * @returns the story, where the run stands, and for each task that ended a call the task that had
 *   started it (-1: the first one)
 */
export function simulate(
  program: Program,
  from: RunState,
  tasks: Task[],
  between: (state: RunState) => RunState = (state) => state,
): { state: RunState; events: RunEvent[]; startedIn: Map<number, number> } {
  const events: RunEvent[] = [];
  let state = from;
  const go = () => {
    do {
      const progress = advance(program, state);
      state = progress.state;
      events.push(...progress.events);
    } while (state.position.kind === 'ready');
    state = between(state);
  };
  const startedIn = new Map<number, number>();
  let pending: CallSuspension | null = null;
  let pendingSince = -1;
  let task = -1;
  const next = (now: number, callEnded: boolean): Input | null => {
    if (pending) {
      if (!callEnded) return null;
      const outcome = outcomeOf(pending);
      pending = null;
      startedIn.set(task, pendingSince);
      return { kind: 'outcome', at: state.clock + 50, outcome };
    }
    const taken = take(state, now);
    if (taken) state = taken.state;
    else if (state.position.kind === 'call') {
      pending = state.position;
      pendingSince = task;
    }
    return taken?.input ?? null;
  };
  const settle = (now: number, callEnded: boolean) => {
    for (let input = next(now, callEnded); input; input = next(now, false)) {
      const progress = accept(program, state, input);
      state = progress.state;
      events.push(...progress.events);
      go();
    }
  };
  go();
  settle(state.clock, false);
  for (const { now, arrivals, callEnded } of tasks) {
    task += 1;
    for (const arrival of arrivals) state = post(state, arrival);
    settle(now, callEnded);
  }
  // A call that was asked to stop does so in the end, if it has not ended by itself before.
  const cancel = state.inbox.find((arrival) => arrival.kind === 'cancel');
  if (pending && cancel) {
    const error = { code: 'cancelled', message: 'cancelled' };
    const outcome = { ok: false, cancelled: true, error } as const;
    const progress = accept(program, state, { kind: 'outcome', at: cancel.at, outcome });
    return { state: progress.state, events: [...events, ...progress.events], startedIn };
  }
  return { state, events, startedIn };
}
