import { AppError } from '../../errors/app-error.js';

/** A run cannot go on from where it has never been. */
export function unreached({ nodeId, visit }: { nodeId: string; visit?: number | undefined }) {
  const what = visit === undefined ? `the node "${nodeId}"` : `visit ${visit} to "${nodeId}"`;
  const detail = `The run has not visited ${what}. Choose a node that it visited.`;
  return new AppError('node_unreached', detail);
}
