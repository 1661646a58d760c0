import type { Prisma } from '@crmflow/db';
import { noSuchFlow, staleRevision } from './flow-errors.js';

/** A flow that nobody else changes until the transaction ends. */
export type LockedFlow = { name: string; workspaceId: string; bytes: number };

/**
 * Keeps everyone else from changing or publishing a flow until the transaction ends. Runs may
 * start meanwhile.
 * @param revision refused where the flow has another one by now; absent: any will do
 * @returns what is stored of it besides the graph
 * @throws AppError `not_found`, `stale_revision`
 */
export async function lockFlow(
  tx: Prisma.TransactionClient,
  { id, revision }: { id: string; revision: number | undefined },
): Promise<LockedFlow> {
  const [flow] = await tx.$queryRaw<(LockedFlow & { revision: number })[]>`
    SELECT name, revision, bytes, "workspaceId" FROM "Workflow"
     WHERE id = ${id} FOR NO KEY UPDATE`;
  if (!flow) throw noSuchFlow();
  if (revision !== undefined && revision !== flow.revision) throw staleRevision(flow.revision);
  return flow;
}
