import type pg from 'pg';

/** What tells the firing at a time of a schedule from others, and is the requestId of its run. */
export const firingKey = (scheduledAt: Date): string => `at-${scheduledAt.getTime()}`;

/**
 * Writes down times of a schedule, each once, whoever is at it and however often.
 * @returns how many were not known before
 */
export async function addFirings(
  database: pg.Pool | pg.ClientBase,
  deploymentId: string,
  kind: 'scheduled' | 'backfill',
  times: readonly Date[],
): Promise<number> {
  const { rowCount } = await database.query(
    `INSERT INTO "ScheduleFiring" ("deploymentId", key, kind, "scheduledAt")
     SELECT $1, key, $2, at FROM unnest($3::text[], $4::timestamptz[]) AS t (key, at)
     ON CONFLICT DO NOTHING`,
    [deploymentId, kind, times.map(firingKey), times],
  );
  return rowCount ?? 0;
}

/** The settings of a schedule, as they are stored; null where there is no such deployment (any more). */
export async function readScheduleSettings(pool: pg.Pool, deploymentId: string): Promise<unknown> {
  const { rows } = await pool.query<{ settings: unknown }>(
    `SELECT d.settings FROM "Deployment" d
       JOIN "Workspace" w ON w.id = d."workspaceId" AND w."deletingSince" IS NULL
      WHERE d.id = $1 AND d.kind = 'schedule' AND d."deletedAt" IS NULL`,
    [deploymentId],
  );
  return rows[0]?.settings ?? null;
}
