import { randomUUID } from 'node:crypto';
import {
  type FlowTest,
  type Json,
  limits,
  type PublishFlow,
  type Version,
} from '@crmflow/contracts';
import type { Prisma } from '@crmflow/db';
import { canonicalHash } from '../../canonical-hash.js';
import { AppError } from '../../errors/app-error.js';
import { audit } from '../../access/audit.js';
import type { Access } from '../../access/authorize.js';
import { askOf } from '../../ask.js';
import type { Budgets } from '../../usage/budgets.js';
import { bytesOf } from '../stored-graph.js';
import type { FlowGraph } from '../flow-graph.js';
import { type Gate, type GateDeps, runGate, runnable, testsFailed } from '../tests/run-tests.js';
import { readTests } from '../tests/stored-tests.js';
import { checkCalledFlows } from '../called-flows.js';
import { requireNoErrors } from '../require-runnable.js';
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

type NewVersion = {
  workflowId: string;
  hash: string;
  number: number;
  graph: FlowGraph;
  tests: readonly FlowTest[];
};

async function insertNext(
  tx: Prisma.TransactionClient,
  { workflowId, number, hash, graph, tests }: NewVersion,
): Promise<Version> {
  const stored = graph as unknown as Prisma.InputJsonObject;
  const data = { id: randomUUID(), workflowId, number, contentHash: hash, graph: stored };
  const row = await tx.workflowVersion.create({
    data: { ...data, tests },
    select: { id: true, workflowId: true, createdAt: true },
  });
  return toVersion({ ...row, number, nodeCount: graph.nodes.length });
}

/** Which tests failed, and why that did not matter, for the audit log. */
const overridden = (
  { failed }: Gate,
  override: string | undefined,
): { override: string; failedTests: string[] } | null =>
  failed.length > 0 && override !== undefined
    ? { override, failedTests: failed.map(({ name }) => name) }
    : null;

/**
 * Makes the draft the newest version, which runs take from now on where none is named; runs under
 * way stay on theirs. Who publishes what is published already gets that version again, so a second
 * click makes no second version. Those who publish at once take turns. Tests that it needs run before
 * that, on the revision that is then published.
 * @returns `created: false` where the newest version has the same graph
 * @throws AppError `not_found`, `stale_revision`, `flow_invalid`, `tests_failed`, `rate_limited`,
 *   `versions_full`, `flow_storage_full`, `installation_full`
 */
export async function publish(
  deps: GateDeps & { budgets: Budgets },
  access: Access,
  workflowId: string,
  { revision, override }: PublishFlow,
): Promise<{ created: boolean; version: Version }> {
  const { db, budgets } = deps;
  await budgets.requireInstallation();
  const gate = await runGate(deps, access, workflowId);
  // A draft that was saved meanwhile is another one than the tests ran on.
  const at = { id: workflowId, revision: revision ?? gate.revision };
  return db.$transaction(async (tx) => {
    const { name } = await lockFlow(tx, at);
    const graph = await readGraph(tx, workflowId);
    const flow = runnable(name, graph);
    const called = { id: workflowId, nodes: flow.nodes };
    requireNoErrors(flow, await checkCalledFlows(askOf(tx), access.workspaceId, called));
    if (gate.failed.length > 0 && override === undefined) throw testsFailed(gate);
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
    const tests = await readTests(askOf(tx), workflowId);
    const version = await insertNext(tx, { workflowId, number, hash, graph, tests });
    const resource = { kind: 'flow', id: workflowId, name };
    await audit(askOf(tx), access, {
      action: 'flow.publish',
      resource,
      changes: { version: number, ...overridden(gate, override) },
    });
    return { created: true, version };
  }, transactionLimits);
}
