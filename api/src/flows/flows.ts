import type {
  createFlowSchema,
  ListFlows,
  Page,
  updateFlowSchema,
  FlowResource,
  FlowSummary,
} from '@crmflow/contracts';
import { Prisma } from '@crmflow/db';
import type { z } from 'zod';
import type { Deps } from '../deps.js';
import { askOf } from '../usage/ask-of.js';
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

/** What a new flow is besides its graph. */
export type NewFlow = Pick<
  z.output<typeof createFlowSchema>,
  'name' | 'description' | 'isPublic' | 'isTemplate'
>;

/** How a new flow can be refused for what its owner uses. */
export const newFlowProblems = ['flows_full', 'flow_storage_full', 'installation_full'] as const;

/** Saved flows. Whoever may not know of one is told `not_found`. */
export type Flows = {
  list(userId: string, query: ListFlows): Promise<Page<FlowSummary>>;
  create(ownerId: string, flow: NewFlow, sent: SentGraph): Promise<FlowResource>;
  /** One's own, or one that is public. */
  read(userId: string, id: string): Promise<FlowResource>;
  readOwn(ownerId: string, id: string): Promise<FlowResource>;
  /** @throws AppError `stale_revision`, with `currentRevision` */
  replace(
    ownerId: string,
    id: string,
    flow: z.output<typeof updateFlowSchema>,
    sent: SentGraph,
  ): Promise<FlowResource>;
  /** Deletes a flow with its versions and runs. */
  remove(ownerId: string, id: string): Promise<void>;
};

/** Flows in the database. */
export function createFlows({ db, budgets }: Pick<Deps, 'db' | 'budgets'>): Flows {
  async function find(readerId: string, condition: Prisma.Sql): Promise<FlowResource> {
    const flow = await readFlow(db, condition);
    if (!flow) throw noSuchFlow();
    return { ...fieldsOf(flow, readerId), ...graphOf(flow), ...notesOf(flow) };
  }

  return {
    list: (userId, query) => listFlows(db, userId, query),
    async create(ownerId, { name, description, isPublic, isTemplate }, sent) {
      const data = {
        ...{ ownerId, name, description, isPublic, isTemplate },
        variables: storedVariables(sent),
        notes: storedNotes(sent),
        bytes: bytesOf(sent),
      };
      await budgets.requireInstallation();
      const row = await db.$transaction(async (tx) => {
        await budgets.requireRoom(askOf(tx), ownerId, { flows: 1, flowStorage: data.bytes });
        const created = await tx.workflow.create({ data });
        await insertGraph(tx, created.id, sent);
        return created;
      }, transactionLimits);
      return { ...fieldsOf(row, ownerId), ...graphOf(sent), ...notesOf(sent) };
    },
    read: (userId, id) =>
      find(userId, Prisma.sql`w.id = ${id} AND (w."ownerId" = ${userId} OR w."isPublic")`),
    readOwn: (ownerId, id) => find(ownerId, Prisma.sql`w.id = ${id} AND w."ownerId" = ${ownerId}`),
    replace: (ownerId, id, { revision, name, description, isPublic, isTemplate }, sent) =>
      db.$transaction(async (tx) => {
        const bytes = await requireRoomToGrow(tx, budgets, { ownerId, id }, sent);
        const [row] = await tx.workflow.updateManyAndReturn({
          where: { id, ownerId, revision },
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
          const current = await tx.workflow.findFirst({ where: { id, ownerId } });
          throw current ? staleRevision(current.revision) : noSuchFlow();
        }
        await deleteGraph(tx, id);
        await insertGraph(tx, id, sent);
        await notePublished(tx, id, sent);
        return { ...fieldsOf(row, ownerId), ...graphOf(sent), ...notesOf(sent) };
      }, transactionLimits),
    async remove(ownerId, id) {
      const { count } = await db.workflow.deleteMany({ where: { id, ownerId } });
      if (count === 0) throw noSuchFlow();
    },
  };
}
