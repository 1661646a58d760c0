import type { Db } from '@crmflow/db';
import type { Principal } from '../account/principal.js';
import { AppError } from '../errors/app-error.js';

/**
 * The run, where it is the principal's.
 * @throws AppError `not_found` also where it is somebody else's
 */
export async function ownedRun(db: Db, { userId }: Principal, runId: string) {
  const run = await db.run.findFirst({
    where: { id: runId, ownerId: userId },
    include: { version: { select: { number: true } }, workflow: { select: { name: true } } },
  });
  if (run) return run;
  throw new AppError('not_found', 'Run not found.');
}

/** A run as the database has it, with its version's number and its flow's name. */
export type StoredRun = Awaited<ReturnType<typeof ownedRun>>;
