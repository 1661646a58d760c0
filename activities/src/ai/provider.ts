import type {
  AiModel,
  Exchange,
  Json,
  JsonObject,
  MessageRole,
  ModelFunction,
  Usage,
} from '@crmflow/contracts';
import type { Embedded, EmbedTask } from '@crmflow/db';

/** One message of the conversation so far. */
export type Line = {
  role: MessageRole;
  text: string;
  /** Of the person of the team who said it. */
  name?: string;
};

/** Who asks, and so whose key pays: the workspace of a run, or a workspace outside of any run. */
export type KeyOwner = { runId: string } | { workspaceId: string };

/** What a model is asked. */
export type AiRequest = {
  keyOwner: KeyOwner;
  /** The conversation so far, oldest first. */
  lines: readonly Line[];
  /** What it shall answer now: the last turn of the user. */
  prompt: string;
  system?: string;
  /** What holds for this request only: told below the instruction, which stays the same. */
  situation?: string;
  /** Passages as `quotePassages` makes them: a part of the last turn, before the prompt. */
  knowledge?: string;
  /** The provider's default where it is missing. */
  model?: string;
  temperature?: number;
  /** The most that it may answer; the model's own limit where it is missing. */
  maxTokens?: number;
  /** JSON Schema of the answer, within what `answerSchemaFaults` lets through. */
  schema?: JsonObject;
  functions?: readonly ModelFunction[];
  /** What it has called since the prompt, and got; oldest first. */
  exchanges?: readonly Exchange[];
  /** Whether it may call no function any more. */
  mustAnswer?: boolean;
  /** What it answered to the same before, and what is wrong with that. */
  correction?: { answer: string; fault: string };
};

/** A function that the model asks to be called, as it put it. */
export type AskedCall = { name: string; args: JsonObject };

/** What is known of an answer once it is whole. */
export type AnswerEnd = {
  usage: Usage;
  model: string;
  /** Why it ended, in the provider's word; `MAX_TOKENS`: it was cut at a limit. */
  finishReason: string;
  /** The functions that it wants called, in order; missing where there are none. */
  calls?: AskedCall[];
  /** With calls the whole answer, as the provider wants it back in `exchanges`. */
  turn?: Json;
};

/** A piece of a streamed answer: text, and once at the very end what it was. */
export type AiPiece = { text: string } | AnswerEnd;

/** A maker of models. */
export type AiProvider = {
  /**
   * Streams one answer. It ends with exactly one `AnswerEnd`, or throws.
   * @param signal ends the stream at once; its reason is thrown
   * @throws AiError
   */
  stream(request: AiRequest, signal: AbortSignal): AsyncIterable<AiPiece>;
  /**
   * The meanings of texts, in their order.
   * @returns null where there is no key
   * @throws AiError
   */
  embed(
    texts: readonly string[],
    task: EmbedTask,
    keyOwner: KeyOwner,
    signal: AbortSignal,
  ): Promise<Embedded | null>;
  /**
   * The models that answer prompts, by what a key may use.
   * @param by a key that is to be tried, or who asks
   * @throws AiError `ai_key_invalid` for a key that is refused; `ai_unavailable`
   */
  models(by: KeyOwner | { key: string }, signal: AbortSignal): Promise<AiModel[]>;
};
