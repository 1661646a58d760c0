import type { LiveEvents } from '@crmflow/contracts';

/** Sends an event to those who watch a run: best effort, at most once. */
export type PublishLive = <T extends keyof LiveEvents>(
  runId: string,
  event: T,
  data: LiveEvents[T],
) => Promise<void>;
