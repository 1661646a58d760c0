import { type ChatSettings, parseDuration } from '@crmflow/contracts';
import type { Burst } from '@crmflow/workflows';

/** When several messages are one reply to the runs that begin at a chat from now on. */
export function burstOf({ burst }: Pick<ChatSettings, 'burst'>): Burst | undefined {
  if (!burst) return undefined;
  return { quietMs: parseDuration(burst.quiet) ?? 0, maxMs: parseDuration(burst.max) ?? 0 };
}
