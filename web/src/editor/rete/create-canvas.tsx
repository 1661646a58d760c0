import { effect, type ReadonlySignal, signal } from '@preact/signals';
import { render, type VNode } from 'preact';
import { AreaPlugin } from 'rete-area-plugin';
import { boxIn } from '../canvas/geometry.js';
import { createBoxIndex } from '../canvas/obstacles.js';
import { noteBox } from '../notes/note-box.js';
import { NoteLayer } from '../notes/note-layer.js';
import { drawCalls } from '../canvas/call-layer.js';
import { drawCards } from '../canvas/cards.js';
import type { Marks } from '../canvas/far-card.js';
import type { SocketView } from '../canvas/node-card.js';
import type { Viewport } from '../canvas/viewport.js';
import { drawEdges } from '../canvas/edge-layer.js';
import type { Box } from '../commands/arrange.js';
import type { Outlet } from '../commands/edges.js';
import type { Point } from '../commands/nodes.js';
import type { Editor } from '../editor.js';
import { cardIdOf } from '../model/asks.js';
import { createSnapping } from '../canvas/snap.js';
import type { Guide } from '../canvas/guides.js';
import type { AreaSignal } from './area-signal.js';
import { followDrawnEdge } from './drawn-edge.js';
import { makePressable } from './node-drag.js';
import { createViewport } from './pan-zoom.js';
import { keepReadingOrder } from './reading-order.js';
import { DocumentGraph, type Schemes } from './schemes.js';
import { socketView } from './socket.js';
import { followTouches } from './touches.js';
import { createEdges } from './edges.js';
import '../canvas/guides.css';

/** Lines over the cards that show what a dragged node is in line with. */
function GuideLayer({ guides }: { guides: ReadonlySignal<readonly Guide[]> }) {
  return (
    <svg class="guides" aria-hidden="true">
      {guides.value.map(({ axis, at, from, to }) => (
        <path
          key={`${axis}${at}`}
          class="guide"
          d={axis === 'x' ? `M ${at} ${from} V ${to}` : `M ${from} ${at} H ${to}`}
        />
      ))}
    </svg>
  );
}

/** A canvas on the page. */
export type Canvas = {
  viewport: Viewport;
  /** Brings a node into sight. */
  show(id: string): void;
  /** Moves what is seen as far as a node needs to be seen whole. */
  follow(id: string): void;
  /** Brings a node into sight, selects it and gives it focus. */
  focus(id: string): void;
  /** Lets a note be written. */
  write(noteId: string): void;
  destroy(): void;
};

/** What the canvas is told by those around it. */
export type CanvasOptions = {
  /** Absent: the flow can be looked at only. */
  editing?: {
    newId: () => string;
    /** An edge was let go of over nothing, or its handle was clicked. */
    onDrop: (outlet: Outlet, client: Point, isClick: boolean) => void;
    /** Something is to be put into an edge. */
    onInsert: (edgeId: string, client: Point) => void;
  };
  /** Whether a press of the main button pans. */
  isPanning: () => boolean;
  /** Draws a node's card. */
  card: (id: string, Socket: SocketView) => VNode;
  /** What stands on a card that is seen from far off; followed. */
  marks: (id: string) => Marks;
  /** Handles that the run that is shown has left by. */
  taken: ReadonlySignal<ReadonlySet<string>>;
};

/** Below this zoom words cannot be read: cards are drawn without. */
const farBelow = 0.45;
/** Below these the words of cards are larger, and below the last one there are none. */
const farther = { middling: 0.36, small: 0.28, tiny: 0.2 };
/** The zoom at which a node that one goes to can be read. */
const readable = 0.7;
/** The zoom at which one that is in sight already can be. */
const legible = 0.5;

/** Shows an editor's document in an element, and lets it be edited there. */
export function createCanvas(
  container: HTMLElement,
  editor: Editor,
  options: CanvasOptions,
): Canvas {
  const { document, selection } = editor;
  const touches = followTouches(container);
  const graph = new DocumentGraph(document);
  const area = new AreaPlugin<Schemes, AreaSignal>(container);
  graph.use(area);
  const viewport = createViewport(area, options.isPanning, touches);
  const snapping = createSnapping();
  const isDrawing = signal(false);
  const writing = signal<string | undefined>(undefined);
  const drawn = followDrawnEdge(area, document);
  const { editing } = options;
  if (editing) area.use(createEdges(editor, editing.newId, isDrawing, editing.onDrop));

  const Socket = socketView(area);
  const boxes = createBoxIndex();
  const wires = drawEdges({
    ...{ editor, viewport, boxes, taken: options.taken, drawn },
    onInsert: options.editing?.onInsert,
  });
  const calls = drawCalls(document);
  const layer = window.document.createElement('div');
  area.area.content.holder.prepend(calls.element, wires.element, layer);
  render(
    <>
      {editing && (
        <NoteLayer
          editor={editor}
          writing={writing}
          isPanning={options.isPanning}
          surroundings={{
            zoom: () => viewport.transform.peek().k,
            areTwo: touches.areTwo,
            snapping,
          }}
        />
      )}
      <GuideLayer guides={snapping.guides} />
    </>,
    layer,
  );
  const cards = drawCards(area.area.content.holder, {
    editor,
    viewport,
    farBelow,
    near: (id) => options.card(id, Socket),
    marks: options.marks,
    boxes,
    added: (id, element) =>
      makePressable(area, editor, id, element, editing !== undefined, snapping, touches),
  });

  const looks = effect(() => {
    container.classList.toggle('wiring', isDrawing.value);
    container.classList.toggle('is-down', document.direction.value === 'down');
    const { k } = viewport.transform.value;
    container.classList.toggle('far', k < farBelow);
    for (const [name, below] of Object.entries(farther)) {
      container.classList.toggle(`far-${name}`, k < below);
    }
  });
  const size = new ResizeObserver(() => cards.look());
  size.observe(container);

  const order = keepReadingOrder(document, cards.placeOf);

  const isWhole = ({ x, y, width, height }: Box) => {
    const frame = viewport.size();
    const { x: left, y: top, k } = viewport.transform.peek();
    return (
      x * k + left > 0 &&
      y * k + top > 0 &&
      (x + width) * k + left < frame.width &&
      (y + height) * k + top < frame.height
    );
  };

  const cardOf = (nodeId: string) => document.node(cardIdOf(document, nodeId));
  /** What can be seen and read where it is stays there. */
  const show = (id: string) => {
    const node = cardOf(id);
    if (!node) return;
    const box = boxIn(document, node);
    if (!isWhole(box) || viewport.transform.peek().k < legible) viewport.center(box, readable);
    cards.look();
  };

  return {
    viewport,
    show,
    follow(id) {
      const node = cardOf(id);
      if (!node || isWhole(boxIn(document, node))) return;
      viewport.center(boxIn(document, node));
      cards.look();
    },
    focus(id) {
      if (!document.node(id)) return;
      selection.set({ nodes: [id] });
      show(id);
      requestAnimationFrame(() =>
        cards.placeOf(cardIdOf(document, id))?.querySelector<HTMLElement>('[data-node]')?.focus(),
      );
    },
    write(noteId) {
      const note = document.note(noteId);
      if (!note) return;
      const box = noteBox(note);
      if (!isWhole(box)) viewport.center(box);
      writing.value = noteId;
    },
    destroy() {
      order.dispose();
      looks();
      size.disconnect();
      cards.dispose();
      wires.dispose();
      calls.dispose();
      render(null, layer);
      touches.dispose();
      area.destroy();
    },
  };
}
