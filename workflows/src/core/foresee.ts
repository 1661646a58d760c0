import { accept, advance } from './advance.js';
import { dequeue, enqueue } from './inbox.js';
import type { Program } from './program.js';
import type { Arrival, RunState } from './state.js';

/** An endless loop is foreseen no further than this. */
const mostTurns = 10;

/**
 * Where a run will stand once it has taken what has arrived, as far as that needs nothing from
 * outside: commands that follow each other are about that place and not about the last one that
 * was written to the log. Changes nothing.
 * @param now epoch milliseconds
 */
export function foresee(
  program: Program,
  state: RunState,
  arrivals: readonly Arrival[],
  now: number,
): RunState {
  let ahead = { program, state: arrivals.reduce(enqueue, state) };
  for (let turn = 0; turn < mostTurns; turn += 1) {
    ahead = { ...ahead, state: advance(ahead.program, ahead.state).state };
    const next = dequeue(ahead.program, ahead.state, now);
    const { kind } = ahead.state.position;
    if (next) ahead = accept(ahead.program, next.state, next.input);
    else if (kind !== 'start' && kind !== 'ready') break;
  }
  return ahead.state;
}
