import type { ErrorCode, RunView } from '@crmflow/contracts';
import { recordRun } from '@crmflow/db';
import type { RunDeps } from '../../deps.js';
import { storedView } from '../read-run.js';
import type { ClosedState } from './suspects.js';

const explanations: Record<ClosedState, string> = {
  terminated:
    'The run was terminated in Temporal, by an administrator or because its history exceeded the limit.',
  timed_out: 'Temporal ended the run because its execution timeout was reached.',
  unknown: 'The run no longer exists in Temporal: its history was deleted or lost.',
  completed: 'The run ended in Temporal (completed), but its log has no entry for it.',
  failed: 'The run ended in Temporal (failed), but its log has no entry for it.',
  cancelled: 'The run ended in Temporal (cancelled), but its log has no entry for it.',
};

/** Why a run was ended from outside, in words for its owner. */
export const explainEnd = (state: ClosedState) => explanations[state];

/**
 * Ends a run that cannot tell its end itself: as failed, by an event like any other.
 * @returns false where it has told its end meanwhile, or is no more
 */
export async function endRun(
  { db, pool }: Pick<RunDeps, 'db' | 'pool'>,
  runId: string,
  failure: { code: ErrorCode; message: string },
): Promise<boolean> {
  const run = await db.run.findUnique({
    where: { id: runId },
    select: { view: true, status: true, lastSeq: true, finishedAt: true },
  });
  if (!run || run.finishedAt !== null) return false;
  const at = Date.now();
  const seq = run.lastSeq + 1;
  const { variables } = storedView(run);
  const view: RunView = {
    status: 'failed',
    currentNodes: [],
    variables,
    lastSeq: seq,
    error: failure,
  };
  const finished = { status: 'failed', error: failure } as const;
  const result = await recordRun(pool, {
    runId,
    events: [{ seq, at, type: 'run.finished', data: finished }],
    view,
    error: failure,
    finishedAt: at,
  });
  return result === 'recorded';
}
