import {
  type ForkOrigin,
  isFinal,
  limits,
  type RunSnapshot,
  type RunStatus,
  type RunView,
} from '@crmflow/contracts';
import { readChildren, readMessages } from '@crmflow/db';
import type { RunDeps } from '../deps.js';
import { readRun, storedView, type StoredRun } from './read-run.js';
import { type PendingCall, withPendingCalls } from './pending-calls.js';

/** A snapshot, and the epoch of the log that it speaks of. */
export type Look = { snapshot: RunSnapshot; epoch: number };

type Answer = { view: RunView; stale?: true };

/**
 * A run as it is now, within two seconds: as its workflow says, with the attempts that Temporal
 * knows of; where no worker answers in time, as the log has it, marked `stale`; where the run has
 * ended, as it was stored with it.
 * @throws AppError `not_found`
 */
export async function getSnapshot(deps: RunDeps, runId: string): Promise<Look> {
  const run = await readRun(deps, runId);
  if (isFinal(run.status as RunStatus)) return describe(deps, run, { view: storedView(run) });
  const [view, calls] = await Promise.all([
    // One that is not under way yet has nobody to ask, or one who has failed.
    run.launchedAt === null ? null : deps.engine.view(runId).catch(() => null),
    deps.engine.pendingCalls(runId).catch((): PendingCall[] => []),
  ]);
  // It may have moved on or ended meanwhile.
  const now = await readRun(deps, runId);
  if (isFinal(now.status as RunStatus)) return describe(deps, now, { view: storedView(now) });
  const answer: Answer = view === null ? { view: storedView(now), stale: true } : { view };
  const currentNodes = withPendingCalls(answer.view.currentNodes, calls);
  // The older epoch: what was rewritten since is then told.
  const { epoch } = run;
  return describe(deps, { ...now, epoch }, { ...answer, view: { ...answer.view, currentNodes } });
}

/** A run for those who may not read what was said in it. */
export function withoutTranscript({ waiting: _, ...snapshot }: RunSnapshot): RunSnapshot {
  return { ...snapshot, messages: [], variables: {}, isRedacted: true };
}

async function describe({ pool }: RunDeps, run: StoredRun, { view, stale }: Answer): Promise<Look> {
  const [messages, children] = await Promise.all([
    readMessages(pool, run.id, { upToSeq: view.lastSeq, limit: limits.snapshotMessages }),
    readChildren(pool, run.id, limits.snapshotChildren),
  ]);
  const snapshot: RunSnapshot = {
    ...view,
    ...identity(run),
    // A run that has not told anything yet is as it was started.
    stepping: view.stepping ?? run.mode === 'step',
    pausePoints: view.pausePoints ?? run.pausePoints,
    messages,
    ...(children.length > 0 && { children }),
    ...(run.finishedAt && { finishedAt: run.finishedAt.toISOString() }),
    ...(stale && { stale }),
  };
  return { snapshot, epoch: run.epoch };
}

function identity(run: StoredRun) {
  return {
    runId: run.id,
    workflowId: run.workflowId,
    version: run.version.number ?? ('draft' as const),
    mode: run.mode as RunSnapshot['mode'],
    ...(run.conversationId !== null && { conversationId: run.conversationId }),
    ...(run.parentRunId !== null && {
      parent: {
        runId: run.parentRunId,
        nodeId: run.parentNodeId ?? '',
        visit: run.parentVisit ?? 1,
      },
    }),
    ...(run.origin !== null && { origin: run.origin as ForkOrigin }),
    startedAt: run.startedAt.toISOString(),
  };
}
