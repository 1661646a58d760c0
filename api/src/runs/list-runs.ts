import type { ListQuery, Page, RunError, RunStatus, RunSummary } from '@crmflow/contracts';
import type { Db } from '@crmflow/db';
import type { Principal } from '../auth/principal.js';
import { decodeCursor, type Position, toPage } from '../http/cursor.js';

/** Which runs, and which page of them. */
export type RunFilter = ListQuery & {
  workflowId?: string | undefined;
  status?: RunStatus | undefined;
};

const after = ({ at, id }: Position) => ({
  OR: [{ startedAt: { lt: at } }, { startedAt: at, id: { lt: id } }],
});

/**
 * The principal's runs, newest first.
 * @throws AppError `bad_request` for a cursor that no list has given
 */
export async function listRuns(
  db: Db,
  { userId }: Principal,
  { workflowId, status, cursor, limit }: RunFilter,
): Promise<Page<RunSummary>> {
  const rows = await db.run.findMany({
    where: {
      ownerId: userId,
      ...(workflowId !== undefined && { workflowId }),
      ...(status !== undefined && { status }),
      ...(cursor !== undefined && after(decodeCursor(cursor))),
    },
    orderBy: [{ startedAt: 'desc' }, { id: 'desc' }],
    take: limit + 1,
    omit: { view: true, input: true },
    include: { version: { select: { number: true } }, workflow: { select: { name: true } } },
  });
  return toPage(rows, limit, ({ startedAt, id }) => ({ at: startedAt, id }), summaryOf);
}

type Row = {
  id: string;
  workflowId: string;
  workflow: { name: string };
  version: { number: number | null };
  status: string;
  mode: string;
  currentNode: string | null;
  lastSeq: number;
  startedAt: Date;
  finishedAt: Date | null;
  error: unknown;
};

function summaryOf(row: Row): RunSummary {
  return {
    runId: row.id,
    workflowId: row.workflowId,
    workflowName: row.workflow.name,
    version: row.version.number ?? 'draft',
    status: row.status as RunStatus,
    mode: row.mode as RunSummary['mode'],
    ...(row.currentNode !== null && { currentNode: row.currentNode }),
    lastSeq: row.lastSeq,
    startedAt: row.startedAt.toISOString(),
    ...(row.finishedAt && { finishedAt: row.finishedAt.toISOString() }),
    ...(row.error !== null && { error: row.error as RunError }),
  };
}
