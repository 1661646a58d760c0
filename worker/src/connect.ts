import { setTimeout as sleep } from 'node:timers/promises';
import { NativeConnection } from '@temporalio/worker';
import type { Logger } from 'pino';

const longestPauseMs = 5_000;

/** Connects to Temporal, trying again for as long as it is away or until `signal` aborts. */
export async function connect(
  address: string,
  logger: Logger,
  signal: AbortSignal,
): Promise<NativeConnection> {
  for (let pauseMs = 100; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
    signal.throwIfAborted();
    try {
      return await NativeConnection.connect({ address });
    } catch (error) {
      logger.warn({ err: error, address, pauseMs }, 'Temporal does not answer yet');
      await sleep(pauseMs, undefined, { signal });
    }
  }
}
