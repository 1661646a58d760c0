import { join } from 'node:path';
import { bundleWorkflowCode, DefaultLogger, NativeConnection } from '@temporalio/worker';
import { root } from '../../../scripts/boot/paths.mjs';
import { createWorker } from '../../../worker/src/temporal.js';
import type { FloorActivities } from './workflows.js';

/** A worker as the product has it, whose workflows and activities are the floor's. */
export type FloorWorker = { stop(): Promise<void> };

/** @param noop the floor's activity */
export async function startFloorWorker(
  { address, taskQueue }: { address: string; taskQueue: string },
  noop: FloorActivities['noop'],
): Promise<FloorWorker> {
  const workflowBundle = await bundleWorkflowCode({
    workflowsPath: join(root, 'benchmarks/src/floor/workflows.ts'),
    logger: new DefaultLogger('ERROR'),
  });
  const connection = await NativeConnection.connect({ address });
  const worker = await createWorker({
    ...{ connection, taskQueue, workflowBundle },
    namespace: 'default',
    activities: { noop },
  });
  const running = worker.run();
  return {
    async stop() {
      worker.shutdown();
      await running;
      await connection.close();
    },
  };
}
