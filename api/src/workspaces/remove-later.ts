import { removeWorkspace } from '@crmflow/db';
import { forgetRuns } from '@crmflow/temporal-config';
import type { Deps } from '../deps.js';

/**
 * Begins to remove a workspace that was marked as deleted, in the background. What an outage or a
 * crash breaks off is finished by maintenance.
 */
export function removeLater(
  { pool, temporal, logger }: Pick<Deps, 'pool' | 'temporal' | 'logger'>,
  workspaceId: string,
): void {
  removeWorkspace(pool, workspaceId, (runIds) => forgetRuns(temporal, runIds)).catch(
    (error: unknown) =>
      logger.error({ err: error }, 'Removing a workspace failed; it will be retried'),
  );
}
