import { randomUUID } from 'node:crypto';
import { type AtRevision, flowSchema, type Json, limits, type Version } from '@crmflow/contracts';
import type { Db, Prisma } from '@crmflow/db';
import { canonicalHash } from '../../canonical-hash.js';
import { AppError } from '../../errors/app-error.js';
import { audit } from '../../access/audit.js';
import type { Access } from '../../access/authorize.js';
import { askOf } from '../../ask.js';
import type { Budgets } from '../../usage/budgets.js';
import { bytesOf } from '../stored-graph.js';
import { asFlow, type FlowGraph } from '../flow-graph.js';
import { readable, requireRunnable } from '../require-runnable.js';
import { lockFlow } from '../lock-flow.js';
import { readFlow } from '../read-flow.js';
import { noSuchFlow } from '../flow-errors.js';
import { transactionLimits } from '../transaction-limits.js';
import { toVersion, type VersionRow } from './version-row.js';

async function readGraph(tx: Prisma.TransactionClient, workflowId: string): Promise<FlowGraph> {
  const flow = await readFlow(tx, workflowId);
  if (!flow) throw noSuchFlow();
  const { nodes, edges, variables } = flow;
  return { nodes, edges, variables };
}

const versionsFull = () =>
  new AppError(
    'versions_full',
    `The flow has ${limits.flowVersions} versions, which is the limit. Clone it, and continue with the clone.`,
  );

type VersionKey = { workflowId: string; hash: string };

async function insertNext(
  tx: Prisma.TransactionClient,
  { workflowId, number, hash, graph }: VersionKey & { number: number; graph: FlowGraph },
): Promise<Version> {
  const stored = graph as unknown as Prisma.InputJsonObject;
  const row = await tx.workflowVersion.create({
    data: { id: randomUUID(), workflowId, number, contentHash: hash, graph: stored },
    select: { id: true, workflowId: true, createdAt: true },
  });
  return toVersion({ ...row, number, nodeCount: graph.nodes.length });
}

/**
 * Makes the draft the newest version, which runs take from now on where none is named; runs under
 * way stay on theirs. Who publishes what is published already gets that version again, so a second
 * click makes no second version. Those who publish at once take turns.
 * @returns `created: false` where the newest version has the same graph
 * @throws AppError `not_found`, `stale_revision`, `flow_invalid`, `versions_full`,
 *   `flow_storage_full`, `installation_full`
 */
export async function publish(
  { db, budgets }: { db: Db; budgets: Budgets },
  access: Access,
  workflowId: string,
  { revision }: AtRevision,
): Promise<{ created: boolean; version: Version }> {
  await budgets.requireInstallation();
  return db.$transaction(async (tx) => {
    const { name } = await lockFlow(tx, { id: workflowId, revision });
    const graph = await readGraph(tx, workflowId);
    requireRunnable(readable(() => flowSchema.parse(asFlow(name, graph))));
    const hash = canonicalHash(graph as unknown as Json);
    const [newest] = await tx.$queryRaw<(VersionRow & { hash: string })[]>`
      SELECT id, "workflowId", number, "createdAt", "contentHash" AS hash,
             jsonb_array_length(graph->'nodes') AS "nodeCount"
        FROM "WorkflowVersion" WHERE "workflowId" = ${workflowId} AND number IS NOT NULL
       ORDER BY number DESC LIMIT 1`;
    await tx.$executeRaw`
      UPDATE "Workflow" SET "publishedRevision" = revision WHERE id = ${workflowId}`;
    if (newest?.hash === hash) return { created: false, version: toVersion(newest) };
    const number = (newest?.number ?? 0) + 1;
    if (number > limits.flowVersions) throw versionsFull();
    await budgets.requireRoom(askOf(tx), access.workspaceId, { flowStorage: bytesOf(graph) });
    const version = await insertNext(tx, { workflowId, number, hash, graph });
    const resource = { kind: 'flow', id: workflowId, name };
    await audit(askOf(tx), access, {
      action: 'flow.publish',
      resource,
      changes: { version: number },
    });
    return { created: true, version };
  }, transactionLimits);
}
