import type { Flow, FlowTest, TestReport, TestResult } from '@crmflow/contracts';
import type { Call, CallOutcome } from '@crmflow/workflows/core';
import type { CallAnswer } from './answer-call.js';
import { createReached, type Reached } from './coverage.js';
import type { Answered } from './play.js';
import { runTest, type TestBounds } from './run-test.js';

/** How tests are run. */
export type RunTestsOptions = {
  bounds?: TestBounds;
  /**
   * Makes a call of a real model, for tests that want one; without it they fail. It keeps to its own
   * budget, and says so by a failed outcome once that is used up.
   */
  live?: (call: Call) => Promise<CallOutcome>;
};

const noLive: CallOutcome = {
  ok: false,
  cancelled: false,
  error: {
    code: 'ai_key_missing',
    message: 'This test asks a real model, and there is none here. Set its answers to mock.',
  },
};

async function drive(
  running: Generator<CallAnswer, TestResult, Answered>,
  live: RunTestsOptions['live'],
): Promise<TestResult> {
  let next = running.next();
  while (!next.done) {
    const { value } = next;
    if ('live' in value) {
      const outcome = live ? await live(value.live) : noLive;
      next = running.next({ outcome, takesMs: 0, isSlow: false });
    } else {
      next = running.next(value);
    }
  }
  return next.value;
}

/**
 * Runs tests of a flow, one after the other, each with a run of its own.
 * @returns what came of each, and what they reach together
 */
export async function runTests(
  flow: Flow,
  tests: readonly FlowTest[],
  { bounds, live }: RunTestsOptions = {},
): Promise<TestReport> {
  const reached: Reached = createReached();
  const results: TestResult[] = [];
  for (const test of tests) {
    results.push(await drive(runTest(flow, test, { ...(bounds && { bounds }), reached }), live));
  }
  return { results, coverage: reached.coverage(flow) };
}
