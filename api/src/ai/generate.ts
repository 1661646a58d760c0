import type { Access } from '../access/authorize.js';
import {
  type AiProvider,
  answerValue,
  AiError,
  quotePassages,
  systemOf,
} from '@crmflow/activities/ai';
import { type FoundPassage, type Generate, type Generated, limits } from '@crmflow/contracts';
import { retrieve, type RetrieveRequest } from '@crmflow/db';
import type { Deps } from '../deps.js';

/** What asking the model needs. */
export type GenerateDeps = Pick<Deps, 'ai' | 'db' | 'pool' | 'embed'>;

/** What passages may have together, in tokens, and how many there are. */
const knowledgeTokens = 4_000;
const mostPassages = 8;

type Question = Parameters<AiProvider['stream']>[0];

/** The passages that one question is answered from, the best first. */
export async function passagesFor(
  { pool, embed }: Pick<GenerateDeps, 'pool' | 'embed'>,
  { queries, ...asked }: Pick<RetrieveRequest, 'workspaceId' | 'queries' | 'context' | 'itemIds'>,
  signal: AbortSignal,
): Promise<FoundPassage[]> {
  const cut = queries.map((query) => query.slice(0, limits.knowledgeQueryLength));
  const bounds = { limit: mostPassages, maxTokens: knowledgeTokens };
  return (await retrieve({ pool, embed }, { ...asked, ...bounds, queries: cut, signal })).passages;
}

/** How somebody wants a model to sound. */
export async function personalityOf({ db }: Pick<GenerateDeps, 'db'>, id: string): Promise<string> {
  const user = await db.user.findUnique({ where: { id }, select: { personality: true } });
  return user?.personality ?? '';
}

function questionOf(
  workspaceId: string,
  { prompt, system, model, temperature, schema, useKnowledge }: Generate,
  { passages, personality }: { passages: readonly FoundPassage[]; personality: string },
): Question {
  const knowledge = quotePassages(passages);
  const instructed = { purpose: 'ai', prompt, ...(system !== undefined && { system }) } as const;
  const whole = systemOf({ ...instructed, ...(useKnowledge && { knowledge: {} }) }, personality);
  return {
    ...{ keyOwner: { workspaceId }, lines: [], prompt },
    ...(whole !== '' && { system: whole }),
    ...(knowledge !== '' && { knowledge }),
    ...(model !== undefined && { model }),
    ...(temperature !== undefined && { temperature }),
    ...(schema && { schema }),
  };
}

/** What a model has answered, and how it ended. */
type Answered = Pick<Generated, 'text' | 'usage' | 'model' | 'finishReason'>;

/**
 * Asks the model once, and waits for all of it.
 * @param onText takes the answer piece by piece as it comes
 * @throws AiError; CallError of keys
 */
export async function askModel(
  ai: Pick<AiProvider, 'stream'>,
  question: Question,
  { signal, onText }: { signal: AbortSignal; onText?: (text: string) => void },
): Promise<Answered> {
  let text = '';
  let end: Omit<Answered, 'text'> | undefined;
  for await (const piece of ai.stream(question, signal)) {
    if ('text' in piece) {
      text += piece.text;
      onText?.(piece.text);
    } else {
      end = piece;
    }
  }
  if (!end || text.trim() === '') {
    throw new AiError('ai_empty', 'The model returned no text. Try again.');
  }
  const { usage, model, finishReason } = end;
  return { text, usage, model, finishReason };
}

/**
 * Asks the model once, by the key of the workspace.
 * @param onText takes the answer piece by piece as it comes
 * @throws AiError; CallError of keys
 */
export async function generate(
  deps: GenerateDeps,
  { workspaceId, principal }: Access,
  asked: Generate,
  { signal, onText }: { signal: AbortSignal; onText: (text: string) => void },
): Promise<Generated> {
  const { useKnowledge, knowledge, prompt, schema } = asked;
  const searched = { workspaceId, queries: [prompt], ...(knowledge && { itemIds: knowledge }) };
  const passages = useKnowledge ? await passagesFor(deps, searched, signal) : [];
  const personality = asked.usePersonality ? await personalityOf(deps, principal.userId) : '';
  const question = questionOf(workspaceId, asked, { passages, personality });
  const answered = await askModel(deps.ai, question, { signal, onText });
  const value = schema && { value: answerValue(schema, answered.text, answered) };
  return { ...answered, ...value, passages };
}
