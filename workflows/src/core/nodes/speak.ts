import { renderText } from '@crmflow/expressions';
import { storable } from '@crmflow/contracts';
import { scopeOf } from '../scope.js';
import type { CallSuspension } from '../state.js';
import type { Behaviour } from './outcome.js';
import { finishGenerate, suspendForGenerate } from './generate.js';

/** Says a text: verbatim, or as the model would put it. */
export const speak: Behaviour<'speak', CallSuspension> = {
  enter(turn, visit) {
    const { data, id } = visit.node;
    const text = storable(renderText(data.text, scopeOf(turn)));
    if (data.mode === 'ai') {
      return suspendForGenerate(turn, visit, {
        purpose: 'speak',
        prompt: text,
        usePersonality: true,
        stream: true,
      });
    }
    turn.say('system', `${id}:${visit.visit}:1`, text, visit);
    return { leave: 'out' };
  },
  resume(turn, visit, _suspension, input) {
    const { text } = finishGenerate(turn, visit, input);
    turn.say('ai', `${visit.node.id}:${visit.visit}:1`, text, visit);
    return { leave: 'out' };
  },
};
