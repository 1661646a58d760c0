import { AppError } from '../../errors/app-error.js';
import { launchStored, markLaunched } from '../launch.js';
import { endRun } from './end-run.js';
import type { ReconcileDeps } from './reconcile-deps.js';

/** Longer than a start may take: whoever is at it has given up by then. */
const overdueMs = 10_000;
const abandonedMs = 30_000;
const atOnce = 100;

type Overdue = {
  id: string;
  requestId: string | null;
  resume: unknown;
  parentRunId: string | null;
  startedAt: Date;
};

async function launchRequested(deps: ReconcileDeps, runId: string): Promise<void> {
  try {
    await launchStored(deps, runId);
    deps.count('launched');
    deps.logger.info({ runId }, 'Launched a run that had not started');
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { code, detail: message } = error;
    deps.count('ended');
    deps.logger.warn({ runId, code }, 'Ended a run that cannot be launched');
    await endRun(deps, runId, { code, message });
  }
}

/** Whether a run goes on: it starts itself what it has written down. */
async function isOpen({ db }: ReconcileDeps, runId: string): Promise<boolean> {
  return (await db.run.count({ where: { id: runId, finishedAt: null } })) > 0;
}

/** Whoever started it was told that it has not started: it is forgotten, if that is so. */
async function settleUnrequested(deps: ReconcileDeps, runId: string): Promise<void> {
  if ((await deps.engine.stateOf(runId)) !== 'unknown') return markLaunched(deps.pool, runId);
  await deps.db.run.deleteMany({ where: { id: runId, launchedAt: null, lastSeq: 0 } });
  deps.count('forgotten');
  deps.logger.info({ runId }, 'Removed a run that never started');
}

/**
 * Sees to runs that were written down but not launched, as when Temporal was away or the process
 * that launched them died: those with a requestId are launched, and those that go
 * on after a retry or as a fork; the others are forgotten. What a run starts
 * is left to that run, as long as it goes on.
 * @throws the client's error where Temporal does not answer
 */
export async function launchOverdue(deps: ReconcileDeps): Promise<void> {
  const now = Date.now();
  const runs: Overdue[] = await deps.db.run.findMany({
    where: { launchedAt: null, finishedAt: null, updatedAt: { lt: new Date(now - overdueMs) } },
    orderBy: [{ startedAt: 'asc' }, { id: 'asc' }],
    take: atOnce,
    select: { id: true, requestId: true, resume: true, parentRunId: true, startedAt: true },
  });
  for (const { id, requestId, resume, parentRunId, startedAt } of runs) {
    if (requestId !== null || resume !== null) await launchRequested(deps, id);
    else if (parentRunId !== null && (await isOpen(deps, parentRunId))) continue;
    else if (now - startedAt.getTime() > abandonedMs) await settleUnrequested(deps, id);
  }
}
