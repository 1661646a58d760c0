import { AppError } from '../errors/app-error.js';

/** Where there is no such flow, or it is somebody else's. */
export const noSuchFlow = () => new AppError('not_found', 'You have no such flow.');

/** Where the flow was changed since it was read. */
export function staleRevision(currentRevision: number): AppError {
  const detail = `The flow is at revision ${currentRevision} by now. Read it again, and put your changes on top of that.`;
  return new AppError('stale_revision', detail, { extra: { currentRevision } });
}
