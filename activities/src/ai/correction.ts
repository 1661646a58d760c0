import type { AiRequest } from './provider.js';

/** Of an answer that has to be put right; what is longer was no near miss. */
const maxAnswer = 20_000;

/** What a model is shown of its answer that does not fit, and what it is asked to do about it. */
export function correctionOf({ answer, fault }: NonNullable<AiRequest['correction']>) {
  return {
    answer: answer.slice(0, maxAnswer),
    request: `That does not match the schema: ${fault}. Answer again with the whole JSON and nothing else.`,
  };
}
