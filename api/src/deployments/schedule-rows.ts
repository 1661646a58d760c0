import { limits, parseDuration } from '@crmflow/contracts';
import { addFirings } from '@crmflow/db';
import { timesOf, timingOf } from '@crmflow/expressions';
import type pg from 'pg';
import { type Ask, askOfClient } from '../ask.js';
import { AppError } from '../errors/app-error.js';
import { scheduleSettingsOf } from './schedule-settings.js';

/** Longer is not made up for, whatever the schedule says. */
const longestMs = 30 * 86_400_000;

/**
 * Writes down the times of a schedule that have come and that Temporal may not have told of; those that it
 * has told of stay as they are.
 * @param since no earlier one counts
 */
export async function recordDue(
  database: pg.Pool | pg.ClientBase,
  deploymentId: string,
  stored: unknown,
  { since, now }: { since: Date; now: number },
): Promise<void> {
  const settings = scheduleSettingsOf(stored);
  const catchUpMs = Math.min(parseDuration(settings.catchUp) ?? 0, longestMs);
  const from = Math.max(since.getTime() + 1, now - catchUpMs);
  const due: Date[] = [];
  for (const at of timesOf(timingOf(settings), from)) {
    if (at > now || due.length === limits.backfillTimes) break;
    due.push(new Date(at));
  }
  if (due.length > 0) await addFirings(database, deploymentId, 'scheduled', due);
}

/** @throws AppError `deployments_full` where the workspace has too many schedules */
export async function requireScheduleRoom(ask: Ask, workspaceId: string): Promise<void> {
  // Others who add one wait for the end of the transaction.
  await ask('SELECT id FROM "Workspace" WHERE id = $1 FOR NO KEY UPDATE', [workspaceId]);
  const [row] = await ask<{ count: number }>(
    `SELECT count(*)::int AS count FROM "Deployment"
      WHERE "workspaceId" = $1 AND kind = 'schedule' AND "deletedAt" IS NULL`,
    [workspaceId],
  );
  if ((row?.count ?? 0) < limits.schedules) return;
  const detail = `The workspace has ${limits.schedules} schedules, which is the limit. Delete some first.`;
  throw new AppError('deployments_full', detail);
}

/** What a new schedule has besides its settings. */
export async function addSchedule(ask: Ask, deploymentId: string, ownerId: string): Promise<void> {
  await ask('INSERT INTO "Schedule" ("deploymentId", "ownerId") VALUES ($1, $2)', [
    deploymentId,
    ownerId,
  ]);
}

/** How a schedule is changed. */
export type ScheduleChange = {
  /** Whether it is about when the schedule is due. */
  isTimed: boolean;
  /** Whether it pauses or resumes; undefined where it does neither. */
  enabled: boolean | undefined;
  /** Who changes it. */
  userId: string;
};

/**
 * Notes a change of a schedule, of which Temporal is to be told. What has come by then counts by the settings
 * before: an edit at the very moment loses no run. Whoever resumes it answers for it from then on.
 * @param before as it was, locked
 */
export async function changeSchedule(
  client: pg.ClientBase,
  id: string,
  before: { enabled: boolean; settings: unknown },
  { isTimed, enabled, userId }: ScheduleChange,
): Promise<void> {
  const ask = askOfClient(client);
  const resumed = enabled === true && !before.enabled;
  if (isTimed && before.enabled) {
    const [row] = await ask<{ since: Date }>(
      'SELECT since FROM "Schedule" WHERE "deploymentId" = $1',
      [id],
    );
    if (row) await recordDue(client, id, before.settings, { ...row, now: Date.now() });
  }
  await ask(
    `UPDATE "Schedule"
        SET "syncedAt" = NULL,
            since = CASE WHEN $2 OR $3 THEN now() ELSE since END,
            "ownerId" = CASE WHEN $3 THEN $5 ELSE "ownerId" END,
            failures = CASE WHEN $3 THEN 0 ELSE failures END,
            "pausedBecause" = CASE WHEN $4 THEN NULL ELSE "pausedBecause" END
      WHERE "deploymentId" = $1`,
    [id, isTimed, resumed, enabled !== undefined, userId],
  );
}

/** Forgets what became of the times of a deleted schedule; Temporal is told as soon as it can be. */
export async function endSchedule(ask: Ask, id: string): Promise<void> {
  await ask('DELETE FROM "ScheduleFiring" WHERE "deploymentId" = $1', [id]);
  await ask('UPDATE "Schedule" SET "syncedAt" = NULL WHERE "deploymentId" = $1', [id]);
}
