import { AppError } from '../../errors/app-error.js';

/** A run cannot go on from where it has never been. */
export function unreached({ nodeId, visit }: { nodeId: string; visit?: number | undefined }) {
  const what = visit === undefined ? `the node "${nodeId}"` : `visit ${visit} to "${nodeId}"`;
  const detail = `The run has never reached ${what}. Name a node that it went through.`;
  return new AppError('node_unreached', detail);
}
