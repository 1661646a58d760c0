import type { FlowNodeInput } from '@crmflow/contracts';
import { nodeKey } from './record.js';
import type { DocumentReader } from './store.js';

// A question is one card and two nodes: one says it, the other waits for the reply. On the canvas, and
// to what somebody selects, it is the first of them.

/** A node as it is now; followed. */
export function nodeIn(document: DocumentReader, id: string): FlowNodeInput | undefined {
  const record = document.signalOf(nodeKey(id)).value;
  return record?.kind === 'node' ? record.node : undefined;
}

/** The node whose card shows a node: mostly itself. */
export const cardIdOf = (document: DocumentReader, id: string): string =>
  document.asks.value.askOf.get(id) ?? id;

/** Of a question, by the node that says it: the node that waits for the reply; followed. */
export function replyIn(document: DocumentReader, id: string): FlowNodeInput | undefined {
  const reply = document.asks.value.replyOf.get(id);
  return reply === undefined ? undefined : nodeIn(document, reply);
}

/** The node by whose handles wires leave a card: of a question, the one that waits for the reply. */
export const leavingNode = (document: DocumentReader, cardId: string): FlowNodeInput | undefined =>
  replyIn(document, cardId) ?? nodeIn(document, cardId);

/** The nodes of some cards. */
export function nodesOfCards(document: DocumentReader, cardIds: Iterable<string>): string[] {
  const { replyOf } = document.asks.value;
  return [...cardIds].flatMap((id) => {
    const reply = replyOf.get(id);
    return reply === undefined ? [id] : [id, reply];
  });
}

/** The nodes that have a card of their own. */
export const cardNodes = (document: DocumentReader): FlowNodeInput[] =>
  document.nodes().filter(({ id }) => !document.asks.value.askOf.has(id));
