import type { Burst, RunStart } from '@crmflow/workflows';
import type { Access } from '../access/authorize.js';
import type { RunDeps } from '../deps.js';
import { AppError } from '../errors/app-error.js';
import { launchStored } from './launch.js';

/** A request as its repetition is known by: its id, and what it asked for. */
export type Requested = { requestId: string; hash: string };

/** Who starts a run, and for whom. */
export type Starter = {
  workspaceId: string;
  /** The user who does; null where a visitor or a service does. */
  userId: string | null;
  /** Within what its request IDs are unique: the ID of a user, a token, a conversation or a webhook. */
  scope: string;
  /** What is asked for under a request ID, where that is told by other things than the request. */
  hash?: string;
  /** That the run is part of. */
  conversationId?: string;
  /** When several messages are one reply, where that is so. */
  burst?: Burst | undefined;
  /** Who has its conversation from its beginning. */
  takenOver?: RunStart['takenOver'];
};

/** A member of the team as one who starts a run. */
export const starterOf = ({ workspaceId, principal }: Access): Starter => ({
  workspaceId,
  userId: principal.userId,
  scope: principal.kind === 'token' ? principal.sessionId : principal.userId,
});

/**
 * The run that the same request has led to before; one that never got under way does now.
 * @throws AppError `request_id_reused` where the request was another one
 */
export async function findEarlier(
  deps: RunDeps,
  { workspaceId, scope }: Starter,
  { requestId, hash }: Requested,
): Promise<{ created: false; runId: string } | null> {
  const run = await deps.db.run.findUnique({
    where: {
      workspaceId_requestScope_requestId: {
        ...{ workspaceId, requestScope: scope, requestId },
      },
    },
    select: { id: true, requestHash: true, launchedAt: true },
  });
  if (!run) return null;
  if (run.requestHash !== hash) {
    const detail =
      'This requestId already started a run with other input. Use a new requestId for each run.';
    throw new AppError('request_id_reused', detail);
  }
  if (run.launchedAt === null && !(await launchStored(deps, run.id))) return null;
  return { created: false, runId: run.id };
}
