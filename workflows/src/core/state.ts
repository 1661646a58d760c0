import type {
  BeginFlowInput,
  CallHttpInput,
  CallHttpResult,
  Exchange,
  FlowCallResult,
  GenerateInput,
  GenerateResult,
  HandBackWay,
  Json,
  KnowledgeSource,
  MessageRole,
  ModelCall,
  PauseReason,
  PersonSpoke,
  ReadOfficeHoursInput,
  ReadOfficeHoursResult,
  Resumed,
  RunContact,
  RunError,
  RunStatus,
  SearchKnowledgeInput,
  SearchKnowledgeResult,
  UpdateContactInput,
  UpdateContactResult,
} from '@crmflow/contracts';
import type { RunProgram, RunStart } from '../run-input.js';

/** A call to the outside that a node asks for: which activity, with what. */
export type Call =
  | { activity: 'generate'; input: GenerateInput }
  | { activity: 'callHttp'; input: CallHttpInput }
  | { activity: 'searchKnowledge'; input: SearchKnowledgeInput }
  | { activity: 'updateContact'; input: UpdateContactInput }
  | { activity: 'readOfficeHours'; input: ReadOfficeHoursInput }
  | { activity: 'beginFlow'; input: BeginFlowInput };

/** Why a node failed; `customerText` is what the customer reads instead of an answer of the model. */
export type Fault = Omit<RunError, 'nodeId'> & { customerText?: string };

/** What came of a call. */
export type CallOutcome =
  | {
      ok: true;
      value:
        | GenerateResult
        | CallHttpResult
        | SearchKnowledgeResult
        | UpdateContactResult
        | ReadOfficeHoursResult
        | FlowCallResult;
    }
  | { ok: false; cancelled: boolean; error: Fault };

/**
 * A command of who steps through a run, about the visit of the node where it stands: `execute` runs
 * the node that it is paused before, `skip` leaves the node by its first handle, `continue` runs on
 * to the next pause point. One that is about another place does nothing, so that a second click
 * never moves the run twice; only a `continue` may do without a place.
 */
export type Command =
  | { kind: 'execute' | 'skip'; nodeId: string; visit: number; at: number }
  | { kind: 'continue'; nodeId?: string; visit?: number; at: number };

/** Another version of a run's flow. */
export type MigrationTarget = RunProgram & Pick<RunStart, 'version'>;

/** Moves a waiting run to another version; `id` is what its verdict is known by. */
export type Migration = { kind: 'migrate'; id: string; at: number; target: MigrationTarget };

/** One message of a visitor. */
export type Message = {
  kind: 'message';
  messageId: string;
  text: string;
  at: number;
  /** Set where it is in the transcript already: a person was there when it came. */
  isTold?: true;
};

/** What a call of a callback node's address has brought, for one visit to that node. */
export type Callback = { kind: 'callback'; nodeId: string; visit: number; value: Json; at: number };

/** A person of the team, as runs know them. */
export type Person = { userId: string; name: string };

/** A person takes the conversation over: the flow falls silent. */
export type TakeOver = { kind: 'takeOver'; id: string; by: Person; at: number };

/** What a person says in place of the flow. */
export type Say = { kind: 'say'; messageId: string; text: string; by: Person; at: number };

/** A person hands the conversation back; see `handBack` for what each way does. */
export type HandBack = {
  kind: 'handBack';
  id: string;
  how: HandBackWay;
  /** With `goto`: the node where the flow continues. */
  nodeId?: string;
  /** For the model. */
  note?: string;
  /** Whether times of the calendar stay; hand-backs of an earlier release moved them. */
  keepsInstants?: true;
  by: Person;
  at: number;
};

/** What a person does to a conversation. Stamps of take-overs and hand-backs only grow. */
export type PersonInput = TakeOver | Say | HandBack;

/** Messages that answer together: at least one, in order. `at` is when it was complete. */
export type Reply = { kind: 'reply'; messages: readonly Message[]; at: number };

/** Asks for the end of the run. */
export type Cancellation = { kind: 'cancel'; at: number };

/** What a run can be given. Stamps (`at`) are in epoch milliseconds. */
export type Input =
  | Reply
  | Callback
  | Cancellation
  | Command
  | Migration
  | PersonInput
  | { kind: 'timer'; at: number }
  | Ended;

/** That a call has ended. */
export type Ended = { kind: 'outcome'; at: number; outcome: CallOutcome };

/** What waits in the inbox: the inputs whose moment somebody else chooses. */
export type Queued = Message | Callback | Cancellation | Command | Migration | PersonInput;

/** Before which nodes the run pauses, from the instant `at` on (epoch milliseconds). */
export type PausePoints = { kind: 'pausePoints'; nodeIds: string[]; at: number };

/** What may come at any time. */
export type Arrival = Queued | PausePoints;

type AtNode = { nodeId: string; visit: number; enteredAt: number };

/** A reminder that is still to be said, at epoch milliseconds. */
export type Reminder = { at: number; text: string };

/** The progress of a visit to an ai node that may make several calls; stored as `talk`. */
export type AiTurnState = {
  /** Calls made so far; numbers their keys. */
  calls: number;
  /** Messages said so far; numbers their ids. */
  said: number;
  /** Replies read so far. */
  replies: number;
  /** The last event of the transcript that the model answers to. */
  upToSeq?: number;
  /** What the model has called for this answer, and got. */
  exchanges: Exchange[];
  /** What it wants called and was not yet. */
  todo: ModelCall[];
  /** Where the passages are from that its calls have found. */
  sources: KnowledgeSource[];
  /** Why the model did not answer, while the fallback is looked up. */
  failed?: Fault;
};

/** Waiting for a reply until `deadline` (epoch milliseconds), where there is one. */
export type ReplySuspension = AtNode & {
  kind: 'reply';
  /** Set where a call of the node's address is awaited, and no reply of the visitor. */
  isForCallback?: true;
  deadline?: number;
  reminders: Reminder[];
  retriesLeft: number;
  /** Messages said by this visit so far; numbers their ids. */
  said: number;
  /** Of an ai node that converses. */
  talk?: AiTurnState;
};

/** A call that runs, or is about to. */
export type CallSuspension = AtNode & {
  kind: 'call';
  call: Call;
  /** Of an ai node; one that began under an older worker has none. */
  talk?: AiTurnState;
};

/**
 * Sleeping until an instant in epoch milliseconds. `isFixed`: it is a time of the calendar, which does
 * not move while a person has the conversation.
 */
export type SleepSuspension = AtNode & { kind: 'sleep'; until: number; isFixed?: true };

/** Waiting for a person of the team, until `deadline` (epoch milliseconds) where there is one. */
export type HandoffSuspension = AtNode & {
  kind: 'handoff';
  deadline?: number;
  /** What the visitor has said meanwhile. */
  heard: Message[];
};

/** Before its first node, as a person has it from its beginning. */
export type HeldAtStart = { kind: 'held'; nodeId: string; visit: number };

/** Paused before a node: `visit` is the one that it will have. */
export type Pause = { kind: 'paused'; nodeId: string; visit: number; reason: PauseReason };

/** Where a run goes on that starts again: as a retry of an earlier execution, or as a fork. */
export type Restart = Resumed & { by: 'retry' | 'fork' };

/** Where a run stands: about to go on, suspended at or before a node, or ended. */
export type Position =
  | { kind: 'start'; resumed?: Restart }
  | { kind: 'ready'; nodeId: string }
  | Suspension
  | { kind: 'ended'; status: RunStatus; error?: RunError };

/** A position amid the execution of a node. */
export type NodeSuspension = ReplySuspension | CallSuspension | SleepSuspension | HandoffSuspension;

/** A position in which only an input can move the run. */
export type Suspension = NodeSuspension | Pause | HeldAtStart;

/** Whether only an input can move a run that stands there. */
export const isSuspended = (position: Position) =>
  position.kind !== 'start' && position.kind !== 'ready' && position.kind !== 'ended';

/** A stretch in which a person speaks in place of the flow. */
export type Held = {
  /** Who has it now. */
  by: Person;
  /** All who had it. */
  names: string[];
  /** Since when by the run's clock, in epoch milliseconds. */
  from: number;
  /** What the flow said last before it, where the run waited for a reply. */
  question?: string;
  /** What the visitor said last, without anybody in between. */
  heard: Message[];
  /** Whether a person has spoken since. */
  isAnswered?: true;
  /** That the call under way has ended, and what came of it where that is taken later. */
  call?: 'over' | Ended;
};

/** A message as expressions see it. */
export type ScopeMessage = { id: string; role: MessageRole; text: string };

/**
 * All that a run is, as plain JSON: it survives serialization unchanged, so that a run can go on
 * as a new execution at any point.
 */
export type RunState = {
  /** Number of the last event. */
  seq: number;
  /** The stamp of the newest input: the run has no other clock. Epoch milliseconds. */
  clock: number;
  position: Position;
  variables: { [name: string]: Json };
  variableBytes: { [name: string]: number };
  visits: { [nodeId: string]: number };
  /** Nodes entered since the last progress from outside, see the step budget. */
  steps: number;
  /** Characters of its events' data so far, see the budget of its log. */
  logSize: number;
  /** How many of them it had at the last progress from outside. */
  logSizeAtProgress: number;
  /** The newest messages, within the limits of `messages` in expressions. */
  transcript: ScopeMessage[];
  /** The contact since the run has written it; before, it is what the run was started with. */
  contact?: RunContact;
  /** When it last said what customers read instead of an answer of the model, in epoch milliseconds. */
  insteadAt?: number;
  /** The last fault that left by an error handle. */
  fault?: RunError;
  /** Whether it pauses before each node. */
  stepping: boolean;
  /** Those that count now or have yet to, in order of arrival; see `pausePointsOf`. */
  pausePoints: Omit<PausePoints, 'kind'>[];
  inbox: Queued[];
  /** The newest message ids, oldest first: what comes twice counts once. */
  seen: string[];
  /** Set while a person has the conversation: nothing moves the run then. */
  held?: Held;
  /** The last time that a person had it. */
  spoke?: PersonSpoke;
  /** The stamp of the newest take-over or hand-back: older ones come too late. */
  controlAt?: number;
  /** The newest ids of messages of persons, oldest first. */
  seenOfPersons?: string[];
};
