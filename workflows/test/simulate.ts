import type { RunEvent } from '@crmflow/contracts';
import {
  type Arrival,
  type CallOutcome,
  type CallSuspension,
  type Program,
  type RunState,
  accept,
  advance,
  post,
  take,
} from '../src/core/index.js';

/** One workflow task: what it brings, and the time by then. */
export type Task = { now: number; arrivals: Arrival[] };

/** The outside world, the same for every telling: it depends only on which visit calls. */
function outcomeOf({ call, nodeId, visit }: CallSuspension): CallOutcome {
  if ((visit + nodeId.length) % 5 === 0) {
    return { ok: false, cancelled: false, error: { code: 'http_failed', message: 'no luck' } };
  }
  if (call.activity === 'callHttp') return { ok: true, value: { status: 200, body: { visit }, at: 0 } };
  const text = `answer ${visit} to ${call.input.prompt}`;
  const usage = { inputTokens: 1, outputTokens: 1 };
  return { ok: true, value: { text, usage, model: 'fake', at: 0 } };
}

/**
 * Runs a program through tasks as the Temporal shell does.
 * @param between what happens to the state at every suspension, e.g. a new execution
 * @returns the story, and where the run stands
 */
export function simulate(
  program: Program,
  from: RunState,
  tasks: Task[],
  between: (state: RunState) => RunState = (state) => state,
): { state: RunState; events: RunEvent[] } {
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
  go();
  for (const { now, arrivals } of tasks) {
    for (const arrival of arrivals) state = post(state, arrival);
    for (;;) {
      const taken = take(state, now);
      if (taken) state = taken.state;
      const { position } = state;
      const input =
        taken?.input ??
        (position.kind === 'call'
          ? { kind: 'outcome' as const, at: state.clock + 50, outcome: outcomeOf(position) }
          : null);
      if (!input) break;
      const progress = accept(program, state, input);
      state = progress.state;
      events.push(...progress.events);
      go();
    }
  }
  return { state, events };
}
