import type { Flow, FlowTest, TestReport } from '@crmflow/contracts';
import { runTests } from '@crmflow/proof';

/** Tries flows on the interpreter, with a clock of its own: nothing is called and nothing is stored. */
export type Prover = {
  runTests(flow: Flow, tests: readonly FlowTest[]): Promise<TestReport>;
};

/** Tries flows in this process. */
export function createProver(): Prover {
  return { runTests: (flow, tests) => runTests(flow, tests) };
}
