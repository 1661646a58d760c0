import { DefaultLogger, Runtime } from '@temporalio/worker';
import { startFloorWorker } from './worker.js';

/** The floor's worker in a process of its own, as the product's is; ends with its parent. */
export async function main(address: string, taskQueue: string): Promise<void> {
  Runtime.install({ logger: new DefaultLogger('ERROR'), shutdownSignals: [] });
  const worker = await startFloorWorker({ address, taskQueue }, () => Promise.resolve());
  process.on('disconnect', () => void worker.stop());
  process.send?.('up');
}
