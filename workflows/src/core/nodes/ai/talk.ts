import type { KnowledgeSource } from '@crmflow/contracts';
import type { CallSuspension, Talk } from '../../state.js';
import type { Turn } from '../../turn.js';
import type { VisitOf } from '../outcome.js';

/** Where every visit to an ai node begins. */
export const newTalk: Talk = {
  calls: 0,
  said: 0,
  replies: 0,
  exchanges: [],
  todo: [],
  sources: [],
};

/** How far a visit is whose call has ended. */
export function talkOf({ talk }: CallSuspension): Talk {
  return talk ?? { ...newTalk, calls: 1 };
}

/** Says a text of the model. */
export function sayNext(turn: Turn, visit: VisitOf<'ai'>, talk: Talk, text: string): Talk {
  const said = talk.said + 1;
  turn.say('ai', `${visit.node.id}:${visit.visit}:${said}`, text, visit);
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
