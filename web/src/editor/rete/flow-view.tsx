import { signal, useComputed, useSignal, type ReadonlySignal } from '@preact/signals';
import { type ComponentChildren, Fragment } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { boxIn, nodeBoxes } from '../canvas/geometry.js';
import type { Box } from '../commands/arrange.js';
import { NodeCard, type SocketView } from '../canvas/node-card.js';
import { cardMark } from '../canvas/run-overlay.js';
import { createEditor, type Editor } from '../editor.js';
import { texts } from '../editor-texts.js';
import { cardIdOf, nodeIn, nodesOfCards, replyIn } from '../model/asks.js';
import type { EditedFlow } from '../model/record.js';
import { usedHandles } from '../model/used-handles.js';
import { createCanvas, type Canvas } from './create-canvas.js';
import { ViewBar } from './view-bar.js';
import '../canvas/run-marks.css';
import './canvas.css';
import './flow-view.css';

/** What a flow that is only looked at takes. */
export type FlowViewProps = {
  flow: EditedFlow;
  /** How each node is marked: `run-<mark>` becomes a class of its card. */
  marks?: ReadonlySignal<ReadonlyMap<string, string>>;
  /** Handles that a run has left by, see `outletName`. */
  taken?: ReadonlySignal<ReadonlySet<string>>;
  /** The node that is to be seen as chosen; brought into sight when it changes. */
  selected?: string | undefined;
  /** The node that is pressed; undefined where it is none. */
  onSelect?: (nodeId: string | undefined) => void;
  /** What else stands on a node's card. */
  extra?: (nodeId: string) => ComponentChildren;
};

/** The mark of a card: of what is asked there, the one that counts. */
const markIn = ({ document }: Editor, marks: ReadonlyMap<string, string>, cardId: string) =>
  cardMark(nodesOfCards(document, [cardId]), (id) => marks.get(id));

const extrasIn = (
  { document }: Editor,
  extra: NonNullable<FlowViewProps['extra']>,
  cardId: string,
) => nodesOfCards(document, [cardId]).map((id) => <Fragment key={id}>{extra(id)}</Fragment>);

function ViewedCard({
  editor,
  marks,
  extra,
  id,
  Socket,
}: Pick<FlowViewProps, 'extra'> & {
  marks: NonNullable<FlowViewProps['marks']>;
  editor: Editor;
  id: string;
  Socket: SocketView;
}) {
  const isSelected = useMemo(() => editor.selection.hasNode(id), [editor, id]);
  const used = useComputed(() => usedHandles(editor.document, id));
  const mark = useComputed(() => markIn(editor, marks.value, id));
  const node = nodeIn(editor.document, id);
  if (!node) return null;
  return (
    <NodeCard
      node={node}
      reply={replyIn(editor.document, id)}
      direction={editor.document.direction.value}
      used={used.value}
      isSelected={isSelected}
      mark={mark.value}
      Socket={Socket}
    >
      {extra && extrasIn(editor, extra, id)}
    </NodeCard>
  );
}

/** Below this zoom nobody reads what stands on a card. */
const readable = 0.7;

/** Brings a card into the middle, large enough to be read. */
function bringCloser({ viewport }: Canvas, box: Box): void {
  viewport.center(box, readable);
}

const chosenIn = ({ selection }: Editor) => [...selection.current.peek().nodes].at(-1);

const noMarks = signal<ReadonlyMap<string, string>>(new Map());
const noneTaken = signal<ReadonlySet<string>>(new Set());

/** A flow on a canvas of its own, to be looked at: nothing in it can be changed. */
export function FlowView({
  flow,
  marks = noMarks,
  taken = noneTaken,
  selected,
  onSelect,
  extra,
}: FlowViewProps) {
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useSignal<Canvas | undefined>(undefined);
  const editor = useMemo(() => createEditor(flow), [flow]);
  const latest = useRef({ onSelect, selected });
  latest.current = { onSelect, selected };

  useEffect(() => {
    const container = frame.current;
    if (!container) return;
    const made = createCanvas(container, editor, {
      isPanning: () => true,
      card: (id, Socket) => (
        <ViewedCard editor={editor} marks={marks} extra={extra} id={id} Socket={Socket} />
      ),
      marks: (id) => ({
        mark: markIn(editor, marks.value, id),
        extra: extra && extrasIn(editor, extra, id),
      }),
      taken,
    });
    canvas.value = made;
    const look = () => {
      made.viewport.fit(nodeBoxes(editor.document));
      const chosen = editor.document.node(chosenIn(editor) ?? '');
      if (chosen) bringCloser(made, boxIn(editor.document, chosen));
    };
    // A frame of another size, such as of a phone that was turned, shows the whole again.
    const size = new ResizeObserver(look);
    size.observe(container);
    let last = chosenIn(editor);
    const watch = editor.selection.current.subscribe(() => {
      const chosen = chosenIn(editor);
      const { onSelect: tell, selected: known } = latest.current;
      // Whoever has asked for one node of a question need not be told of the other.
      const isKnown = known !== undefined && cardIdOf(editor.document, known) === chosen;
      if (chosen !== last && !isKnown) tell?.(chosen);
      last = chosen;
    });
    return () => {
      watch();
      size.disconnect();
      canvas.value = undefined;
      made.destroy();
    };
  }, [editor, marks, taken, extra]);

  useEffect(() => {
    const cardId = selected === undefined ? undefined : cardIdOf(editor.document, selected);
    if (cardId === chosenIn(editor)) return;
    const node = cardId === undefined ? undefined : editor.document.node(cardId);
    editor.selection.set({ nodes: node ? [node.id] : [] });
    const { value: made } = canvas;
    if (node && made) bringCloser(made, boxIn(editor.document, node));
  }, [editor, selected]);

  return (
    <div class="flow-view">
      <div
        ref={frame}
        class="canvas"
        role="application"
        aria-label={texts.canvas}
        onKeyDown={(event) => {
          const { target } = event;
          if (event.key !== 'Enter' && event.key !== ' ') return;
          const id = target instanceof Element && target.getAttribute('data-node');
          if (!id) return;
          event.preventDefault();
          editor.selection.set({ nodes: [id] });
        }}
        onPointerDown={({ target }) => {
          if (target instanceof Element && !target.closest('[data-node], [data-edge]')) {
            editor.selection.clear();
          }
        }}
      />
      {canvas.value && <ViewBar editor={editor} canvas={canvas.value} />}
    </div>
  );
}
