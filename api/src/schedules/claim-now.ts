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
