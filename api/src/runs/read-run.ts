import type { Page, RunFlow, RunStatus, RunView, WireEvent } from '@crmflow/contracts';
import { type Prisma, readEvents } from '@crmflow/db';
import type { Pool } from 'pg';
import type { RunDeps } from '../deps.js';
import type { FlowGraph } from '../flows/flow-graph.js';
import { noSuchRun } from './run-head.js';

const related = {
  version: { select: { number: true } },
  workflow: { select: { name: true } },
} satisfies Prisma.RunInclude;

/** A run as the database has it, with its version's number and its flow's name. */
export type StoredRun = Prisma.RunGetPayload<{ include: typeof related }>;

/**
 * A run.
 * @throws AppError `not_found`
 */
export async function readRun({ db }: Pick<RunDeps, 'db'>, runId: string): Promise<StoredRun> {
  const run = await db.run.findUnique({ where: { id: runId }, include: related });
  if (!run) throw noSuchRun();
  return run;
}

/** What the log says of a run: its state after the newest flush. */
export function storedView({ view, status }: Pick<StoredRun, 'view' | 'status'>): RunView {
  return (
    (view as RunView | null) ?? {
      status: status as RunStatus,
      currentNodes: [],
      variables: {},
      lastSeq: 0,
    }
  );
}

/**
 * The flow that a run executes: its version's graph, or of a draft run the snapshot of the draft.
 * @throws AppError `not_found`
 */
export async function readRunFlow({ db }: Pick<RunDeps, 'db'>, runId: string): Promise<RunFlow> {
  const run = await db.run.findUnique({
    where: { id: runId },
    select: {
      workflowId: true,
      workflow: { select: { name: true } },
      version: { select: { number: true, graph: true } },
    },
  });
  if (!run) throw noSuchRun();
  const { nodes, edges, variables } = run.version.graph as unknown as FlowGraph;
  return {
    workflowId: run.workflowId,
    workflowName: run.workflow.name,
    version: run.version.number ?? 'draft',
    nodes,
    edges,
    variables,
  };
}

/**
 * A page of a run's log: the events after `afterSeq`. `nextCursor` is the `afterSeq` of the next
 * page, null where the log ends.
 * @throws AppError `not_found`
 */
export async function listEvents(
  pool: Pool,
  runId: string,
  { afterSeq, limit }: { afterSeq: number; limit: number },
): Promise<Page<WireEvent>> {
  const page = await readEvents(pool, runId, afterSeq, limit);
  if (!page) throw noSuchRun();
  const last = page.events.at(-1);
  const nextCursor = last && last.seq < page.lastSeq ? String(last.seq) : null;
  return { items: page.events, nextCursor };
}
