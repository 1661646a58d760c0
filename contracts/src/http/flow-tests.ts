import { z } from 'zod';
import {
  flowTestSchema,
  testMockSchema,
  testStartSchema,
  testStepSchema,
} from '../flow/flow-tests.js';
import { limits } from '../limits.js';
import { text } from '../fields/identifiers.js';
import { pageOf } from './list.js';
import { runStatusSchema } from '../run/status.js';

/** What a test expected, and got instead. */
export const testFailureSchema = z
  .object({
    step: z.int().min(0).optional().describe('Counts from 0. Absent: after the last step.'),
    expected: z.string(),
    got: z.string(),
    nodeId: z.string().optional().describe('Where the run stood, or what it is about.'),
  })
  .meta({ id: 'TestFailure' });

/** What a test expected, and got instead. */
export type TestFailure = z.output<typeof testFailureSchema>;

/** What came of one test. */
export const testResultSchema = z
  .object({
    testId: z.string(),
    passed: z.boolean(),
    failures: z.array(testFailureSchema),
    path: z.array(z.string()).describe('IDs of the nodes in the order of their visits.'),
    ms: z.number().describe('How long it took to run it, in milliseconds.'),
    status: runStatusSchema.describe('Where the run was at the end of the test.'),
    messages: z
      .array(z.object({ role: z.string(), text: z.string(), at: z.iso.datetime() }))
      .describe('The newest of the conversation.'),
  })
  .meta({ id: 'TestResult' });

/** What came of one test. */
export type TestResult = z.output<typeof testResultSchema>;

const handleSchema = z.object({ nodeId: z.string(), handle: z.string() });

/** Which parts of a flow were reached, and which were not. */
export const coverageSchema = z
  .object({
    nodes: z.object({ covered: z.array(z.string()), missing: z.array(z.string()) }),
    handles: z.object({ covered: z.array(handleSchema), missing: z.array(handleSchema) }),
  })
  .meta({ id: 'Coverage' });

/** Which parts of a flow were reached, and which were not. */
export type Coverage = z.output<typeof coverageSchema>;

/** The answer of POST /api/workflows/:id/tests/run. */
export const testReportSchema = z
  .object({ results: z.array(testResultSchema), coverage: coverageSchema })
  .meta({ id: 'TestReport' });

/** What came of tests. */
export type TestReport = z.output<typeof testReportSchema>;

/** What the explorer looks for. */
export const findingKinds = [
  'dead_end',
  'loop_without_wait',
  'node_never_reached',
  'handle_never_reached',
  'variable_missing',
  'text_never_said',
  'wait_never_ends',
  'run_fails',
] as const;

/** Something that the explorer found, and the shortest way there. */
export const findingSchema = z
  .object({
    kind: z.enum(findingKinds),
    nodeId: z.string(),
    handle: z.string().optional(),
    variable: z.string().optional(),
    code: z.string().optional().describe('Of the error, where a run fails.'),
    message: z.string(),
    inputs: z
      .object({
        start: testStartSchema,
        steps: z.array(testStepSchema),
        mocks: z.array(testMockSchema),
      })
      .optional()
      .describe('What leads there. Absent for what nothing leads to.'),
  })
  .meta({ id: 'Finding' });

/** Something that the explorer found. */
export type Finding = z.output<typeof findingSchema>;

/** The answer of POST /api/workflows/:id/explore. */
export const explorationSchema = z
  .object({
    findings: z.array(findingSchema),
    coverage: coverageSchema,
    states: z.int().describe('How many different states of runs were looked at.'),
    isComplete: z
      .boolean()
      .describe('Whether all was looked at. Otherwise what was never reached is not told.'),
  })
  .meta({ id: 'Exploration' });

/** What the explorer found. */
export type Exploration = z.output<typeof explorationSchema>;

/** How a past conversation goes on a draft. */
export const replaySchema = z
  .object({
    runId: z.string(),
    outcome: z
      .enum(['same', 'other_way', 'not_comparable'])
      .describe('`not_comparable`: the log does not have what the draft needs to go on.'),
    nodeId: z.string().optional().describe('The first node at which it differs.'),
    reason: z.string().optional(),
    was: z.array(z.string()).describe('IDs of the nodes in the order of their visits.'),
    path: z.array(z.string()).describe('The same on the draft.'),
  })
  .meta({ id: 'Replay' });

/** How a past conversation goes on a draft. */
export type Replay = z.output<typeof replaySchema>;

/** A test that failed, as `tests_failed` names it. */
export const failedTestSchema = z
  .object({ testId: z.string(), name: z.string(), failures: z.array(testFailureSchema) })
  .meta({ id: 'FailedTest' });

const versionSchema = z.int32().min(1).optional().describe('Absent: the draft.');

/** Body of POST /api/workflows/:id/tests/run. */
export const runTestsSchema = z.strictObject({
  ids: z
    .array(z.string().max(200))
    .max(limits.flowTests)
    .optional()
    .describe('Absent: all of them.'),
  version: versionSchema,
});

/** Which tests to run, and on what. */
export type RunTests = z.output<typeof runTestsSchema>;

/** Body of POST /api/workflows/:id/explore. */
export const exploreFlowSchema = z.strictObject({ version: versionSchema });

/** What to look for faults in. */
export type ExploreFlow = z.output<typeof exploreFlowSchema>;

/** Body of POST /api/workflows/:id/replay. */
export const replayRunsSchema = z.strictObject({
  runs: z.union([
    z.array(z.string().max(200)).min(1).max(limits.replayedRuns),
    z.int().min(1).max(limits.replayedRuns).describe('So many of the newest that have ended.'),
  ]),
});

/** Which past conversations to try. */
export type ReplayRuns = z.output<typeof replayRunsSchema>;

/** Answer of POST /api/workflows/:id/replay. */
export const replayReportSchema = z
  .object({ results: z.array(replaySchema) })
  .meta({ id: 'ReplayReport' });

/** How past conversations go on a draft. */
export type ReplayReport = z.output<typeof replayReportSchema>;

/** Why a run could not move to the draft, once that is published. */
export const stayReasons = ['node_missing', 'waits_otherwise', 'held', 'busy'] as const;

/** Why a run could not move to the draft. */
export type StayReason = (typeof stayReasons)[number];

/** Answer of GET /api/workflows/:id/waiting-runs. */
export const waitingRunsSchema = z
  .object({
    runs: z.int().describe('How many runs of versions have not ended.'),
    movable: z.int().describe('How many of them could move to the draft as it is.'),
    staying: z
      .array(
        z.object({
          reason: z
            .enum(stayReasons)
            .describe(
              '`node_missing`: the draft does not have the node where it waits. `waits_otherwise`: that node waits for something else, or for nothing. `held`: a person answers in it. `busy`: it is doing something just now.',
            ),
          nodeId: z.string().optional().describe('Where they are.'),
          label: z.string().optional().describe('Of that node, in the version of the run.'),
          runs: z.int(),
          runId: z.string().describe('One of them.'),
        }),
      )
      .describe('Those that could not, by reason and place, the most first.'),
    isComplete: z.boolean().describe('Whether all runs were looked at, or only the newest 10,000.'),
  })
  .meta({ id: 'WaitingRuns' });

/** What publishing the draft could mean for runs that have not ended. */
export type WaitingRuns = z.output<typeof waitingRunsSchema>;

/** Body of POST /api/runs/:runId/test. */
export const testOfRunSchema = z.strictObject({
  name: text(200).min(1).optional().describe('Absent: made of what the customer said first.'),
  gate: z.boolean().default(false).describe('Whether publishing needs it to pass.'),
});

/** Answer of GET /api/workflows/:id/tests: all of them. */
export const testPageSchema = pageOf(flowTestSchema);
