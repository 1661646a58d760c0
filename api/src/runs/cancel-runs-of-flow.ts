import type { Db } from '@crmflow/db';
import type { Engine } from './engine.js';

const atOnce = 20;

/**
 * Asks every run of a flow that is under way to end, as before the flow is deleted. A run
 * whose row is gone ends at its next event by itself; this is for those that wait.
 * @throws the client's error where Temporal does not answer
 */
export async function cancelRunsOfFlow(
  { db, engine }: { db: Db; engine: Pick<Engine, 'cancel'> },
  workflowId: string,
): Promise<void> {
  const runs = await db.run.findMany({
    where: { workflowId, finishedAt: null },
    select: { id: true },
  });
  for (let at = 0; at < runs.length; at += atOnce) {
    const batch = runs.slice(at, at + atOnce);
    await Promise.all(batch.map(({ id }) => engine.cancel(id, 'The flow was deleted.')));
  }
}
