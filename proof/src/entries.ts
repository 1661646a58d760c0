import type {
  Exploration,
  FlowTestInput,
  Finding,
  Flow,
  FlowTest,
  JsonObject,
  Replay,
  RunEvent,
  TestReport,
  TestStart,
} from '@crmflow/contracts';
import type { RunTestsOptions } from './run-tests.js';

/** How far the explorer goes. */
export type ExploreOptions = {
  start?: TestStart;
  /** Different states of runs; 3,000 where it is not said. */
  states?: number;
  /** Milliseconds; 5,000 where it is not said. */
  ms?: number;
};

/** Looks at all ways through a flow, as far as its bounds go; the same flow gives the same findings. */
export type Explore = (flow: Flow, options?: ExploreOptions) => Exploration;

/** A finding as a test that fails as long as it is true. */
export type TestOfFinding = (finding: Finding, id: string) => FlowTestInput;

/** A past run: what it was started with, and its whole log. */
export type RecordedRun = {
  runId: string;
  input: JsonObject;
  /** Epoch milliseconds. */
  startedAt: number;
  events: readonly RunEvent[];
};

/** Tries a past conversation on a draft: its inputs at their times, its calls as they ended. */
export type ReplayRun = (flow: Flow, recorded: RecordedRun) => Replay;

/** A test that goes as a past run went. `flow`: that of the version which it ran. */
export type TestOfRun = (flow: Flow, recorded: RecordedRun, id: string) => FlowTestInput;

/** What a thread is asked to do: one request, one answer. */
export type ThreadRequest =
  | {
      run: 'tests';
      flow: Flow;
      tests: readonly FlowTest[];
      options?: Omit<RunTestsOptions, 'live'>;
    }
  | { run: 'explore'; flow: Flow; options?: ExploreOptions }
  | { run: 'replay'; flow: Flow; runs: readonly RecordedRun[] };

/** What comes of each request. */
export type ThreadAnswers = {
  tests: TestReport;
  explore: Exploration;
  replay: Replay[];
};

/** Bounds of a thread; it is ended where it passes them. */
export type ThreadBounds = { ms: number; memoryMb: number };

/**
 * Does work on a flow in a thread of its own, so that no flow holds up or ends the server.
 * @throws ProofStopped `too_long` or `too_large`
 */
export type RunInThread = <K extends keyof ThreadAnswers>(
  request: Extract<ThreadRequest, { run: K }>,
  bounds?: Partial<ThreadBounds>,
) => Promise<ThreadAnswers[K]>;
