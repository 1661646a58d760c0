import type { Access } from '../access/authorize.js';
import {
  type AiProvider,
  answerValue,
  AiError,
  quotePassages,
  systemOf,
} from '@crmflow/activities/ai';
import type { FoundPassage, Generate, Generated } from '@crmflow/contracts';
import { retrieve } from '@crmflow/db';
import type { Deps } from '../deps.js';

/** What asking the model needs. */
export type GenerateDeps = Pick<Deps, 'ai' | 'db' | 'pool' | 'embed'>;

/** What passages may have together, in tokens, and how many there are. */
const knowledgeTokens = 4_000;
const mostPassages = 8;

type Question = Parameters<AiProvider['stream']>[0];

async function passagesFor(
  { pool, embed }: GenerateDeps,
  workspaceId: string,
  { useKnowledge, knowledge, prompt }: Generate,
  signal: AbortSignal,
): Promise<FoundPassage[]> {
  if (!useKnowledge) return [];
  const { passages } = await retrieve(
    { pool, embed },
    {
      ...{
        workspaceId,
        signal,
        queries: [prompt],
        limit: mostPassages,
        maxTokens: knowledgeTokens,
      },
      ...(knowledge && { itemIds: knowledge }),
    },
  );
  return passages;
}

async function personalityOf({ db }: GenerateDeps, id: string): Promise<string> {
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
  const passages = await passagesFor(deps, workspaceId, asked, signal);
  const personality = asked.usePersonality ? await personalityOf(deps, principal.userId) : '';
  const question = questionOf(workspaceId, asked, { passages, personality });
  let text = '';
  let end: Pick<Generated, 'usage' | 'model' | 'finishReason'> | undefined;
  for await (const piece of deps.ai.stream(question, signal)) {
    if ('text' in piece) {
      text += piece.text;
      onText(piece.text);
    } else {
      end = piece;
    }
  }
  if (!end || text.trim() === '') {
    throw new AiError('ai_empty', 'The model returned no text. Try again.');
  }
  const value = asked.schema && { value: answerValue(asked.schema, text, end) };
  const { usage, model, finishReason } = end;
  return { text, ...value, usage, model, finishReason, passages };
}
