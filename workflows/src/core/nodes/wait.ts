import { type DataOf, limits, parseDuration } from '@crmflow/contracts';
import { parseInstant, renderText } from '@crmflow/expressions';
import { NodeFault } from '../node-fault.js';
import { scopeOf } from '../scope.js';
import type { SleepSuspension } from '../state.js';
import type { Turn } from '../turn.js';
import type { Behaviour } from './behaviour.js';

function wakeAt(turn: Turn, { duration, until = '' }: DataOf<'wait'>): number {
  if (duration) return turn.state.clock + (parseDuration(duration) ?? 0);
  const text = renderText(until, scopeOf(turn)).trim();
  const at = parseInstant(text, turn.program.locale?.timezone);
  if (at === null) {
    throw new NodeFault(
      'wait_invalid',
      `"${text.slice(0, 100)}" is not a date and time. Use ISO 8601, such as 2027-01-31T09:00:00Z.`,
    );
  }
  if (at - turn.state.clock > limits.durationMs) {
    throw new NodeFault(
      'wait_invalid',
      `${text} is more than ten years away. Choose an earlier time.`,
    );
  }
  return at;
}

/** Sleeps for a duration, or until an instant. */
export const wait: Behaviour<'wait', SleepSuspension> = {
  enter(turn, { node, visit, enteredAt }) {
    const until = wakeAt(turn, node.data);
    if (until <= turn.state.clock) return { leave: 'out' };
    return { suspend: { kind: 'sleep', nodeId: node.id, visit, enteredAt, until } };
  },
  resume(turn, { enteredAt }) {
    if (turn.state.clock - enteredAt >= 1000) turn.progress();
    return { leave: 'out' };
  },
};
