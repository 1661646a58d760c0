import type { JsonObject, MessageRole, Usage } from '@crmflow/contracts';

/** One message of the conversation so far. */
export type Line = { role: MessageRole; text: string };

/** What a model is asked. */
export type AiRequest = {
  /** The run that asks: it decides whose key is used. */
  runId: string;
  /** The conversation so far, oldest first. */
  lines: readonly Line[];
  /** What it shall answer now: the last turn of the user. */
  prompt: string;
  system?: string;
  /** The provider's default where it is missing. */
  model?: string;
  temperature?: number;
  /** JSON Schema of the answer, within what `answerSchemaFaults` lets through. */
  schema?: JsonObject;
};

/** A piece of a streamed answer: text, and once at the very end what it cost. */
export type AiPiece = { text: string } | { usage: Usage; model: string };

/** A maker of models. */
export type AiProvider = {
  /**
   * Streams one answer. It ends with exactly one piece of usage, or throws.
   * @param signal ends the stream at once; its reason is thrown
   * @throws AiError
   */
  stream(request: AiRequest, signal: AbortSignal): AsyncIterable<AiPiece>;
};
