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
import { nodeIn, nodesOfCards, replyIn } from '../../model/asks.js';
import { usedHandles } from '../../model/used-handles.js';
import { CardPause } from '../../test-run/card-pause.js';
import type { PausePoints } from '../../test-run/pause-points.js';
import { cardMark, type RunOverlay } from '../../canvas/run-overlay.js';

/** The worst that is wrong with a card, in a sign; all of it for those who hear or hover. */
export function IssueMark({
  checker,
  nodes,
}: {
  checker: Checker;
  /** The nodes of the card. */
  nodes: readonly FlowNodeInput[];
}) {
  const issues = nodes.flatMap((node) =>
    (checker.byNode.value.get(node.id) ?? []).map((issue) => ({ node, issue })),
  );
  if (issues.length === 0) return null;
  const isError = issues.some(({ issue }) => issue.severity === 'error');
  const words = issues.map(({ node, issue }) => nodeIssueWords(node, issue)).join('\n');
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

/** A card, as the document has its nodes. */
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
  const isNew = useComputed(() => selection.fresh.value.has(id));
  const used = useComputed(() => usedHandles(document, id));
  const mark = useComputed(() =>
    cardMark(nodesOfCards(document, [id]), (one) => overlay.value.nodes.get(one)?.state),
  );
  const node = nodeIn(document, id);
  if (!node) return null;
  const reply = replyIn(document, id);
  const nodes = reply ? [node, reply] : [node];
  return (
    <NodeCard
      node={node}
      reply={reply}
      direction={document.direction.value}
      used={used.value}
      isSelected={isSelected}
      mark={mark.value}
      Socket={Socket}
    >
      <CardPause points={pausePoints} ids={nodes.map((one) => one.id)} />
      {!isNew.value && <IssueMark checker={checker} nodes={nodes} />}
    </NodeCard>
  );
}
