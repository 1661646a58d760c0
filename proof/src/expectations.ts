import type { MessageRole, TestStep } from '@crmflow/contracts';
import { evaluateCondition, FlowFault, matchesAnywhere } from '@crmflow/expressions';
import type { Play } from './play.js';
import { scopeAt } from './scope-at.js';

/** A message of the conversation, with its instant in epoch milliseconds. */
export type Said = { role: MessageRole; text: string; at: number };

type Expected = Extract<TestStep, { expect: unknown }>['expect'];
type Unmet = { expected: string; got: string };

const quoted = (text: string) => `“${text.length > 300 ? `${text.slice(0, 300)}…` : text}”`;

function saidSince(said: readonly Said[], fresh: number): string[] {
  return said.slice(fresh).flatMap(({ role, text }) => (role === 'user' ? [] : [text]));
}

/** What an `expect` wants, and did not find. */
export function* unmet(
  { text, contains, matches, cel }: Expected,
  { play, said, fresh }: { play: Play; said: readonly Said[]; fresh: number },
): Generator<Unmet> {
  const texts = saidSince(said, fresh);
  const got = texts.length > 0 ? texts.map(quoted).join(', ') : 'nothing was said';
  if (text !== undefined && !texts.includes(text)) yield { expected: quoted(text), got };
  if (contains !== undefined && !texts.some((one) => one.includes(contains))) {
    yield { expected: `a message with ${quoted(contains)}`, got };
  }
  if (matches !== undefined && !texts.some(matchesAnywhere(matches))) {
    yield { expected: `a message that matches ${matches}`, got };
  }
  if (cel === undefined) return;
  const failed = conditionFault(cel, play);
  if (failed !== undefined) yield { expected: cel, got: failed };
}

/** What became of a condition; undefined where it is true. */
function conditionFault(cel: string, { program, state }: Play): string | undefined {
  try {
    return evaluateCondition(cel, scopeAt(program, state)) ? undefined : 'false';
  } catch (error) {
    if (error instanceof FlowFault) return error.message;
    throw error;
  }
}
