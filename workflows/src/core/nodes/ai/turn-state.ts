import type { KnowledgeSource } from '@crmflow/contracts';
import type { CallSuspension, AiTurnState } from '../../state.js';
import type { Turn } from '../../turn.js';
import type { VisitOf } from '../behaviour.js';

/** The progress of a visit to an ai node at its start. */
export const newTurnState: AiTurnState = {
  calls: 0,
  said: 0,
  replies: 0,
  exchanges: [],
  todo: [],
  sources: [],
};

/** The progress of a visit whose call has ended. */
export function turnStateOf({ talk }: CallSuspension): AiTurnState {
  return talk ?? { ...newTurnState, calls: 1 };
}

/** Says a text of the model. */
export function sayNext(
  turn: Turn,
  visit: VisitOf<'ai'>,
  talk: AiTurnState,
  text: string,
  finishReason?: string,
): AiTurnState {
  const said = talk.said + 1;
  turn.say('ai', `${visit.node.id}:${visit.visit}:${said}`, text, visit, finishReason);
  return { ...talk, said };
}

/** Adds sources, each once. */
export function withSources(
  known: readonly KnowledgeSource[],
  more: readonly KnowledgeSource[],
): KnowledgeSource[] {
  const all = [...known, ...more].map((one) => [JSON.stringify(one), one] as const);
  return [...new Map(all).values()];
}
