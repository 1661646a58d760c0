import type { RunStatus } from '@crmflow/contracts';
import type { RunOverlay } from '../../editor/canvas/run-overlay.js';

/**
 * How each node is marked on the canvas. A run that has ended runs nowhere, whatever its newest
 * events say.
 * @param active where the run is
 */
export function marksOf(
  { nodes }: RunOverlay,
  status: RunStatus,
  active: { nodeId: string; state: string } | undefined,
): Map<string, string> {
  const marks = new Map([...nodes].map(([id, { state }]) => [id, state as string]));
  // A sleeping node tells no event of its own.
  if (active && status === 'waiting') marks.set(active.nodeId, 'waiting');
  return marks;
}
