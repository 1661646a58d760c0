import { renderText } from '@crmflow/expressions';
import { type GenerateResult, storable } from '@crmflow/contracts';
import { scopeOf } from '../scope.js';
import type { CallSuspension } from '../state.js';
import { callKey, patienceOf, situationOf, suspendForCall, valueOf } from './call.js';
import type { Behaviour } from './behaviour.js';

/** Says a text: verbatim, or as the model would put it. */
export const speak: Behaviour<'speak', CallSuspension> = {
  enter(turn, visit) {
    const { data, id } = visit.node;
    const text = storable(renderText(data.text, scopeOf(turn, visit)));
    if (data.mode === 'ai') {
      turn.emit('ai.started', {}, visit);
      const input = {
        ...callKey(turn, visit),
        ...patienceOf(data),
        ...({ purpose: 'speak', prompt: text, usePersonality: true, stream: true } as const),
        ...situationOf(turn),
        upToSeq: turn.state.seq,
      };
      return suspendForCall(visit, { activity: 'generate', input });
    }
    turn.say('system', `${id}:${visit.visit}:1`, text, visit);
    return { leave: 'out' };
  },
  resume(turn, visit, _suspension, input) {
    if (input.kind === 'outcome' && !input.outcome.ok) {
      const { code, customerText } = input.outcome.error;
      // It has no handle for errors: with this said in its place, the conversation goes on.
      if (customerText !== undefined) {
        const instead = turn.textInstead(code, customerText, visit);
        if (instead !== '') turn.say('ai', `${visit.node.id}:${visit.visit}:1`, instead, visit);
        return { leave: 'out' };
      }
    }
    const { text, usage, finishReason } = valueOf(input) as GenerateResult;
    turn.emit(
      'ai.completed',
      { text, usage, ...(finishReason !== undefined && { finishReason }) },
      visit,
    );
    turn.say('ai', `${visit.node.id}:${visit.visit}:1`, text, visit, finishReason);
    return { leave: 'out' };
  },
};
