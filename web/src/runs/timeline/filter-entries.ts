import type { NodeType } from '@crmflow/contracts';
import type { TimelineEntry } from './entry.js';

/** Which lines of the timeline are shown. */
export type TimelineFilter = {
  nodeId?: string | undefined;
  /** Visits of one kind of node, or those that failed. */
  only?: NodeType | 'failed' | undefined;
};

/**
 * The lines that fit. What happened to the run as a whole is shown where nothing is filtered.
 * @param typeOf the kind of a node by its id
 */
export function filterEntries(
  entries: readonly TimelineEntry[],
  { nodeId, only }: TimelineFilter,
  typeOf: (nodeId: string) => NodeType | undefined,
): TimelineEntry[] {
  if (nodeId === undefined && only === undefined) return [...entries];
  return entries.filter((entry) => {
    if (entry.kind === 'run') return false;
    if (nodeId !== undefined && entry.nodeId !== nodeId) return false;
    if (only === 'failed') return entry.error !== undefined;
    return only === undefined || (entry.type ?? typeOf(entry.nodeId)) === only;
  });
}
