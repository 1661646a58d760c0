import { parseDuration, storable } from '@crmflow/contracts';
import { renderText } from '@crmflow/expressions';
import { scopeOf } from '../scope.js';
import type { HandoffSuspension } from '../state.js';
import { withHeard } from '../heard.js';
import type { Behaviour } from './behaviour.js';

/** Asks for a person, and waits until one has handed the conversation back, or nobody came in time. */
export const handoff: Behaviour<'handoff', HandoffSuspension> = {
  enter(turn, visit) {
    const { data, id } = visit.node;
    const scope = scopeOf(turn);
    const note = storable(renderText(data.note, scope));
    const message = data.message ? storable(renderText(data.message, scope)) : '';
    if (message.trim() !== '') turn.say('system', `${id}:${visit.visit}:1`, message, visit);
    const ms = parseDuration(data.timeout);
    const deadline = ms === null ? undefined : turn.state.clock + ms;
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
  },
  resume(turn, visit, suspension, input) {
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
