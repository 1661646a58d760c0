import { AppError } from '../errors/app-error.js';

/** Where there is no such flow, or it is somebody else's. */
export const noSuchFlow = () => new AppError('not_found', 'Flow not found.');

/** Where the flow was changed since it was read. */
export function staleRevision(currentRevision: number): AppError {
  const detail = `The flow is at revision ${currentRevision}. Read it again, apply your changes to it, and save with that revision.`;
  return new AppError('stale_revision', detail, { extra: { currentRevision } });
}
