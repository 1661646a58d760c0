import { parseDuration } from '@crmflow/contracts';
import { publish } from '@crmflow/db';
import { timingOf, zoneOffsets } from '@crmflow/expressions';
import {
  applyRunSchedule,
  listRunSchedules,
  removeRunSchedule,
  type RunSchedule,
} from '@crmflow/temporal-config';
import pLimit from 'p-limit';
import type { Deps } from '../deps.js';
import { asAppError } from '../errors/as-app-error.js';
import { recordDue } from './schedule-rows.js';
import { scheduleSettingsOf } from './schedule-settings.js';

/** What telling Temporal of schedules needs. */
export type SyncDeps = Pick<Deps, 'pool' | 'temporal' | 'config' | 'logger'>;

type Row = {
  id: string;
  isAlive: boolean;
  enabled: boolean;
  settings: unknown;
  updatedAt: Date;
  since: Date;
  syncedAt: Date | null;
};

const select = `
  SELECT d.id, d.enabled, d.settings, d."updatedAt", s.since, s."syncedAt",
         d."deletedAt" IS NULL AND w."deletingSince" IS NULL AS "isAlive"
    FROM "Schedule" s
    JOIN "Deployment" d ON d.id = s."deploymentId"
    JOIN "Workspace" w ON w.id = d."workspaceId"`;

const atOnce = 8;
const commandMs = 5_000;
/** After so long, Temporal has told of a time, or does not tell of it any more. */
const tellingMs = 120_000;
/** Changes that come while one is told are told too. */
const mostRounds = 5;

function wantedOf({ id, settings: stored }: Row): RunSchedule {
  const settings = scheduleSettingsOf(stored);
  const { calendars, every, timezone, startAt, endAt } = timingOf(settings);
  return {
    deploymentId: id,
    ...{ calendars, every, startAt, endAt, offsetsMs: zoneOffsets(timezone, Date.now()) },
    jitterMs: parseDuration(settings.jitter ?? 'PT0S') ?? 0,
    catchUpMs: parseDuration(settings.catchUp) ?? 0,
  };
}

/** @throws the client's error where Temporal does not answer */
async function tell(deps: SyncDeps, row: Row): Promise<void> {
  const { pool, temporal, config } = deps;
  const { taskQueue } = config.temporal;
  const { id, isAlive, enabled, settings, since, syncedAt } = row;
  // A schedule that Temporal keeps paused for longer than it keeps histories ends there: a paused one is none.
  if (!isAlive || !enabled) return removeRunSchedule(temporal, taskQueue, id);
  const wanted = wantedOf(row);
  const isNew = await applyRunSchedule(temporal, taskQueue, wanted);
  if (syncedAt === null) return;
  if (isNew) {
    deps.logger.info({ deploymentId: id }, 'Created a schedule again that Temporal had lost');
  }
  // What Temporal may still be about to tell of is left to it: it spreads what has a jitter.
  const graceMs = isNew ? 0 : wanted.jitterMs + tellingMs;
  const from = new Date(
    Math.max(since.getTime(), syncedAt.getTime() - wanted.jitterMs - tellingMs),
  );
  await recordDue(pool, id, settings, { since: from, now: Date.now() - graceMs });
  await publish(pool, { kind: 'firing', deploymentId: id });
}

/** @returns false where it was changed meanwhile */
async function noteTold(pool: Deps['pool'], row: Row): Promise<boolean> {
  const { id, isAlive, syncedAt, updatedAt } = row;
  const { rowCount } = await pool.query(
    isAlive
      ? `UPDATE "Schedule" s SET "syncedAt" = clock_timestamp() FROM "Deployment" d
          WHERE s."deploymentId" = $1 AND d.id = $1 AND d."updatedAt" = $3
            AND s."syncedAt" IS NOT DISTINCT FROM $2`
      : `DELETE FROM "Schedule" s USING "Deployment" d
          WHERE s."deploymentId" = $1 AND d.id = $1 AND d."updatedAt" = $3
            AND s."syncedAt" IS NOT DISTINCT FROM $2`,
    [id, syncedAt, updatedAt],
  );
  return rowCount === 1;
}

async function sync(deps: SyncDeps, id: string): Promise<void> {
  const { pool, temporal } = deps;
  for (let round = 0; round < mostRounds; round += 1) {
    const { rows } = await pool.query<Row>(`${select} WHERE d.id = $1`, [id]);
    const [row] = rows;
    if (!row) return;
    await temporal.withDeadline(Date.now() + commandMs, () => tell(deps, row));
    if (await noteTold(pool, row)) return;
  }
}

/**
 * Tells Temporal how the schedule of a deployment is now. Where Temporal does not answer, it is told later:
 * the table says that it is to be.
 */
export async function syncSchedule(deps: SyncDeps, id: string): Promise<void> {
  try {
    await sync(deps, id);
  } catch (error) {
    const { code } = asAppError(error);
    const details = { deploymentId: id, code, ...(code === 'internal' && { err: error }) };
    deps.logger.warn(details, 'Temporal could not be told of a schedule; it is told again shortly');
  }
}

/**
 * Tells Temporal of the schedules that have changed, or that it was not told of for an hour.
 * @param isBoot of all
 */
export async function syncDueSchedules(deps: SyncDeps, isBoot: boolean): Promise<void> {
  const { rows } = await deps.pool.query<{ id: string }>(
    `SELECT s."deploymentId" AS id FROM "Schedule" s
       JOIN "Deployment" d ON d.id = s."deploymentId"
       JOIN "Workspace" w ON w.id = d."workspaceId"
      WHERE $1 OR s."syncedAt" IS NULL OR s."syncedAt" < now() - interval '1 hour'
         OR d."deletedAt" IS NOT NULL OR w."deletingSince" IS NOT NULL`,
    [isBoot],
  );
  await pLimit(atOnce).map(rows, ({ id }) => syncSchedule(deps, id));
}

/**
 * Removes the schedules from Temporal whose deployment is gone with its flow or its workspace.
 * @throws the client's error where Temporal does not answer
 */
export async function removeOrphans({ pool, temporal, config }: SyncDeps): Promise<void> {
  const { taskQueue } = config.temporal;
  const found = await listRunSchedules(temporal, taskQueue);
  const { rows } = await pool.query<{ id: string }>(
    `SELECT id FROM unnest($1::text[]) AS t (id)
      WHERE NOT EXISTS (SELECT FROM "Deployment" d WHERE d.id = t.id)`,
    [found],
  );
  await pLimit(atOnce).map(rows, ({ id }) => removeRunSchedule(temporal, taskQueue, id));
}
