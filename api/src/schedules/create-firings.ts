import type { ToldRow } from '@crmflow/db';
import { LRUCache } from 'lru-cache';
import type { Deps } from '../deps.js';
import { isMemberSql } from '../access/memberships.js';
import { syncDueSchedules, removeOrphans, syncSchedule } from '../deployments/sync-schedules.js';
import { asAppError } from '../errors/as-app-error.js';
import { type Claim, decide } from './decide.js';
import { type FiringDeps, startFiring } from './start-firing.js';

/** What becomes of the times of schedules, in one process. */
export type Firings = {
  /** Something may be to be done for the schedule of a deployment: it is looked at soon. */
  wake(deploymentId: string): void;
  /** The log of a run goes up. @param rows what was added, where that is known */
  heard(runId: string, rows?: readonly ToldRow[]): void;
  /** Starts what was claimed. @throws AppError as `startFiring` does */
  start(claim: Claim): Promise<{ runId: string; created: boolean }>;
  /** Looks each few seconds for what nobody was woken for, and keeps Temporal up to date. */
  run(): void;
  /** Settles once what is under way is done; nothing begins after it. */
  close(): Promise<void>;
};

/** Schedules that are looked at at once: at nine many are due. */
const atOnce = 8;
const everyMs = 10_000;
const orphansEveryMs = 3_600_000;
/** Runs of this process whose end is listened for; the end of others is found by looking. */
const mostFollowed = 50_000;

/** Schedules for which something is to be done, and those that are to pause because their owner has gone. */
const findWork = `
  SELECT f."deploymentId" AS id FROM "ScheduleFiring" f LEFT JOIN "Run" r ON r.id = f."runId"
   WHERE f.state IN ('due', 'starting', 'running')
     AND (f.state = 'due' OR (f.state = 'starting' AND f."leaseUntil" < now())
          OR (f.state = 'running' AND (r.id IS NULL OR r."finishedAt" IS NOT NULL)))
  UNION
  SELECT s."deploymentId" FROM "Schedule" s JOIN "Deployment" d ON d.id = s."deploymentId"
   WHERE d.enabled AND d."deletedAt" IS NULL
     AND NOT ${isMemberSql('d."workspaceId"', 's."ownerId"')}`;

/** Deals with the times of schedules: starts their runs, and hears of their end. */
export function createFirings(given: FiringDeps & Pick<Deps, 'temporal'>): Firings {
  const deps = { ...given, logger: given.logger.child({ part: 'schedules' }) };
  const { pool, logger } = deps;
  const waiting = new Set<string>();
  const working = new Map<string, Promise<void>>();
  const followed = new LRUCache<string, string>({ max: mostFollowed });
  let closed = false;
  let timer: NodeJS.Timeout | undefined;
  let round: Promise<void> = Promise.resolve();

  const start = async (claim: Claim) => {
    const started = await startFiring(deps, claim);
    followed.set(started.runId, claim.deploymentId);
    // It may have ended before anybody listened.
    wake(claim.deploymentId);
    return started;
  };

  const work = async (id: string) => {
    const { claims, hasMore, paused } = await decide(pool, id);
    if (paused) await syncSchedule(deps, id);
    // What went wrong with one is written down there.
    await Promise.allSettled(claims.map(start));
    if (hasMore) waiting.add(id);
  };

  const warn = (error: unknown) => {
    const { code } = asAppError(error);
    const details = code === 'internal' ? { err: error } : { code };
    logger.warn(details, 'Schedules could not be looked at; trying again shortly');
  };

  const next = () => {
    for (const id of waiting) {
      if (closed || working.size >= atOnce) return;
      if (working.has(id)) continue;
      waiting.delete(id);
      const done = work(id)
        .catch(warn)
        .finally(() => {
          working.delete(id);
          next();
        });
      working.set(id, done);
    }
  };

  const wake = (id: string) => {
    waiting.add(id);
    next();
  };

  let isBoot = true;
  let lookedForOrphans = 0;
  const look = async () => {
    const { rows } = await pool.query<{ id: string }>(findWork);
    for (const { id } of rows) wake(id);
    await syncDueSchedules(deps, isBoot);
    isBoot = false;
    if (Date.now() - lookedForOrphans < orphansEveryMs) return;
    await removeOrphans(deps);
    lookedForOrphans = Date.now();
  };

  const run = () => {
    round = look()
      .catch(warn)
      .then(() => {
        if (!closed) timer = setTimeout(run, everyMs);
      });
  };

  return {
    wake,
    heard(runId, rows) {
      const deploymentId = followed.get(runId);
      if (deploymentId === undefined) return;
      if (rows && !rows.some(({ type }) => type === 'run.finished')) return;
      wake(deploymentId);
    },
    start,
    run,
    async close() {
      closed = true;
      clearTimeout(timer);
      await Promise.all([round, ...working.values()]);
    },
  };
}
