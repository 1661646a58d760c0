import type { Usage } from '@crmflow/contracts';
import { AiError } from './ai-error.js';
import { errorOfStatus, type GoogleDetail } from './gemini-status.js';

/** One event of the stream, as the API sends it; all of it may be missing. */
export type GeminiEvent = {
  candidates?: {
    content?: { parts?: { text?: string; thought?: boolean }[] };
    finishReason?: string;
    finishMessage?: string;
  }[];
  promptFeedback?: { blockReason?: string; blockReasonMessage?: string };
  usageMetadata?: {
    promptTokenCount?: number;
    candidatesTokenCount?: number;
    thoughtsTokenCount?: number;
  };
  modelVersion?: string;
  error?: { code?: number; message?: string; details?: GoogleDetail[] };
};

const complete = new Set(['STOP', 'MAX_TOKENS']);
const blocked = new Set([
  'SAFETY',
  'RECITATION',
  'LANGUAGE',
  'BLOCKLIST',
  'PROHIBITED_CONTENT',
  'SPII',
  'IMAGE_SAFETY',
]);

function blockedError(what: string, reason: string, more: string | undefined): AiError {
  const because = more ? `${reason}: ${more}` : reason;
  return new AiError(
    'ai_blocked',
    `Gemini blocked ${what} (${because}). Change the prompt, or catch it by the error handle.`,
  );
}

function check(event: GeminiEvent): void {
  if (event.error) {
    const { code = 500, message = 'an error inside the stream', details = [] } = event.error;
    throw errorOfStatus(code, message, details);
  }
  const feedback = event.promptFeedback;
  if (feedback?.blockReason) {
    throw blockedError('the prompt', feedback.blockReason, feedback.blockReasonMessage);
  }
  const candidate = event.candidates?.[0];
  const reason = candidate?.finishReason;
  if (!reason || complete.has(reason)) return;
  if (blocked.has(reason)) throw blockedError('its answer', reason, candidate.finishMessage);
  throw new AiError('ai_interrupted', `Gemini stopped in the middle of its answer (${reason}).`);
}

/** What is known of an answer once its stream has ended. */
export type Answer = { usage: Usage; model: string | undefined; finished: boolean };

/** Reads an answer event by event. */
export type AnswerReader = {
  /**
   * @returns the event's text without the model's thoughts, often ''
   * @throws AiError for errors and blocks inside the stream
   */
  read(event: GeminiEvent): string;
  end(): Answer;
};

/** Starts reading an answer. */
export function createAnswerReader(): AnswerReader {
  const answer: Answer = {
    usage: { inputTokens: 0, outputTokens: 0 },
    model: undefined,
    finished: false,
  };
  return {
    read(event) {
      check(event);
      const { usageMetadata: used, modelVersion } = event;
      if (used) {
        answer.usage = {
          inputTokens: used.promptTokenCount ?? 0,
          outputTokens: (used.candidatesTokenCount ?? 0) + (used.thoughtsTokenCount ?? 0),
        };
      }
      if (modelVersion !== undefined) answer.model = modelVersion;
      const candidate = event.candidates?.[0];
      if (candidate?.finishReason) answer.finished = true;
      const parts = candidate?.content?.parts ?? [];
      return parts.map((part) => (part.thought ? '' : (part.text ?? ''))).join('');
    },
    end: () => answer,
  };
}
