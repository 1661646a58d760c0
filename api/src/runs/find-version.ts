import type { StartRun } from '@crmflow/contracts';
import type { Db } from '@crmflow/db';
import type { Pool } from 'pg';
import { AppError } from '../errors/app-error.js';
import { keepDraft, type Version } from './draft-version.js';
import type { FlowGraph } from './flow-graph.js';

/**
 * What a run is to execute: a published version, the newest one where none is named, or the draft
 * as it is now.
 * @throws AppError `no_version`, `stale_revision`; `invalid` for the revision of a published version
 */
export async function findVersion(
  deps: { db: Db; pool: Pool },
  workflowId: string,
  { version: wanted, revision }: Pick<StartRun, 'version' | 'revision'>,
): Promise<Version> {
  if (wanted === 'draft') return keepDraft(deps.db, deps.pool, workflowId, revision);
  if (revision !== undefined) {
    throw new AppError('invalid', 'Only a draft has a revision: send version "draft" with it.', {
      errors: [{ path: 'revision', message: 'needs version "draft"' }],
    });
  }
  const version = await deps.db.workflowVersion.findFirst({
    where: { workflowId, number: wanted ?? { not: null } },
    orderBy: { number: 'desc' },
    select: { id: true, number: true, graph: true },
  });
  if (version) return { ...version, graph: version.graph as unknown as FlowGraph };
  throw new AppError(
    'no_version',
    wanted === undefined
      ? 'The flow has not been published. Publish it, or run the draft with version: "draft".'
      : `The flow has no version ${wanted}. GET its versions for those that exist.`,
  );
}
