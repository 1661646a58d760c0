import type { Exploration, Flow, FlowTest, Replay, TestReport } from '@crmflow/contracts';
import { ProofStopped, type RecordedRun, runInThread } from '@crmflow/proof';
import { AppError } from '../../errors/app-error.js';

/**
 * Tries flows on the interpreter, with a clock of its own: nothing is called and nothing is stored.
 * @throws AppError `proof_stopped` where a flow takes too long or too much memory
 */
export type Prover = {
  runTests(flow: Flow, tests: readonly FlowTest[]): Promise<TestReport>;
  explore(flow: Flow): Promise<Exploration>;
  replay(flow: Flow, runs: readonly RecordedRun[]): Promise<Replay[]>;
};

async function bounded<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof ProofStopped)) throw error;
    throw new AppError('proof_stopped', error.message, { cause: error });
  }
}

/** Tries each flow in a thread of its own, so that none holds up or ends this process. */
export function createProver(): Prover {
  return {
    runTests: (flow, tests) => bounded(runInThread({ run: 'tests', flow, tests })),
    explore: (flow) => bounded(runInThread({ run: 'explore', flow })),
    replay: (flow, runs) => bounded(runInThread({ run: 'replay', flow, runs })),
  };
}
