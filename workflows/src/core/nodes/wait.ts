import { limits, parseDuration } from '@crmflow/contracts';
import { parseInstant, renderText } from '@crmflow/expressions';
import { NodeFault } from '../node-fault.js';
import { scopeOf } from '../scope.js';
import type { CallSuspension, SleepSuspension } from '../state.js';
import type { Turn } from '../turn.js';
import type { Behaviour, Outcome, VisitOf } from './behaviour.js';
import { nextOfficeTimeOf, readOfficeHours } from './read-office-hours.js';

type WaitVisit = VisitOf<'wait'>;

function wakeAt(turn: Turn, visit: WaitVisit): number {
  const { duration, until, officeHours } = visit.node.data;
  if (duration) return turn.state.clock + (parseDuration(duration) ?? 0);
  if (officeHours && until === undefined) return turn.state.clock;
  const text = renderText(until ?? '', scopeOf(turn, visit)).trim();
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

const sleep = ({ node, visit, enteredAt }: WaitVisit, until: number, isFixed: boolean): Outcome => {
  const at = { nodeId: node.id, visit, enteredAt };
  return { suspend: { kind: 'sleep', ...at, until, ...(isFixed && { isFixed: true }) } };
};

const onceAwake = (turn: Turn, visit: WaitVisit): Outcome =>
  visit.node.data.officeHours ? readOfficeHours(turn, visit) : { leave: 'out' };

/** Sleeps for a duration, or until an instant; and then until office hours, if it is to. */
export const wait: Behaviour<'wait', SleepSuspension | CallSuspension> = {
  enter(turn, visit) {
    const { data } = visit.node;
    const until = wakeAt(turn, visit);
    if (until <= turn.state.clock) return onceAwake(turn, visit);
    return sleep(visit, until, !data.duration);
  },
  resume(turn, visit, { kind }, input) {
    if (turn.state.clock - visit.enteredAt >= 1000) turn.progress();
    if (kind === 'sleep') return onceAwake(turn, visit);
    const until = nextOfficeTimeOf(turn, input);
    if (until === null) {
      const message = 'The office hours of the workspace have no open time for more than a year.';
      throw new NodeFault('wait_invalid', message);
    }
    return until > turn.state.clock ? sleep(visit, until, true) : { leave: 'out' };
  },
};
