import type { Pool } from 'pg';
import type { Deps } from '../../deps.js';

const hourMs = 60 * 60 * 1000;

/**
 * Removes the drafts that were kept for test runs of which none is left. One of the last day
 * stays: its run may be about to start.
 * @returns how many
 */
export async function pruneDrafts(pool: Pool): Promise<number> {
  const { rowCount } = await pool.query(
    `DELETE FROM "WorkflowVersion" v
      WHERE v.number IS NULL AND v."createdAt" < now() - interval '1 day'
        AND NOT EXISTS (SELECT 1 FROM "Run" r WHERE r."versionId" = v.id)
        AND NOT EXISTS (SELECT 1 FROM "Run" r WHERE r."firstVersionId" = v.id)`,
  );
  return rowCount ?? 0;
}

/** Prunes drafts once an hour. @returns what ends that */
export function keepPruningDrafts({ pool, logger }: Pick<Deps, 'pool' | 'logger'>): () => void {
  const prune = () =>
    pruneDrafts(pool).catch((error: unknown) => {
      logger.warn({ err: error }, 'Unused drafts could not be removed; retrying');
    });
  const timer = setInterval(() => void prune(), hourMs);
  return () => clearInterval(timer);
}
