import type { Page, WireEvent } from '@crmflow/contracts';
import { readEvents } from '@crmflow/db';
import type { Pool } from 'pg';
import type { Principal } from '../account/principal.js';
import { AppError } from '../errors/app-error.js';
import { runState } from './run-state.js';

/**
 * A page of a run's log: the events after `afterSeq`. `nextCursor` is the `afterSeq` of the next
 * page, null where the log ends.
 * @throws AppError `not_found`
 */
export async function listEvents(
  pool: Pool,
  principal: Principal,
  runId: string,
  { afterSeq, limit }: { afterSeq: number; limit: number },
): Promise<Page<WireEvent>> {
  await runState(pool, principal, runId);
  const page = await readEvents(pool, runId, afterSeq, limit);
  if (!page) throw new AppError('not_found', 'The run was deleted.');
  const last = page.events.at(-1);
  const nextCursor = last && last.seq < page.lastSeq ? String(last.seq) : null;
  return { items: page.events, nextCursor };
}
