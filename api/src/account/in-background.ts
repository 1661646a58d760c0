import type { Logger } from 'pino';

/** Does what no answer waits for: nobody can tell by the time whether there was anything to do. */
export function inBackground(logger: Logger, what: string, work: () => Promise<unknown>): void {
  work().catch((error: unknown) => logger.error({ err: error }, `${what} failed`));
}
