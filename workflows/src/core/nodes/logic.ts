import { limits, parseDuration } from '@crmflow/contracts';
import { evaluateCondition, parseInstant, renderText, renderValue } from '@crmflow/expressions';
import { NodeFault } from '../node-fault.js';
import { scopeOf } from '../scope.js';
import type { SleepSuspension } from '../state.js';
import type { Turn } from '../turn.js';
import type { Behaviour, Outcome, VisitOf } from './behaviour.js';

type WaitData = { duration?: string | undefined; until?: string | undefined };

function wakeAt(turn: Turn, data: WaitData): number {
  if (data.duration) return turn.state.clock + (parseDuration(data.duration) ?? 0);
  const text = renderText(data.until ?? '', scopeOf(turn)).trim();
  const at = parseInstant(text);
  if (at === null) {
    throw new NodeFault(
      'wait_invalid',
      `"${text.slice(0, 100)}" is no instant. Write it as ISO 8601, such as 2027-01-31T09:00:00Z.`,
    );
  }
  if (at - turn.state.clock > limits.durationMs) {
    throw new NodeFault('wait_invalid', `${text} is over ten years away.`);
  }
  return at;
}

function sleep(turn: Turn, visit: VisitOf<'logic'>, data: WaitData): Outcome {
  const until = wakeAt(turn, data);
  if (until <= turn.state.clock) return { leave: 'out' };
  const { node, visit: number, enteredAt } = visit;
  return { suspend: { kind: 'sleep', nodeId: node.id, visit: number, enteredAt, until } };
}

/** Decides, computes or sleeps: a branch, a set, or a wait. */
export const logic: Behaviour<'logic', SleepSuspension> = {
  enter(turn, visit) {
    const { data } = visit.node;
    switch (data.kind) {
      case 'branch': {
        const taken = data.cases.find((one) => evaluateCondition(one.when, scopeOf(turn)));
        return { leave: taken?.handle ?? 'else' };
      }
      case 'set':
        for (const { name, value } of data.assign) {
          turn.assign(name, renderValue(value, scopeOf(turn)), visit);
        }
        return { leave: 'out' };
      case 'wait':
        return sleep(turn, visit, data);
      default:
        return { leave: 'out' };
    }
  },
  resume(turn, visit) {
    if (turn.state.clock - visit.enteredAt >= 1000) turn.state.steps = 0;
    return { leave: 'out' };
  },
};
