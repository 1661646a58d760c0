import type { GenerateResult } from '@crmflow/contracts';
import { asText } from '@crmflow/expressions';
import type { CallSuspension, Input, ReplySuspension, AiTurnState } from '../../state.js';
import type { Turn } from '../../turn.js';
import { valueOf } from '../call.js';
import type { Behaviour, Outcome, VisitOf } from '../behaviour.js';
import { ask } from './ask.js';
import { anyReply, askAnew, onReply, waitForReply } from './converse.js';
import { passageFallback, fallbackFor } from './fallback.js';
import { newTurnState, sayNext, turnStateOf, withSources } from './turn-state.js';
import { runCalls, finishLast, onToolResult } from './tools.js';

type Visit = VisitOf<'ai'>;

/** The answer is there: it is said, kept, or both; a conversation goes on. */
function answered(
  turn: Turn,
  visit: Visit,
  talk: AiTurnState,
  { text, value = text, finishReason }: Pick<GenerateResult, 'text' | 'value' | 'finishReason'>,
): Outcome {
  const { data } = visit.node;
  if (data.converse)
    return waitForReply(turn, visit, sayNext(turn, visit, talk, text, finishReason));
  if (data.saveAs) turn.assign(data.saveAs, value, visit);
  if (data.output !== 'variable') sayNext(turn, visit, talk, asText(value), finishReason);
  return { leave: 'out' };
}

/** The model wants something called before it goes on; what it said on the way is said. */
function called(
  turn: Turn,
  visit: Visit,
  talk: AiTurnState,
  { text, calls = [], turn: own = null }: GenerateResult,
) {
  const { converse, output } = visit.node.data;
  const isSaid = text.trim() !== '' && (converse !== undefined || output !== 'variable');
  const said = isSaid ? sayNext(turn, visit, talk, text) : talk;
  const exchanges = [...said.exchanges, { turn: own, results: [] }];
  return runCalls(turn, visit, { ...said, exchanges, todo: finishLast(calls) });
}

function onAnswer(turn: Turn, visit: Visit, talk: AiTurnState, input: Input): Outcome {
  const { data } = visit.node;
  if (input.kind === 'outcome' && !input.outcome.ok) {
    const { error } = input.outcome;
    if (data.converse && !data.fallback && error.customerText !== undefined) {
      const text = turn.textInstead(error.code, error.customerText, visit);
      return waitForReply(turn, visit, text === '' ? talk : sayNext(turn, visit, talk, text));
    }
    const instead = fallbackFor(turn, visit, talk, error);
    return 'outcome' in instead ? instead.outcome : answered(turn, visit, instead.talk, instead);
  }
  const result = valueOf(input) as GenerateResult;
  const { text, usage, calls, finishReason } = result;
  const sources = withSources(talk.sources, result.sources ?? []);
  const hasSources = result.sources !== undefined || talk.sources.length > 0;
  turn.emit(
    'ai.completed',
    {
      ...{ text, usage },
      ...(finishReason !== undefined && { finishReason }),
      ...(hasSources && { sources }),
      ...(calls && { calls: calls.map(({ name, args }) => ({ name, args })) }),
    },
    visit,
  );
  if (calls) return called(turn, visit, talk, result);
  return answered(turn, visit, talk, result);
}

/**
 * Asks the model; the answer becomes a message, a variable, or both. An answer by a schema is a
 * value: saved as such, and said as a template would show it (texts plain, the rest as JSON).
 * On the way the model may call tools, and where the node converses it reads replies until the
 * model says that the goal is met.
 */
export const ai: Behaviour<'ai', CallSuspension | ReplySuspension> = {
  enter: (turn, visit) => ask(turn, visit, newTurnState),
  expects: ({ converse }) => (converse ? anyReply : undefined),
  askAgain: (turn, visit, { talk }) => askAnew(turn, visit, talk),
  resume(turn, visit, suspension, input) {
    if (suspension.kind === 'reply') return onReply(turn, visit, suspension, input);
    const talk = turnStateOf(suspension);
    if (suspension.call.activity === 'generate') return onAnswer(turn, visit, talk, input);
    if (!talk.failed) return onToolResult(turn, visit, suspension, input);
    const instead = passageFallback(turn, visit, talk, input);
    return answered(turn, visit, instead.talk, instead);
  },
};
