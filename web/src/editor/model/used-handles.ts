import type { DocumentReader } from './store.js';

/**
 * The handles of a node that a wire leaves by, in one text that is the same as long as they are;
 * followed, as wires come and go.
 */
export function usedHandles(document: DocumentReader, nodeId: string): string {
  if (document.edgeIds.value.size === 0) return '';
  const edges = document.edgesOf(nodeId).filter(({ source }) => source === nodeId);
  return edges.map(({ sourceHandle }) => sourceHandle).join(' ');
}
