import type { Pool } from 'pg';
import { noSuchDeployment } from '../deployments/read-deployments.js';
import { type Claim, leaseSeconds } from './decide.js';

/**
 * Writes down that somebody wants a run of a schedule now, once for each request.
 * @throws AppError `not_found` where the deployment was deleted meanwhile
 */
export async function claimNow(
  pool: Pool,
  deploymentId: string,
  requestId: string,
): Promise<Claim> {
  const key = `now-${requestId}`;
  const { rows } = await pool.query<Claim>(
    `INSERT INTO "ScheduleFiring" AS f
       ("deploymentId", key, kind, "scheduledAt", "actualAt", state, "leaseUntil")
     SELECT id, $2, 'manual', now(), now(), 'starting', now() + make_interval(secs => $3)
       FROM "Deployment" WHERE id = $1 AND "deletedAt" IS NULL
     ON CONFLICT ("deploymentId", key) DO UPDATE
       SET state = CASE f.state WHEN 'refused' THEN excluded.state ELSE f.state END,
           "leaseUntil" = CASE f.state WHEN 'refused' THEN excluded."leaseUntil" ELSE f."leaseUntil" END
     RETURNING "deploymentId", key, kind, "scheduledAt", "actualAt"`,
    [deploymentId, key, leaseSeconds],
  );
  if (!rows[0]) throw noSuchDeployment();
  return rows[0];
}

/** The run of a claim that is stored, but that nobody could say was under way: it is started shortly. */
export async function storedRun(
  pool: Pool,
  { deploymentId, key }: Claim,
): Promise<string | undefined> {
  const { rows } = await pool.query<{ id: string }>(
    `SELECT r.id FROM "Deployment" d
       JOIN "Run" r ON r."workspaceId" = d."workspaceId" AND r."requestScope" = d.id AND r."requestId" = $2
      WHERE d.id = $1`,
    [deploymentId, key],
  );
  return rows[0]?.id;
}

/** Forgets a claim that came to nothing, so that whoever asks again gets one run and not two. */
export async function withdraw(pool: Pool, { deploymentId, key }: Claim): Promise<void> {
  await pool.query(
    `DELETE FROM "ScheduleFiring" WHERE "deploymentId" = $1 AND key = $2 AND state = 'starting'`,
    [deploymentId, key],
  );
}
