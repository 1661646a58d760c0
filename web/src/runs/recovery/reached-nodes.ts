import type { LogEvent } from '../../chat/progress.js';

/** Ids of the nodes that a run has reached, the newest first. */
export function reachedNodes(events: readonly LogEvent[]): string[] {
  const reached = new Set<string>();
  for (const event of events.toReversed()) {
    if (event.type === 'node.activated' && event.nodeId !== undefined) reached.add(event.nodeId);
  }
  return [...reached];
}
