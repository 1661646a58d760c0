import type { RunEvent } from '@crmflow/contracts';

type WithTextTime<E> = E extends { at: number } ? Omit<E, 'at'> & { at: string } : never;

/** A numbered event as clients see it; `at` is ISO 8601. Its `type` tells what `data` is. */
export type LogEvent = WithTextTime<RunEvent>;
