import { leavingNode } from './asks.js';
import type { DocumentReader } from './store.js';

/**
 * The handles of a card that a wire leaves by, in one text that is the same as long as they are;
 * followed, as wires come and go.
 */
export function usedHandles(document: DocumentReader, cardId: string): string {
  if (document.edgeIds.value.size === 0) return '';
  const nodeId = leavingNode(document, cardId)?.id ?? cardId;
  const edges = document.edgesOf(nodeId).filter(({ source }) => source === nodeId);
  return edges.map(({ sourceHandle }) => sourceHandle).join(' ');
}
