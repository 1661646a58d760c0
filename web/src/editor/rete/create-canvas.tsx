import { effect, type ReadonlySignal, signal } from '@preact/signals';
import { render, type VNode } from 'preact';
import { NodeEditor } from 'rete';
import { AreaPlugin } from 'rete-area-plugin';
import { boxOf } from '../canvas/geometry.js';
import type { SocketView } from '../canvas/node-card.js';
import type { Viewport } from '../canvas/viewport.js';
import { WireLayer } from '../canvas/wire-layer.js';
import type { Outlet } from '../commands/edges.js';
import type { Point } from '../commands/nodes.js';
import type { Editor } from '../editor.js';
import type { AreaSignal } from './area-signal.js';
import { drawCards } from './cards.js';
import { followDrawnWire } from './drawn-wire.js';
import { makePressable } from './node-drag.js';
import { createViewport } from './pan-zoom.js';
import { projectDocument } from './projection.js';
import type { Schemes } from './schemes.js';
import { socketView } from './socket.js';
import { createWires } from './wires.js';

/** A canvas on the page. */
export type Canvas = {
  viewport: Viewport;
  /** Settles once the flow of now is on the canvas. */
  settled(): Promise<void>;
  /** The element of a node's card; draws it if it was out of sight so far. */
  focus(id: string): void;
  destroy(): void;
};

/** What the canvas is told by those around it. */
export type CanvasOptions = {
  /** Absent: the flow can be looked at only. */
  editing?: {
    newId: () => string;
    /** A wire was let go of over nothing. */
    onDrop: (outlet: Outlet, client: Point) => void;
  };
  /** Whether a press of the main button pans. */
  isPanning: () => boolean;
  /** Draws a node's card. */
  card: (id: string, Socket: SocketView) => VNode;
  /** Handles that the run that is shown has left by. */
  taken: ReadonlySignal<ReadonlySet<string>>;
};

/** Below this zoom words cannot be read: cards are drawn without. */
const farBelow = 0.4;

/** Shows an editor's document in an element, and lets it be edited there. */
export function createCanvas(
  container: HTMLElement,
  editor: Editor,
  options: CanvasOptions,
): Canvas {
  const { document, selection } = editor;
  const graph = new NodeEditor<Schemes>();
  const area = new AreaPlugin<Schemes, AreaSignal>(container);
  graph.use(area);
  const viewport = createViewport(area, options.isPanning);
  const isDrawing = signal(false);
  const drawn = followDrawnWire(area, document);
  const { editing } = options;
  if (editing) area.use(createWires(editor, editing.newId, isDrawing, editing.onDrop));

  const cards = drawCards(area, {
    document,
    viewport,
    isKept: (id) =>
      selection.current.peek().nodes.has(id) ||
      (area.nodeViews.get(id)?.element.contains(window.document.activeElement) ?? false),
    view: (id) => options.card(id, socketView(area, id)),
  });

  const layer = window.document.createElement('div');
  area.area.content.holder.prepend(layer);
  render(
    <WireLayer editor={editor} viewport={viewport} taken={options.taken} drawn={drawn} />,
    layer,
  );

  const looks = effect(() => {
    container.classList.toggle('wiring', isDrawing.value);
    container.classList.toggle('far', viewport.transform.value.k < farBelow);
  });
  const size = new ResizeObserver(() => cards.look());
  size.observe(container);

  const projection = projectDocument(document, graph, area, (id) =>
    makePressable(area, editor, id, editing !== undefined),
  );

  return {
    viewport,
    settled: () => projection.settled(),
    focus(id) {
      const node = document.node(id);
      if (!node) return;
      selection.set({ nodes: [id] });
      viewport.center(boxOf(node));
      cards.look();
      requestAnimationFrame(() =>
        area.nodeViews.get(id)?.element.querySelector<HTMLElement>('[data-node]')?.focus(),
      );
    },
    destroy() {
      projection.dispose();
      looks();
      size.disconnect();
      cards.dispose();
      render(null, layer);
      area.destroy();
    },
  };
}
