import type {
  createFlowSchema,
  ListQuery,
  Page,
  updateFlowSchema,
  WorkflowResource,
  WorkflowSummary,
} from '@crmflow/contracts';
import type { Prisma } from '@crmflow/db';
import type { z } from 'zod';
import type { Deps } from '../deps.js';
import { AppError } from '../errors/app-error.js';
import { decodeCursor, toPage } from '../http/cursor.js';
import {
  deleteGraph,
  graphOf,
  insertGraph,
  type SentGraph,
  storedVariables,
} from './stored-graph.js';
import { fieldsOf, toResource, toSummary, withGraph, withNodeCount } from './resource.js';

/** Saved flows. Whoever may not know of one is told `not_found`. */
export type Workflows = {
  list(ownerId: string, query: ListQuery): Promise<Page<WorkflowSummary>>;
  create(
    ownerId: string,
    flow: z.output<typeof createFlowSchema>,
    sent: SentGraph,
  ): Promise<WorkflowResource>;
  /** One's own, or one that is public. */
  read(userId: string, id: string): Promise<WorkflowResource>;
  readOwn(ownerId: string, id: string): Promise<WorkflowResource>;
  /** @throws AppError `stale_revision`, with `currentRevision` */
  replace(
    ownerId: string,
    id: string,
    flow: z.output<typeof updateFlowSchema>,
    sent: SentGraph,
  ): Promise<WorkflowResource>;
  /** Deletes a flow with its versions and runs. */
  remove(ownerId: string, id: string): Promise<void>;
};

/** A flow of a thousand nodes takes a while on a busy machine. */
const transactionLimits = { maxWait: 5_000, timeout: 15_000 };

const notFound = () => new AppError('not_found', 'You have no such flow.');

function stale(currentRevision: number): AppError {
  const detail = `The flow is at revision ${currentRevision} by now. Read it again, and put your changes on top of that.`;
  return new AppError('stale_revision', detail, { extra: { currentRevision } });
}

function after(cursor: string | undefined): Prisma.WorkflowWhereInput {
  if (cursor === undefined) return {};
  const { at, id } = decodeCursor(cursor);
  // The first condition is what the index is entered by.
  return {
    AND: [{ createdAt: { lte: at } }, { OR: [{ createdAt: { lt: at } }, { id: { lt: id } }] }],
  };
}

/** Flows in the database. */
export function createWorkflows({ db }: Pick<Deps, 'db'>): Workflows {
  async function find(where: Prisma.WorkflowWhereInput): Promise<WorkflowResource> {
    const row = await db.workflow.findFirst({ where, include: withGraph });
    if (!row) throw notFound();
    return toResource(row);
  }

  return {
    async list(ownerId, { cursor, limit }) {
      const rows = await db.workflow.findMany({
        where: { ownerId, ...after(cursor) },
        orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
        take: limit + 1,
        include: withNodeCount,
      });
      return toPage(rows, limit, ({ createdAt, id }) => ({ at: createdAt, id }), toSummary);
    },
    async create(ownerId, { name, description, isPublic, isTemplate }, sent) {
      const variables = storedVariables(sent);
      const data = { ownerId, name, description, isPublic, isTemplate, variables };
      const row = await db.$transaction(async (tx) => {
        const created = await tx.workflow.create({ data });
        await insertGraph(tx, created.id, sent);
        return created;
      }, transactionLimits);
      return { ...fieldsOf(row), ...graphOf(sent) };
    },
    read: (userId, id) => find({ id, OR: [{ ownerId: userId }, { isPublic: true }] }),
    readOwn: (ownerId, id) => find({ id, ownerId }),
    replace: (ownerId, id, { revision, name, description, isPublic, isTemplate }, sent) =>
      db.$transaction(async (tx) => {
        const [row] = await tx.workflow.updateManyAndReturn({
          where: { id, ownerId, revision },
          data: {
            name,
            description,
            // Undefined leaves a column as it is.
            isPublic,
            isTemplate,
            variables: storedVariables(sent),
            revision: { increment: 1 },
          },
        });
        if (!row) {
          const current = await tx.workflow.findFirst({ where: { id, ownerId } });
          throw current ? stale(current.revision) : notFound();
        }
        await deleteGraph(tx, id);
        await insertGraph(tx, id, sent);
        return { ...fieldsOf(row), ...graphOf(sent) };
      }, transactionLimits),
    async remove(ownerId, id) {
      const { count } = await db.workflow.deleteMany({ where: { id, ownerId } });
      if (count === 0) throw notFound();
    },
  };
}
