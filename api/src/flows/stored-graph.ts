import type { FlowResource, Json } from '@crmflow/contracts';
import type { Prisma } from '@crmflow/db';
import { canonicalHash } from '../canonical-hash.js';
import { askOf } from '../ask.js';
import type { Budgets } from '../usage/budgets.js';

type Graph = Pick<FlowResource, 'nodes' | 'edges' | 'variables'>;

/**
 * The parts of a flow that make its graph, and its notes, as a client sent them: checked, but kept
 * as they are.
 */
export type SentGraph = Partial<Graph> & Pick<FlowResource, 'notes'>;

/** What a client sent, with nothing where it sent nothing. */
export function graphOf({ nodes = [], edges = [], variables = [] }: SentGraph): Graph {
  return { nodes, edges, variables };
}

/** What is on the canvas besides; nothing where there is nothing. */
export function notesOf({ notes = [] }: SentGraph): Pick<FlowResource, 'notes'> {
  return notes.length > 0 ? { notes } : {};
}

/** How large a draft is, for the budget of its workspace. */
export const bytesOf = (sent: SentGraph) =>
  Buffer.byteLength(JSON.stringify({ ...graphOf(sent), ...notesOf(sent) }));

/**
 * Lets a draft be replaced by a larger one only where its workspace has room for that.
 * @param before what is stored: the workspace of the flow, and its size
 * @returns how large it becomes
 * @throws AppError `flow_storage_full`
 */
export async function requireRoomToGrow(
  tx: Prisma.TransactionClient,
  budgets: Budgets,
  before: { workspaceId: string; bytes: number },
  sent: SentGraph,
): Promise<number> {
  const bytes = bytesOf(sent);
  const growth = bytes - before.bytes;
  if (growth > 0) await budgets.requireRoom(askOf(tx), before.workspaceId, { flowStorage: growth });
  return bytes;
}

/** A flow's notes as they are stored. */
export function storedNotes({ notes = [] }: SentGraph): Prisma.InputJsonArray {
  return notes;
}

/** A flow's variables as they are stored. */
export function storedVariables({ variables = [] }: SentGraph): Prisma.InputJsonArray {
  return variables as Prisma.InputJsonArray;
}

/**
 * Notes whether a flow's draft, as it was just stored, is what its newest version is: lists say so
 * without comparing graphs.
 */
export async function notePublished(
  tx: Prisma.TransactionClient,
  workflowId: string,
  sent: SentGraph,
): Promise<void> {
  const hash = canonicalHash(graphOf(sent) as unknown as Json);
  await tx.$executeRaw`
    UPDATE "Workflow" SET "publishedRevision" = revision
     WHERE id = ${workflowId} AND ${hash} =
       (SELECT "contentHash" FROM "WorkflowVersion"
         WHERE "workflowId" = ${workflowId} AND number IS NOT NULL ORDER BY number DESC LIMIT 1)`;
}

/** Removes a flow's nodes and edges. */
export async function deleteGraph(tx: Prisma.TransactionClient, workflowId: string): Promise<void> {
  await tx.$executeRaw`DELETE FROM "Edge" WHERE "workflowId" = ${workflowId}`;
  await tx.$executeRaw`DELETE FROM "Node" WHERE "workflowId" = ${workflowId}`;
}

/**
 * Writes a flow's nodes and edges, in the order in which they were sent. One statement each: row
 * by row a thousand nodes would take Prisma a second.
 */
export async function insertGraph(
  tx: Prisma.TransactionClient,
  workflowId: string,
  sent: SentGraph,
): Promise<void> {
  const { nodes, edges } = graphOf(sent);
  await tx.$executeRaw`
    INSERT INTO "Node" ("workflowId", id, type, label, x, y, data, "order")
    SELECT ${workflowId}, n->>'id', n->>'type', n->>'label', (n#>>'{position,x}')::float8,
           (n#>>'{position,y}')::float8, n->'data', place
      FROM jsonb_array_elements(${JSON.stringify(nodes)}::jsonb) WITH ORDINALITY AS t (n, place)`;
  await tx.$executeRaw`
    INSERT INTO "Edge" ("workflowId", id, source, "sourceHandle", target, "order")
    SELECT ${workflowId}, e->>'id', e->>'source', e->>'sourceHandle', e->>'target', place
      FROM jsonb_array_elements(${JSON.stringify(edges)}::jsonb) WITH ORDINALITY AS t (e, place)`;
}
