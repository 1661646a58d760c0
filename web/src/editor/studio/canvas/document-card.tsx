import type { FlowNodeInput } from '@crmflow/contracts';
import { useComputed, type ReadonlySignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { TriangleAlert } from 'lucide';
import { Icon } from '../../../ui/icon.js';
import { NodeCard, type SocketView } from '../../canvas/node-card.js';
import type { Checker } from '../../check/checker.js';
import type { Editor } from '../../editor.js';
import { texts } from '../../editor-texts.js';
import { nodeIssueWords } from '../../issues/node-issue-words.js';
import { nodeKey } from '../../model/record.js';
import { usedHandles } from '../../model/used-handles.js';
import { CardPause } from '../../test-run/card-pause.js';
import type { PausePoints } from '../../test-run/pause-points.js';
import type { RunOverlay } from '../../canvas/run-overlay.js';

/** The worst that is wrong with a node, in a sign; all of it for those who hear or hover. */
export function IssueMark({ checker, node }: { checker: Checker; node: FlowNodeInput }) {
  const issues = checker.byNode.value.get(node.id);
  if (!issues) return null;
  const isError = issues.some(({ severity }) => severity === 'error');
  const words = issues.map((issue) => nodeIssueWords(node, issue)).join('\n');
  return (
    <span
      class={isError ? 'card-fault error' : 'card-fault warning'}
      role="img"
      aria-label={texts.problems.of(words)}
      title={words}
    >
      <Icon of={TriangleAlert} size={14} />
    </span>
  );
}

/** A node's card, as the document has the node. */
export function DocumentCard({
  editor: { document, selection },
  checker,
  overlay,
  pausePoints,
  id,
  Socket,
}: {
  editor: Editor;
  checker: Checker;
  overlay: ReadonlySignal<RunOverlay>;
  pausePoints: PausePoints;
  id: string;
  Socket: SocketView;
}) {
  const isSelected = useMemo(() => selection.hasNode(id), [selection, id]);
  const used = useComputed(() => usedHandles(document, id));
  const mark = useComputed(() => overlay.value.nodes.get(id)?.state);
  const record = document.signalOf(nodeKey(id)).value;
  if (record?.kind !== 'node') return null;
  return (
    <NodeCard
      node={record.node}
      direction={document.direction.value}
      used={used.value}
      isSelected={isSelected}
      mark={mark.value}
      Socket={Socket}
    >
      <CardPause points={pausePoints} id={id} />
      <IssueMark checker={checker} node={record.node} />
    </NodeCard>
  );
}
