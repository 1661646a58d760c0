import type { KnowledgeSource } from '../http/knowledge.js';
import type { Json, JsonObject } from '../json.js';
import type { RunEvent } from './event.js';
import type { RunError, Usage } from './parts.js';
import type { RunView } from './snapshot.js';

/** Which execution of which node a call is for; `runId:nodeId:visit` is its idempotency key. */
export type CallKey = { runId: string; nodeId: string; visit: number; label: string };

/** Input of the `generate` activity: one answer of the model to the transcript up to `upToSeq`. */
export type GenerateInput = CallKey & {
  /** `ai` answers the prompt; `speak` says the prompt's text in natural words. */
  purpose: 'ai' | 'speak';
  prompt: string;
  system?: string;
  model?: string;
  temperature?: number;
  usePersonality: boolean;
  /** Whether it looks up knowledge: in these items, or in all that are enabled. */
  knowledge?: { itemIds?: string[] };
  /** JSON Schema of a structured answer. */
  schema?: JsonObject;
  upToSeq: number;
  /** Whether the text becomes a message: its tokens are then streamed to those who watch. */
  stream: boolean;
};

/** Result of `generate`; `at` in epoch milliseconds. */
export type GenerateResult = {
  text: string;
  /** What the text says, where a schema was asked for. */
  value?: Json;
  usage: Usage;
  model: string;
  /** Where the passages are from that it was given, where it looked some up. */
  sources?: KnowledgeSource[];
  at: number;
};

/** Which stored key a request carries and where; the key itself is read where it is sent. */
export type CallAuth = {
  /** The service that the run's owner stored it for. */
  secret: string;
  in: 'header' | 'query' | 'bearer';
  /** Of the header or the query parameter. */
  name?: string;
};

/** Input of the `callHttp` activity, already rendered. */
export type CallHttpInput = CallKey & {
  method: string;
  url: string;
  headers: { [name: string]: string };
  query: { [name: string]: string };
  body?: Json;
  auth?: CallAuth;
  timeoutMs?: number;
  /** Whether the parsed body is wanted back. */
  wantBody: boolean;
};

/** Result of `callHttp`; `at` in epoch milliseconds. */
export type CallHttpResult = { status: number; body: Json; at: number };

/** What a failed call carries in its failure's details. */
export type CallFailure = { code: string; message: string; status?: number; at: number };

/** Input of `recordRunEvents`: what is new since the last flush, and the view after it. */
export type RecordInput = {
  runId: string;
  events: RunEvent[];
  view: RunView;
  error?: RunError;
  /** Epoch milliseconds, once the run has ended. */
  finishedAt?: number;
};

/** `gone` where the run was deleted: there is nothing left to tell. */
export type RecordResult = 'recorded' | 'gone';

/** The activities that `runFlow` calls. */
export interface RunActivities {
  generate(input: GenerateInput): Promise<GenerateResult>;
  callHttp(input: CallHttpInput): Promise<CallHttpResult>;
  recordRunEvents(input: RecordInput): Promise<RecordResult>;
}
