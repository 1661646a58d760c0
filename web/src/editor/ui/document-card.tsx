import { useMemo } from 'preact/hooks';
import { NodeCard, type SocketView } from '../canvas/node-card.js';
import type { Editor } from '../editor.js';
import { nodeKey } from '../model/record.js';

/** A node's card, as the document has the node. */
export function DocumentCard({
  editor: { document, selection },
  id,
  Socket,
}: {
  editor: Editor;
  id: string;
  Socket: SocketView;
}) {
  const isSelected = useMemo(() => selection.hasNode(id), [selection, id]);
  const record = document.signalOf(nodeKey(id)).value;
  if (record?.kind !== 'node') return null;
  return <NodeCard node={record.node} isSelected={isSelected} Socket={Socket} />;
}
