import type {
  FlowVariable,
  Graph,
  JsonObject,
  ParentRun,
  RunContact,
  RunMode,
  RunVersion,
} from '@crmflow/contracts';
import type { RunLocale } from '@crmflow/expressions';
import type { RunState, TakeOver } from './core/state.js';

/**
 * When several messages are one reply: once nothing was said for `quietMs`, and at the latest
 * `maxMs` after the first of them.
 */
export type Burst = { quietMs: number; maxMs: number };

/**
 * How a run makes addresses that answer its callback nodes: `base` with a token after it, which nobody
 * can guess who does not have the run's `secret`.
 */
export type Callbacks = { base: string; secret: string };

/** What is particular to one execution of `runFlow`, fixed at its start. */
export type RunStart = {
  runId: string;
  workflowId: string;
  /** The workspace it belongs to: for operators, and so that workspaces take turns; the run itself has no use for it. */
  workspaceId?: string;
  version: RunVersion;
  input: JsonObject;
  /** How its customer writes; runs that began before runs had a locale have none. */
  locale?: RunLocale;
  /** What was known of the contact of its conversation, where it is part of one. */
  contact?: RunContact;
  /** Where it is not said, each message is a reply of its own. */
  burst?: Burst;
  /** Who has its conversation from its beginning, where it does not begin with the flow. */
  takenOver?: Omit<TakeOver, 'kind'>;
  /** Runs that began before there were callbacks have none. */
  callbacks?: Callbacks;
  /** The run that started it, where one did: it is given the variables at the end. */
  parent?: ParentRun;
  /** Epoch milliseconds. */
  startedAt: number;
  /** Whether it pauses before each node; where it is not said, it does not. */
  mode?: RunMode;
  /** Ids of the nodes before which it pauses in any mode. */
  pausePoints?: string[];
  /** Whether its log has a budget: runs that began before there was one replay without it. */
  hasLogBudget?: true;
  /** Whether its Temporal takes the search attributes of runs: it took those of its start. */
  isSearchable?: boolean;
  /** Where an earlier execution of the same run left off. */
  state?: RunState;
};

/**
 * Stands for the program of a version, by its id, as an argument of `runFlow`. The worker puts a
 * `RunProgram` with the same `programOf` in its place, so that no history carries a graph (ADR 25).
 */
export type ProgramRef = { programOf: string };

/** What runs of a version execute: with all defaults filled in, see `compileProgram`. */
export type RunProgram = Partial<ProgramRef> & { graph: Graph; variables: FlowVariable[] };

/** All that a run needs. Executions that an earlier release began carry it in one argument. */
export type RunFlowInput = RunStart & RunProgram;

/** The arguments that start an execution of `runFlow`. */
export type RunFlowArgs = [RunStart, ProgramRef];

/** What a run that ended well returns to Temporal; `output`: to the run that started it. */
export type RunFlowResult = { status: 'completed' | 'timed_out'; output?: JsonObject };
