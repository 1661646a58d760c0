import { endRun, explainEnd } from './end-run.js';
import type { ReconcileDeps } from './reconcile-deps.js';
import { createSuspects } from './suspects.js';

/** Finds runs that Temporal has ended without their telling, and ends them. */
export type ClosedRuns = {
  /** Looks at what has closed since the look before. */
  look(): Promise<void>;
  /** Looks at every run under way, one by one: finds also what closed while nobody looked. */
  lookAtAll(): Promise<void>;
};

/** Temporal's list of closed workflows lags behind. */
const overlapMs = 120_000;
const batch = 50;

/** All of these reject with the client's error where Temporal does not answer. */
export function createClosedRuns(deps: ReconcileDeps & { now?: () => number }): ClosedRuns {
  const { db, engine, logger, count, now = Date.now } = deps;
  const suspects = createSuspects();
  let lookedAt = now();

  const openAmong = async (ids: readonly string[]) => {
    if (ids.length === 0) return [];
    const rows = await db.run.findMany({
      where: { id: { in: [...ids] }, finishedAt: null, launchedAt: { not: null } },
      select: { id: true },
    });
    return rows.map(({ id }) => id);
  };

  const judge = async (runId: string) => {
    const state = await engine.stateOf(runId);
    if (state === 'running') return suspects.clear(runId);
    suspects.add(runId, now());
    if (!suspects.isCertain(runId, state, now())) return;
    const message = explainEnd(state);
    if (await endRun(deps, runId, { code: 'run_terminated', message })) {
      count('ended');
      logger.warn(
        { runId, state },
        'Ended a run that had already ended in Temporal or was lost there',
      );
    }
    suspects.clear(runId);
  };

  /** Those that have told their end by now are none any more. */
  const judgeSuspects = async () => {
    const all = suspects.all();
    const open = new Set(await openAmong(all));
    for (const runId of all) {
      if (open.has(runId)) await judge(runId);
      else suspects.clear(runId);
    }
  };

  return {
    async look() {
      const begun = now();
      const closed = await engine.closedSince(new Date(lookedAt - overlapMs));
      for (const runId of await openAmong(closed)) suspects.add(runId, now());
      await judgeSuspects();
      lookedAt = begun;
    },
    async lookAtAll() {
      let last: { startedAt: Date; id: string } | undefined;
      do {
        const rows: { startedAt: Date; id: string }[] = await db.run.findMany({
          where: {
            finishedAt: null,
            launchedAt: { not: null },
            ...(last && {
              OR: [
                { startedAt: { gt: last.startedAt } },
                { startedAt: last.startedAt, id: { gt: last.id } },
              ],
            }),
          },
          orderBy: [{ startedAt: 'asc' }, { id: 'asc' }],
          take: batch,
          select: { id: true, startedAt: true },
        });
        await Promise.all(rows.map(({ id }) => judge(id)));
        last = rows.length === batch ? rows.at(-1) : undefined;
      } while (last);
    },
  };
}
