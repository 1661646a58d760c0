import type { Json, JsonObject, Usage } from '@crmflow/contracts';
import { AiError } from './ai-error.js';
import { errorOfStatus, type GoogleDetail } from './gemini-error.js';
import type { AskedCall } from './provider.js';

/** A part of a turn; whatever else it has, such as a signature, goes back as it came. */
export type GeminiPart = {
  text?: string;
  thought?: boolean;
  functionCall?: { name?: string; args?: JsonObject };
  [other: string]: unknown;
};

/** One event of the stream, as the API sends it; all of it may be missing. */
export type GeminiEvent = {
  candidates?: {
    content?: { parts?: GeminiPart[] };
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
    `Gemini blocked ${what} (${because}). Change the prompt, or connect the error handle.`,
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
  if (blocked.has(reason)) throw blockedError('its response', reason, candidate.finishMessage);
  throw new AiError(
    'ai_interrupted',
    `Gemini stopped before its response was complete (${reason}).`,
  );
}

/** What is known of an answer once its stream has ended. */
export type Answer = {
  usage: Usage;
  model: string | undefined;
  /** Why it ended, in Gemini's word; undefined where its stream broke off. */
  finishReason: string | undefined;
  /** Its parts but for the model's thoughts. */
  parts: GeminiPart[];
};

/** The functions that the parts of an answer want called, in order. */
export function callsIn(parts: readonly GeminiPart[]): AskedCall[] {
  return parts.flatMap(({ functionCall }) =>
    functionCall ? [{ name: functionCall.name ?? '', args: functionCall.args ?? {} }] : [],
  );
}

const isPlain = (part: GeminiPart | undefined) =>
  part !== undefined && Object.keys(part).join() === 'text';

/** Pieces of text that have nothing else to them are one part. */
function gather(parts: readonly GeminiPart[], more: readonly GeminiPart[]): GeminiPart[] {
  const all = [...parts];
  for (const part of more) {
    const last = all.at(-1);
    if (part.thought || (isPlain(part) && part.text === '')) continue;
    if (last && isPlain(last) && isPlain(part)) {
      all[all.length - 1] = { text: `${last.text}${part.text}` };
    } else all.push(part);
  }
  return all;
}

/** Parts as a turn of the model that is sent back. */
export function turnOf(parts: readonly GeminiPart[]): Json {
  return { role: 'model', parts: parts as unknown as Json[] };
}

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
    finishReason: undefined,
    parts: [],
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
      if (candidate?.finishReason) answer.finishReason = candidate.finishReason;
      const parts = candidate?.content?.parts ?? [];
      answer.parts = gather(answer.parts, parts);
      return parts.map((part) => (part.thought ? '' : (part.text ?? ''))).join('');
    },
    end: () => answer,
  };
}
