import { parseDuration, storable } from '@crmflow/contracts';
import { renderText } from '@crmflow/expressions';
import { scopeOf } from '../scope.js';
import type { CallSuspension, HandoffSuspension } from '../state.js';
import type { Turn } from '../turn.js';
import { withHeard } from '../heard.js';
import type { Behaviour, Outcome, VisitOf } from './behaviour.js';
import { nextOfficeTimeOf, readOfficeHours } from './read-office-hours.js';

type HandoffVisit = VisitOf<'handoff'>;

function tell(turn: Turn, visit: HandoffVisit, template: string | undefined): void {
  const message = template ? storable(renderText(template, scopeOf(turn, visit))) : '';
  const id = `${visit.node.id}:${visit.visit}:1`;
  if (message.trim() !== '') turn.say('system', id, message, visit);
}

/** Waits for a person. @param from when the time limit begins, in epoch milliseconds */
function ask(turn: Turn, visit: HandoffVisit, message: string | undefined, from: number): Outcome {
  const { data, id } = visit.node;
  const note = storable(renderText(data.note, scopeOf(turn, visit)));
  tell(turn, visit, message);
  const ms = parseDuration(data.timeout);
  const deadline = ms === null ? undefined : from + ms;
  turn.emit(
    'handoff.requested',
    {
      ...(data.team && { team: data.team }),
      note,
      ...(deadline !== undefined && { deadline: new Date(deadline).toISOString() }),
    },
    visit,
  );
  return {
    suspend: {
      kind: 'handoff',
      ...{ nodeId: id, visit: visit.visit, enteredAt: visit.enteredAt },
      ...(deadline !== undefined && { deadline }),
      heard: [],
    },
  };
}

/** Asks for a person, and waits until one has handed the conversation back, or nobody came in time. */
export const handoff: Behaviour<'handoff', HandoffSuspension | CallSuspension> = {
  enter(turn, visit) {
    const { outside, message } = visit.node.data;
    if (outside !== undefined) return readOfficeHours(turn, visit);
    return ask(turn, visit, message, turn.state.clock);
  },
  resume(turn, visit, suspension, input) {
    if (suspension.kind === 'call') {
      const { outside, message, outsideMessage } = visit.node.data;
      const from = nextOfficeTimeOf(turn, input);
      if (from === turn.state.clock) return ask(turn, visit, message, from);
      if (outside === 'wait' && from !== null) {
        return ask(turn, visit, outsideMessage || message, from);
      }
      tell(turn, visit, outsideMessage);
      return { leave: 'timeout' };
    }
    turn.progress();
    if (input.kind === 'reply') {
      turn.hear(input, visit);
      return { suspend: { ...suspension, heard: withHeard(suspension.heard, input.messages) } };
    }
    if (input.kind === 'handBack') return { leave: 'out' };
    const id = `${visit.node.id}:${visit.visit}`;
    turn.emit('control.changed', { id, by: 'flow', how: 'timeout' }, visit);
    return { leave: 'timeout' };
  },
};
