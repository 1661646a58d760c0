import type { FlowVariable, RunEvent, RunView, WireEvent } from '@crmflow/contracts';
import {
  type Db,
  knownMessages,
  readEvents,
  type Resume,
  returnsOf,
  type Run,
  waitingCallbacks,
  waitingMessages,
} from '@crmflow/db';
import { createRebuild, type Rebuild, restart, type RunState } from '@crmflow/workflows';
import type { Pool } from 'pg';

/** Whose state: a run as the database has it. */
export type StoredRestart = Pick<
  Run,
  'id' | 'mode' | 'versionId' | 'firstVersionId' | 'resume' | 'view' | 'pausePoints'
>;

const pageSize = 1_000;

const toRunEvent = ({ runId: _, at, ...event }: WireEvent) =>
  ({ ...event, at: Date.parse(at) }) as RunEvent;

async function readUpTo(
  pool: Pool,
  runId: string,
  lastSeq: number,
  rebuild: Rebuild,
): Promise<void> {
  for (let seq = 0; seq < lastSeq;) {
    const page = await readEvents(pool, runId, seq, Math.min(pageSize, lastSeq - seq));
    const last = page?.events.at(-1);
    if (!page || !last) throw new Error(`the log of ${runId} ends at ${seq}, before ${lastSeq}`);
    rebuild.read(page.events.map(toRunEvent));
    seq = last.seq;
  }
}

/**
 * The state in which the next execution of a run begins, from its log and its waiting messages.
 * @returns null for a run that begins at its beginning
 */
export async function rebuildState(
  { db, pool }: { db: Db; pool: Pool },
  run: StoredRestart,
): Promise<RunState | null> {
  const resume = run.resume as Resume | null;
  if (!resume) return null;
  const first = await db.workflowVersion.findUniqueOrThrow({
    where: { id: run.firstVersionId ?? run.versionId },
    select: { graph: true },
  });
  const { variables } = first.graph as unknown as { variables: FlowVariable[] };
  const marks = [...(await returnsOf(pool, run.id)), resume.afterSeq];
  const rebuild = createRebuild(variables, marks);
  await readUpTo(pool, run.id, resume.lastSeq, rebuild);
  const [waiting, callbacks, seen] = await Promise.all([
    waitingMessages(pool, run.id),
    waitingCallbacks(pool, run.id),
    knownMessages(pool, run.id),
  ]);
  const view = run.view as RunView | null;
  return restart(rebuild, {
    ...resume,
    stepping: view?.stepping ?? run.mode === 'step',
    pausePoints: view?.pausePoints ?? run.pausePoints,
    inbox: [
      ...waiting.map((message) => ({ kind: 'message' as const, ...message })),
      ...callbacks.map((callback) => ({ kind: 'callback' as const, ...callback })),
    ],
    seen,
  });
}
