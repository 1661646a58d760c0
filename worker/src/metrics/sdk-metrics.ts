import { createServer, type AddressInfo } from 'node:net';
import type { RuntimeOptions } from '@temporalio/worker';

/** Where Temporal's own part of the worker serves its metrics, for this process only. */
export type SdkMetrics = {
  telemetryOptions: NonNullable<RuntimeOptions['telemetryOptions']>;
  read(): Promise<string>;
};

async function freeLoopbackPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Has Temporal's part count: workflow tasks and their failures, slots, activities by type. */
export async function createSdkMetrics(): Promise<SdkMetrics> {
  const bindAddress = `127.0.0.1:${await freeLoopbackPort()}`;
  return {
    telemetryOptions: {
      metrics: {
        prometheus: {
          bindAddress,
          countersTotalSuffix: true,
          unitSuffix: true,
          useSecondsForDurations: true,
        },
      },
    },
    async read() {
      const response = await fetch(`http://${bindAddress}/metrics`);
      return response.text();
    },
  };
}
