import type { OfficeHours } from '../fields/office-hours.js';
import type { FoundPassage, KnowledgeSource } from '../knowledge/passage.js';
import type { Json, JsonObject } from '../json.js';
import type { RunContact } from './contact.js';
import type { RunEvent } from './event.js';
import type { RunError, Usage } from './parts.js';
import type { RunView } from './snapshot.js';

/**
 * Which execution of which node a call is for; `runId:nodeId:visit` is its idempotency key, and
 * `runId:nodeId:visit#call` that of a later call of the same visit.
 */
export type CallKey = {
  runId: string;
  nodeId: string;
  visit: number;
  label: string;
  /** Counts the calls of a visit that makes several; missing for the first. */
  call?: number;
};

/** How long a node waits for a service, in milliseconds: for one attempt, and by retries. */
export type Patience = { timeoutMs?: number; retryForMs?: number };

/** A function that a model may call. */
export type ModelFunction = {
  name: string;
  description: string;
  /** JSON Schema of an object; without it the function takes nothing. */
  parameters?: JsonObject;
};

/** A function that a model asks to be called. */
export type ModelCall = {
  name: string;
  args: JsonObject;
  /** Why it cannot be, in words for the model. */
  fault?: string;
};

/** What came of a call, in words for the model. */
export type ModelCallResult = { name: string; result: JsonObject };

/** What a model asked for before it answers, and what it got. */
export type Exchange = {
  /** Its turn, as its maker wants it back. */
  turn: Json;
  /** One for each call in the turn, in their order. */
  results: ModelCallResult[];
};

/** How a conversation stands that a model leads. */
export type Leading = {
  goal: string;
  /** How many more replies are read. */
  repliesLeft: number;
};

/** That a person spoke in place of a flow: who, from when to when in epoch milliseconds. */
export type PersonSpoke = {
  names: string[];
  from: number;
  to: number;
  /** What they want the model to know. */
  note?: string;
};

/** Input of the `generate` activity: one answer of the model to the transcript up to `upToSeq`. */
export type GenerateInput = CallKey &
  Patience & {
    /** `ai` answers the prompt; `speak` says the prompt's text in natural words. */
    purpose: 'ai' | 'speak';
    /** Where the model leads a conversation: the prompt is then how to, and not what to answer. */
    leading?: Leading;
    functions?: ModelFunction[];
    /** Since the transcript ended, oldest first. */
    exchanges?: Exchange[];
    /** Whether it may call no function any more. */
    mustAnswer?: true;
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
    /** Where it is asked what day it is, such as `Europe/Vienna`; UTC where it is missing. */
    timezone?: string;
    /** The last time that a person spoke in this run. */
    spoke?: PersonSpoke;
    /** Whether the text becomes a message: its tokens are then streamed to those who watch. */
    stream: boolean;
  };

/** Result of `generate`; `at` in epoch milliseconds. */
export type GenerateResult = {
  /** May be '' where functions are called. */
  text: string;
  /** What the model wants called before it goes on, and the turn in which it said so. */
  calls?: ModelCall[];
  turn?: Json;
  /** What the text says, where a schema was asked for. */
  value?: Json;
  usage: Usage;
  model: string;
  /** Why the answer ended; missing where an older worker asked. `MAX_TOKENS`: it was cut. */
  finishReason?: string;
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
export type CallHttpInput = CallKey &
  Patience & {
    method: string;
    url: string;
    headers: { [name: string]: string };
    /** A list repeats its name. */
    query: { [name: string]: string | string[] };
    body?: Json;
    auth?: CallAuth;
    /** Whether the parsed body is wanted back. */
    wantBody: boolean;
  };

/** Result of `callHttp`; `at` in epoch milliseconds. */
export type CallHttpResult = { status: number; body: Json; at: number };

/** Input of the `searchKnowledge` activity: in these items, or in all that are enabled. */
export type SearchKnowledgeInput = CallKey & {
  queries: string[];
  itemIds?: string[];
  /** With it, what the visitor has said up to this event is asked, and `queries` only where that is nothing. */
  upToSeq?: number;
};

/** A passage as a model or a visitor is given it. */
export type QuotedPassage = Pick<FoundPassage, 'name' | 'text' | 'url' | 'page' | 'heading'>;

/** Result of `searchKnowledge`, the best passage first; `at` in epoch milliseconds. */
export type SearchKnowledgeResult = {
  passages: QuotedPassage[];
  sources: KnowledgeSource[];
  at: number;
};

/**
 * Input of the `updateContact` activity: what the fields of a contact become, in order. An empty text
 * or null clears a field, null removes an attribute; a list replaces the tags, a text adds one.
 */
export type UpdateContactInput = CallKey & {
  set: { name: string; value: Json }[];
  /** What the run knows of its contact; what is set is added to it where the run has no contact. */
  known: RunContact;
};

/** Result of `updateContact`: the contact as it is now; `at` in epoch milliseconds. */
export type UpdateContactResult = { contact: RunContact; at: number };

/** Input of the `readOfficeHours` activity: of the workspace of the run. */
export type ReadOfficeHoursInput = CallKey & Patience;

/** Result of `readOfficeHours`: null where the workspace has none; `at` in epoch milliseconds. */
export type ReadOfficeHoursResult = { hours: OfficeHours | null; at: number };

/** A run that another one has started, or is about to, at a visit to one of its nodes. */
export type ParentRun = { runId: string; nodeId: string; visit: number };

/** Input of the `beginFlow` activity: which flow of the workspace of the run, on which version. */
export type BeginFlowInput = CallKey & {
  workflowId: string;
  version: number | 'latest';
  input: JsonObject;
  /** Whether the run waits for its end. */
  wait: boolean;
};

/** A run that is written down and can be started as a child of the run that asked for it. */
export type BegunRun = {
  runId: string;
  workflowId: string;
  workspaceId: string;
  version: number;
  versionId: string;
  startedAt: number;
  /** By which it makes addresses of callbacks. */
  callbackSecret: string;
  /** How operators see it. */
  shown: { staticSummary: string; staticDetails: string };
};

/**
 * Result of `beginFlow`: the run to start; or where an earlier execution of the same visit has started
 * one already that need not be awaited, what came of that. `at` in epoch milliseconds.
 */
export type BeginFlowResult = { at: number } & ({ begun: BegunRun } | { ended: FlowResult });

/** What came of a flow within a flow: its variables at its end; where it was not waited for, {runId}. */
export type FlowResult = { runId: string; output: Json };

/** The same as the run takes it; `at` in epoch milliseconds. */
export type FlowCallResult = FlowResult & { at: number };

/** What a failed call carries in its failure's details. */
export type CallErrorDetails = {
  code: string;
  message: string;
  status?: number;
  /** What the customer is to read in place of an answer. */
  customerText?: string;
  at: number;
};

/** A one-time address that a run has made: for which visit of a listen node, and its token's sha256 in hex. */
export type IssuedCallback = { nodeId: string; visit: number; tokenHash: string };

/** Input of `recordRunEvents`: what is new since the last flush, and the view after it. */
export type RecordInput = {
  runId: string;
  events: RunEvent[];
  view: RunView;
  /** Addresses that the events may have told of; known before anybody learns of one. */
  callbacks?: IssuedCallback[];
  error?: RunError;
  /** Epoch milliseconds, once the run has ended. */
  finishedAt?: number;
  /**
   * Where the run goes on at once instead of waiting: the work of the turn that is recorded, in
   * the units of expressions, and whose it is.
   */
  burst?: { workspaceId: string; cost: number };
};

/**
 * `gone` where the run was deleted: there is nothing left to tell. With `pauseMs` it is recorded,
 * and asked to let others go first.
 */
export type RecordResult = 'recorded' | 'gone' | { pauseMs: number };

/** The activities that `runFlow` calls. */
export interface RunActivities {
  generate(input: GenerateInput): Promise<GenerateResult>;
  callHttp(input: CallHttpInput): Promise<CallHttpResult>;
  searchKnowledge(input: SearchKnowledgeInput): Promise<SearchKnowledgeResult>;
  updateContact(input: UpdateContactInput): Promise<UpdateContactResult>;
  readOfficeHours(input: ReadOfficeHoursInput): Promise<ReadOfficeHoursResult>;
  beginFlow(input: BeginFlowInput): Promise<BeginFlowResult>;
  recordRunEvents(input: RecordInput): Promise<RecordResult>;
}
