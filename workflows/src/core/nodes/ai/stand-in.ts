import {
  type QuotedPassage,
  type RunError,
  type SearchKnowledgeResult,
  storable,
} from '@crmflow/contracts';
import { renderText } from '@crmflow/expressions';
import { NodeFault } from '../../node-fault.js';
import { scopeOf } from '../../scope.js';
import type { Input, Talk } from '../../state.js';
import type { Turn } from '../../turn.js';
import { suspendForCall } from '../call.js';
import { callKey } from '../call-key.js';
import type { Outcome, VisitOf } from '../outcome.js';
import { withSources } from './talk.js';

type Visit = VisitOf<'ai'>;
type Fault = Omit<RunError, 'nodeId'>;

/** What is said where the model did not answer. */
export type StandIn = { talk: Talk; text: string };

const noUsage = { inputTokens: 0, outputTokens: 0 };

function tell(
  turn: Turn,
  visit: Visit,
  talk: Talk,
  { text, kind, code }: { text: string; kind: 'text' | 'passage'; code: string },
): StandIn {
  const { sources } = talk;
  const found = sources.length > 0 && { sources };
  const { failed: _, ...rest } = talk;
  turn.emit('ai.completed', { text, usage: noUsage, ...found, fallback: { kind, code } }, visit);
  return { talk: { ...rest, todo: [] }, text };
}

/** @throws NodeFault where the author wants none, or has written nothing */
function textOf(turn: Turn, visit: Visit, talk: Talk, fault: Fault): StandIn {
  const template = visit.node.data.fallback?.text ?? '';
  const text = storable(renderText(template, scopeOf(turn)));
  if (text.trim() === '') throw new NodeFault(fault.code, fault.message);
  return tell(turn, visit, talk, { text, kind: 'text', code: fault.code });
}

/**
 * What the author wants instead of an answer that failed: something to say, or a call that finds
 * it.
 * @throws NodeFault with the failure where that is to leave by the error handle
 */
export function standIn(
  turn: Turn,
  visit: Visit,
  talk: Talk,
  fault: Fault,
): StandIn | { outcome: Outcome } {
  const { fallback, knowledge, prompt, converse } = visit.node.data;
  if (fallback?.kind === 'text') return textOf(turn, visit, talk, fault);
  if (fallback?.kind !== 'passage') throw new NodeFault(fault.code, fault.message);
  const calls = talk.calls + 1;
  const said = turn.state.transcript.findLast(({ role }) => role === 'user')?.text ?? '';
  const asked = storable(renderText(converse ? converse.goal : prompt, scopeOf(turn)));
  const input = {
    ...callKey(turn, visit, calls),
    queries: [said, asked],
    ...(knowledge?.length && { itemIds: knowledge }),
  };
  const call = { activity: 'searchKnowledge', input } as const;
  return { outcome: suspendForCall(visit, call, { ...talk, calls, failed: fault }) };
}

const sourceOf = ({ name, page }: QuotedPassage) =>
  page === undefined ? name : `${name}, ${page}`;

/**
 * The best passage, or the text where there is none.
 * @throws NodeFault with why the model did not answer, where there is no text either
 */
export function passageOf(turn: Turn, visit: Visit, talk: Talk, input: Input): StandIn {
  const fault = talk.failed;
  if (!fault) throw new Error('a passage was looked up that stands in for nothing');
  const found =
    input.kind === 'outcome' && input.outcome.ok
      ? (input.outcome.value as SearchKnowledgeResult)
      : undefined;
  const [best] = found?.passages ?? [];
  if (!best) return textOf(turn, visit, talk, fault);
  const sources = withSources([], found?.sources.slice(0, 1) ?? []);
  const text = storable(`“${best.text}” (${sourceOf(best)})`);
  return tell(turn, visit, { ...talk, sources }, { text, kind: 'passage', code: fault.code });
}
