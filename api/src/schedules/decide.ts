import { type FiringKind, limits, type SchedulePause } from '@crmflow/contracts';
import { transaction } from '@crmflow/db';
import type { Pool } from 'pg';
import { isMemberSql } from '../access/memberships.js';
import { type Ask, askOfClient } from '../ask.js';
import { scheduleSettingsOf } from '../deployments/schedule-settings.js';
import { judge, reasons, type Verdict } from './judge.js';

/** For longer than a start takes; then another process may take it up. */
export const leaseSeconds = 30;
/** Starts of one schedule at once; more of them follow. */
const startsAtOnce = 20;

/** A firing whose run is to be started, by who holds its lease. */
export type Claim = {
  deploymentId: string;
  key: string;
  kind: FiringKind;
  scheduledAt: Date;
  actualAt: Date;
};

/** What is to be done for a schedule now. */
export type Decision = {
  claims: Claim[];
  /** More is to be started after these. */
  hasMore: boolean;
  /** It paused itself. */
  paused: boolean;
};

const nothing: Decision = { claims: [], hasMore: false, paused: false };

type Row = {
  isAlive: boolean;
  enabled: boolean;
  settings: unknown;
  failures: number;
  hasOwner: boolean;
};

/** Others that decide for the same schedule wait for the end of the transaction. */
async function lock(ask: Ask, id: string): Promise<Row | undefined> {
  const [row] = await ask<Row>(
    `SELECT d.enabled, d.settings, d."deletedAt" IS NULL AND w."deletingSince" IS NULL AS "isAlive",
            coalesce(s.failures, 0) AS failures,
            ${isMemberSql('d."workspaceId"', 's."ownerId"')} AS "hasOwner"
       FROM "Deployment" d
       JOIN "Workspace" w ON w.id = d."workspaceId"
       LEFT JOIN "Schedule" s ON s."deploymentId" = d.id
      WHERE d.id = $1 AND d.kind = 'schedule' FOR NO KEY UPDATE OF d`,
    [id],
  );
  return row;
}

/** Notes which runs have ended. @returns how many have failed since one ended well */
async function settle(ask: Ask, id: string, failures: number): Promise<number> {
  const ended = await ask<{ state: 'ended' | 'failed'; finishedAt: Date | null }>(
    `UPDATE "ScheduleFiring" f
        SET state = CASE WHEN r.status = 'failed' THEN 'failed' ELSE 'ended' END
       FROM "ScheduleFiring" o LEFT JOIN "Run" r ON r.id = o."runId"
      WHERE o."deploymentId" = $1 AND o.state = 'running'
        AND (r.id IS NULL OR r."finishedAt" IS NOT NULL)
        AND f."deploymentId" = $1 AND f.key = o.key
     RETURNING f.state, r."finishedAt"`,
    [id],
  );
  const at = ({ finishedAt }: { finishedAt: Date | null }) => finishedAt?.getTime() ?? 0;
  const inOrder = ended.sort((one, other) => at(one) - at(other));
  const now = inOrder.reduce((sum, { state }) => (state === 'failed' ? sum + 1 : 0), failures);
  if (now !== failures) {
    await ask('UPDATE "Schedule" SET failures = $2 WHERE "deploymentId" = $1', [id, now]);
  }
  return now;
}

async function pause(ask: Ask, id: string, because: SchedulePause): Promise<void> {
  await ask('UPDATE "Deployment" SET enabled = false, "updatedAt" = now() WHERE id = $1', [id]);
  await ask(
    'UPDATE "Schedule" SET "pausedBecause" = $2, "syncedAt" = NULL WHERE "deploymentId" = $1',
    [id, because],
  );
}

type Open = {
  key: string;
  kind: FiringKind;
  scheduledAt: Date;
  state: 'due' | 'starting' | 'running';
  code: string | null;
  isTaken: boolean;
};

/** Writes down what becomes of those that start no run now. */
async function put(ask: Ask, id: string, verdicts: ReadonlyMap<string, Verdict>): Promise<void> {
  for (const verdict of new Set(verdicts.values())) {
    if (verdict === 'start') continue;
    const keys = [...verdicts].flatMap(([key, one]) => (one === verdict ? [key] : []));
    const [state, detail] = verdict === 'wait' ? (['due', null] as const) : reasons[verdict];
    await ask(
      `UPDATE "ScheduleFiring" SET state = $3, code = $4, detail = $5, "leaseUntil" = NULL
        WHERE "deploymentId" = $1 AND key = ANY ($2)`,
      [id, keys, state, verdict === 'wait' ? 'buffered' : verdict, detail],
    );
  }
}

/**
 * Decides what becomes of all that is due at a schedule: one process at a time, in the order of times. What
 * is to start is leased to the caller; where that dies, another one takes it up, and finds the run that was
 * started, if one was.
 */
export function decide(pool: Pool, id: string): Promise<Decision> {
  return transaction(pool, async (client) => {
    const ask = askOfClient(client);
    const row = await lock(ask, id);
    if (!row) return nothing;
    const { isAlive, hasOwner } = row;
    const failures = await settle(ask, id, row.failures);
    const because: SchedulePause | null = !hasOwner
      ? 'owner_gone'
      : failures >= limits.failuresInARow
        ? 'failing'
        : null;
    const paused = isAlive && row.enabled && because !== null;
    if (paused) await pause(ask, id, because);
    const open = await ask<Open>(
      `SELECT key, kind, "scheduledAt", state, code,
              state = 'running' OR (state = 'starting' AND "leaseUntil" >= now()) AS "isTaken"
         FROM "ScheduleFiring"
        WHERE "deploymentId" = $1 AND state IN ('due', 'starting', 'running')
        ORDER BY "scheduledAt", key`,
      [id],
    );
    const standing = {
      isAlive,
      enabled: row.enabled && !paused,
      settings: scheduleSettingsOf(row.settings),
      active: open.filter(({ state }) => state !== 'due').length,
      buffered: 0,
      now: Date.now(),
    };
    const verdicts = new Map<string, Verdict>();
    const starts: string[] = [];
    for (const { key, kind, scheduledAt, state, code, isTaken } of open) {
      if (isTaken) continue;
      if (starts.length === startsAtOnce) break;
      const waiting = {
        ...{ key, kind, scheduledAt: scheduledAt.getTime() },
        isBuffered: code === 'buffered',
      };
      // That it starts was decided before, by a process that has died since.
      const isDecided = state === 'starting' && isAlive;
      const verdict = isDecided ? 'start' : judge(waiting, standing);
      if (verdict === 'start') {
        starts.push(key);
        if (!isDecided) standing.active += 1;
      } else if (verdict === 'wait') {
        standing.buffered += 1;
        if (waiting.isBuffered) continue;
      }
      verdicts.set(key, verdict);
    }
    await put(ask, id, verdicts);
    const claims = await ask<Claim>(
      `UPDATE "ScheduleFiring"
          SET state = 'starting', code = NULL, "actualAt" = coalesce("actualAt", now()),
              "leaseUntil" = now() + make_interval(secs => $3)
        WHERE "deploymentId" = $1 AND key = ANY ($2)
       RETURNING "deploymentId", key, kind, "scheduledAt", "actualAt"`,
      [id, starts, leaseSeconds],
    );
    return { claims, hasMore: starts.length === startsAtOnce, paused };
  });
}
