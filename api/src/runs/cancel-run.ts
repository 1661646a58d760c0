import { isFinal, type RunStatus } from '@crmflow/contracts';
import type { RunDeps } from '../deps.js';
import { AppError } from '../errors/app-error.js';
import { readRunHead } from './run-head.js';
import { launchStored } from './launch.js';

/** A run that is being cancelled, and how far it was when that was asked for. */
export type Cancelling = { runId: string; status: RunStatus };

const finished = (status: string) =>
  new AppError('run_finished', `The run has already ended (${status.replace('_', ' ')}).`);

/**
 * Asks a run to end; it tells its end like any other. Safe to repeat: a run that is cancelled
 * already stays so.
 * @throws AppError `not_found`, `run_finished` where it has ended otherwise; the client's error
 *   where Temporal does not answer
 */
export async function cancelRun(deps: RunDeps, runId: string): Promise<Cancelling> {
  const { status, launched } = await readRunHead(deps.pool, runId);
  if (status === 'cancelled') return { runId, status };
  if (isFinal(status)) throw finished(status);
  const reason = 'Cancelled by a user.';
  // Temporal may know nothing of it yet, or only an execution that has failed.
  if (!launched) await launchStored(deps, runId);
  const asked = await deps.engine.cancel(runId, reason);
  if (asked) return { runId, status };
  const now = await readRunHead(deps.pool, runId);
  if (now.status === 'cancelled') return { runId, status: now.status };
  throw finished(now.status);
}
