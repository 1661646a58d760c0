import {
  type AtRevision,
  type FlowNote,
  type FlowResource,
  flowTestsSchema,
} from '@crmflow/contracts';
import type { Db } from '@crmflow/db';
import { audit } from '../../access/audit.js';
import type { Access } from '../../access/authorize.js';
import { askOf } from '../../ask.js';
import { lockFlow } from '../lock-flow.js';
import { fieldsOf } from '../resource.js';
import {
  deleteGraph,
  graphOf,
  insertGraph,
  notePublished,
  notesOf,
  requireRoomToGrow,
  storedVariables,
} from '../stored-graph.js';
import { storeTests } from '../tests/stored-tests.js';
import { transactionLimits } from '../transaction-limits.js';
import type { Budgets } from '../../usage/budgets.js';
import { readVersion } from './read-versions.js';

/**
 * Makes the graph of a version the draft again: its nodes, edges and variables, and its tests as they
 * were. Tests that were written since stay, as do name, description, who may see the flow, and what is
 * published.
 * @throws AppError `not_found`, `stale_revision`, `flow_storage_full`, `tests_full`
 */
export async function restore(
  { db, budgets }: { db: Db; budgets: Budgets },
  access: Access,
  id: string,
  number: number,
  { revision }: AtRevision,
): Promise<FlowResource> {
  return db.$transaction(async (tx) => {
    const before = await lockFlow(tx, { id, revision });
    const { tests = [], ...version } = await readVersion({ db: tx }, id, number);
    const graph = graphOf(version);
    const bytes = await requireRoomToGrow(tx, budgets, before, graph);
    const row = await tx.workflow.update({
      where: { id },
      data: { variables: storedVariables(graph), bytes, revision: { increment: 1 } },
    });
    await deleteGraph(tx, id);
    await insertGraph(tx, id, graph);
    await notePublished(tx, id, graph);
    const store = { ask: askOf(tx), budgets, workspaceId: before.workspaceId, workflowId: id };
    await storeTests(store, flowTestsSchema.parse(tests) ?? []);
    const resource = { kind: 'flow', id, name: row.name };
    await audit(askOf(tx), access, {
      action: 'flow.restore',
      resource,
      changes: { version: number },
    });
    const notes = row.notes as FlowNote[];
    return { ...fieldsOf(row, true), ...graph, ...notesOf({ notes }) };
  }, transactionLimits);
}
