import { type QuotedPassage, type SearchKnowledgeResult, storable } from '@crmflow/contracts';
import { renderText } from '@crmflow/expressions';
import { asNodeFault } from '../../node-fault.js';
import { scopeOf } from '../../scope.js';
import type { AiTurnState, Fault, Input } from '../../state.js';
import type { Turn } from '../../turn.js';
import { callKey, suspendForCall } from '../call.js';
import type { Outcome, VisitOf } from '../behaviour.js';
import { withSources } from './turn-state.js';

type Visit = VisitOf<'ai'>;

/** What an ai node says where the model did not answer. */
export type Fallback = { talk: AiTurnState; text: string };

const noUsage = { inputTokens: 0, outputTokens: 0 };

function emitFallback(
  turn: Turn,
  visit: Visit,
  talk: AiTurnState,
  { text, kind, code }: { text: string; kind: 'text' | 'passage'; code: string },
): Fallback {
  const { sources } = talk;
  const found = sources.length > 0 && { sources };
  const { failed: _, ...rest } = talk;
  turn.emit('ai.completed', { text, usage: noUsage, ...found, fallback: { kind, code } }, visit);
  return { talk: { ...rest, todo: [] }, text };
}

/** @throws NodeFault where there is no text to fall back to */
function textOf(turn: Turn, visit: Visit, talk: AiTurnState, fault: Fault): Fallback {
  const template = visit.node.data.fallback?.text ?? '';
  const text = storable(renderText(template, scopeOf(turn, visit)));
  if (text.trim() === '') throw asNodeFault(fault);
  return emitFallback(turn, visit, talk, { text, kind: 'text', code: fault.code });
}

/**
 * The fallback for an answer that failed: a text to say, or the call that looks one up.
 * @throws NodeFault with the failure where the node has no fallback
 */
export function fallbackFor(
  turn: Turn,
  visit: Visit,
  talk: AiTurnState,
  fault: Fault,
): Fallback | { outcome: Outcome } {
  const { fallback, knowledge, prompt, converse } = visit.node.data;
  if (fallback?.kind === 'text') return textOf(turn, visit, talk, fault);
  if (fallback?.kind !== 'passage') throw asNodeFault(fault);
  const calls = talk.calls + 1;
  const asked = storable(renderText(converse ? converse.goal : prompt, scopeOf(turn, visit)));
  const input = {
    ...callKey(turn, visit, calls),
    queries: [asked],
    ...(talk.upToSeq !== undefined && { upToSeq: talk.upToSeq }),
    ...(knowledge?.length && { itemIds: knowledge }),
  };
  const call = { activity: 'searchKnowledge', input } as const;
  return { outcome: suspendForCall(visit, call, { ...talk, calls, failed: fault }) };
}

const sourceOf = ({ name, page }: QuotedPassage) =>
  page === undefined ? name : `${name}, ${page}`;

/**
 * The best passage, or the fallback text where none was found.
 * @throws NodeFault with why the model did not answer, where there is no text either
 */
export function passageFallback(
  turn: Turn,
  visit: Visit,
  talk: AiTurnState,
  input: Input,
): Fallback {
  const fault = talk.failed;
  if (!fault) throw new Error('a passage was looked up without a failed answer');
  const found =
    input.kind === 'outcome' && input.outcome.ok
      ? (input.outcome.value as SearchKnowledgeResult)
      : undefined;
  const [best] = found?.passages ?? [];
  if (!best) return textOf(turn, visit, talk, fault);
  const sources = withSources([], found?.sources.slice(0, 1) ?? []);
  const text = storable(`“${best.text}” (${sourceOf(best)})`);
  return emitFallback(
    turn,
    visit,
    { ...talk, sources },
    { text, kind: 'passage', code: fault.code },
  );
}
