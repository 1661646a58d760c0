import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Exploration, Flow, FlowTest, Replay, TestReport } from '@crmflow/contracts';
import type { ExploreOptions } from '../explore/explore.js';
import type { RecordedRun } from '../recorded/read-log.js';
import type { RunTestsOptions } from '../run-tests.js';

/** What a thread is asked to do. Models are not asked from there. */
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
export type ThreadAnswers = { tests: TestReport; explore: Exploration; replay: Replay[] };

/** Bounds of a thread. */
export type ThreadBounds = { ms: number; memoryMb: number };

/** Enough for 200 tests, and for the explorer on a large flow. */
export const threadBounds: ThreadBounds = { ms: 30_000, memoryMb: 256 };

/** Work on a flow that took too long, or too much memory: `too_long` or `too_large`. */
export class ProofStopped extends Error {
  override readonly name = 'ProofStopped';

  constructor(
    readonly code: 'too_long' | 'too_large',
    message: string,
  ) {
    super(message);
  }
}

/** As it is built: threads load no TypeScript. */
const program = fileURLToPath(new URL('../../dist/thread/main.js', import.meta.url));

const isTooLarge = (error: unknown) =>
  error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';

/**
 * Does work on a flow in a thread of its own, so that no flow holds up or ends the process.
 * @throws ProofStopped where it passes its bounds
 */
export async function runInThread<K extends keyof ThreadAnswers>(
  request: Extract<ThreadRequest, { run: K }>,
  { ms = threadBounds.ms, memoryMb = threadBounds.memoryMb }: Partial<ThreadBounds> = {},
): Promise<ThreadAnswers[K]> {
  const worker = new Worker(program, {
    workerData: request,
    env: {},
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: 32 },
  });
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<ThreadAnswers[K]>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', (error: unknown) => {
        const message = `The work took more than ${memoryMb} MB of memory. Make the flow or its tests smaller.`;
        reject(isTooLarge(error) ? new ProofStopped('too_large', message) : (error as Error));
      });
      worker.once('exit', (code) =>
        reject(new Error(`The thread ended with ${code} and no answer.`)),
      );
      timer = setTimeout(() => {
        const message = `The work took more than ${ms / 1000} seconds. Run fewer tests at once.`;
        reject(new ProofStopped('too_long', message));
      }, ms);
    });
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}
