import { asText, renderText } from '@crmflow/expressions';
import { storable } from '@crmflow/contracts';
import { scopeOf } from '../scope.js';
import type { CallSuspension } from '../state.js';
import { finishGenerate, suspendForGenerate } from './generate.js';
import type { Behaviour } from './outcome.js';

/**
 * Asks the model; the answer becomes a message, a variable, or both. An answer by a schema is a
 * value: saved as such, and said as a template would show it (texts plain, the rest as JSON).
 */
export const ai: Behaviour<'ai', CallSuspension> = {
  enter(turn, visit) {
    const { data } = visit.node;
    const scope = scopeOf(turn);
    return suspendForGenerate(turn, visit, {
      purpose: 'ai',
      prompt: storable(renderText(data.prompt, scope)),
      ...(data.system && { system: storable(renderText(data.system, scope)) }),
      ...(data.model && { model: data.model }),
      ...(data.temperature !== undefined && { temperature: data.temperature }),
      usePersonality: data.usePersonality,
      ...(data.useKnowledge && {
        knowledge: data.knowledge?.length ? { itemIds: data.knowledge } : {},
      }),
      ...(data.schema && { schema: data.schema }),
      // Half a value is of no use to anyone.
      stream: data.output !== 'variable' && !data.schema,
    });
  },
  resume(turn, visit, _suspension, input) {
    const { data, id } = visit.node;
    const { text, value = text } = finishGenerate(turn, visit, input);
    if (data.saveAs) turn.assign(data.saveAs, value, visit);
    if (data.output !== 'variable') turn.say('ai', `${id}:${visit.visit}:1`, asText(value), visit);
    return { leave: 'out' };
  },
};
