import { randomUUID } from 'node:crypto';
import type {
  createFlowSchema,
  FlowTest,
  ListFlows,
  Page,
  updateFlowSchema,
  FlowResource,
  FlowSummary,
} from '@crmflow/contracts';
import type { z } from 'zod';
import type { Deps } from '../deps.js';
import { audit } from '../access/audit.js';
import type { Access } from '../access/authorize.js';
import { askOf } from '../ask.js';
import {
  bytesOf,
  deleteGraph,
  graphOf,
  insertGraph,
  notePublished,
  notesOf,
  requireRoomToGrow,
  type SentGraph,
  storedNotes,
  storedVariables,
} from './stored-graph.js';
import { listFlows } from './list-flows.js';
import { transactionLimits } from './transaction-limits.js';
import { readFlow } from './read-flow.js';
import { noSuchFlow, staleRevision } from './flow-errors.js';
import { fieldsOf } from './resource.js';
import { replaceTests, storeTests } from './tests/stored-tests.js';

/** What a new flow is besides its graph. */
export type NewFlow = Pick<
  z.output<typeof createFlowSchema>,
  'name' | 'description' | 'isPublic' | 'isTemplate'
>;

/** How a new flow can be refused for what its workspace uses. */
export const newFlowProblems = [
  ...(['flows_full', 'flow_storage_full', 'tests_full', 'installation_full'] as const),
] as const;

/** Saved flows, for those who may get at them. A flow that is gone is `not_found`. */
export type Flows = {
  list(workspaceId: string, query: ListFlows): Promise<Page<FlowSummary>>;
  /** @param tests that it begins with; they get ids of their own */
  create(
    access: Access,
    flow: NewFlow,
    sent: SentGraph,
    tests?: readonly FlowTest[],
  ): Promise<FlowResource>;
  read(access: Access, id: string): Promise<FlowResource>;
  /** @throws AppError `stale_revision`, with `currentRevision` */
  replace(
    access: Access,
    id: string,
    flow: z.output<typeof updateFlowSchema>,
    sent: SentGraph,
  ): Promise<FlowResource>;
  /**
   * Deletes a flow with its versions and runs: moves all of it to a workspace that is being deleted,
   * so that it is gone at once, however much there is to remove.
   * @returns the id of that workspace
   */
  remove(access: Access, id: string): Promise<string>;
};

/** A flow as the audit log names it. */
const asResource = ({ id, name }: { id: string; name: string }) => ({ kind: 'flow', id, name });

/** Flows in the database. */
export function createFlows({ db, budgets }: Pick<Deps, 'db' | 'budgets'>): Flows {
  return {
    list: (workspaceId, query) => listFlows(db, workspaceId, query),
    async create(access, { name, description, isPublic, isTemplate }, sent, tests = []) {
      const { workspaceId } = access;
      const createdBy = access.principal.userId;
      const data = {
        ...{ workspaceId, createdBy, name, description, isPublic, isTemplate },
        variables: storedVariables(sent),
        notes: storedNotes(sent),
        bytes: bytesOf(sent),
      };
      await budgets.requireInstallation();
      const row = await db.$transaction(async (tx) => {
        await budgets.requireRoom(askOf(tx), workspaceId, { flows: 1, flowStorage: data.bytes });
        const created = await tx.workflow.create({ data });
        await insertGraph(tx, created.id, sent);
        const store = { ask: askOf(tx), budgets, workspaceId, workflowId: created.id };
        await storeTests(
          store,
          tests.map((test) => ({ ...test, id: randomUUID() })),
        );
        await audit(askOf(tx), access, { action: 'flow.create', resource: asResource(created) });
        return created;
      }, transactionLimits);
      return { ...fieldsOf(row, true), ...graphOf(sent), ...notesOf(sent) };
    },
    async read({ role }, id) {
      const flow = await readFlow(db, id);
      if (!flow) throw noSuchFlow();
      return { ...fieldsOf(flow, role !== 'public'), ...graphOf(flow), ...notesOf(flow) };
    },
    replace: (access, id, { revision, name, description, isPublic, isTemplate, tests }, sent) =>
      db.$transaction(async (tx) => {
        const select = { isPublic: true, bytes: true, workspaceId: true };
        const before = await tx.workflow.findUnique({ where: { id }, select });
        if (!before) throw noSuchFlow();
        const bytes = await requireRoomToGrow(tx, budgets, before, sent);
        const [row] = await tx.workflow.updateManyAndReturn({
          where: { id, revision },
          data: {
            name,
            description,
            // Undefined leaves a column as it is.
            isPublic,
            isTemplate,
            variables: storedVariables(sent),
            notes: storedNotes(sent),
            bytes,
            revision: { increment: 1 },
          },
        });
        if (!row) {
          const current = await tx.workflow.findUnique({ where: { id } });
          throw current ? staleRevision(current.revision) : noSuchFlow();
        }
        await deleteGraph(tx, id);
        await insertGraph(tx, id, sent);
        await notePublished(tx, id, sent);
        if (tests) {
          const store = {
            ask: askOf(tx),
            budgets,
            workspaceId: before.workspaceId,
            workflowId: id,
          };
          await replaceTests(store, tests);
        }
        if (before.isPublic !== row.isPublic) {
          const changes = { isPublic: row.isPublic };
          const act = { action: 'flow.share', resource: asResource(row), changes } as const;
          await audit(askOf(tx), access, act);
        }
        return { ...fieldsOf(row, true), ...graphOf(sent), ...notesOf(sent) };
      }, transactionLimits),
    remove: (access, id) =>
      db.$transaction(async (tx) => {
        const [row] = await tx.$queryRaw<{ id: string; name: string }[]>`
          SELECT id, name FROM "Workflow" WHERE id = ${id} FOR UPDATE`;
        if (!row) throw noSuchFlow();
        const { id: workspaceId } = await tx.workspace.create({
          data: { name: row.name, deletingSince: new Date() },
        });
        const data = { workspaceId, isPublic: false, isTemplate: false };
        await tx.workflow.update({ where: { id }, data });
        await tx.run.updateMany({ where: { workflowId: id }, data: { workspaceId } });
        await tx.conversation.updateMany({ where: { workflowId: id }, data: { workspaceId } });
        await tx.deployment.updateMany({
          where: { workflowId: id, deletedAt: null },
          data: { deletedAt: new Date() },
        });
        await audit(askOf(tx), access, { action: 'flow.delete', resource: asResource(row) });
        return workspaceId;
      }, transactionLimits),
  };
}
