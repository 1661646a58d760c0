import type { Edge } from '@crmflow/contracts';
import type { ReadonlySignal } from '@preact/signals';
import { endsOf } from '../../canvas/geometry.js';
import type { Editor } from '../../editor.js';
import { cardIdOf, nodesOfCards } from '../../model/asks.js';
import { texts } from '../../editor-texts.js';
import type { Canvas } from '../../rete/create-canvas.js';
import type { MenuTarget, StudioState } from '../studio-state.js';
import { labelOf } from '../../canvas/kinds.js';

/** What keys do with the node that has focus, and with its edges. */
export function createFocusCommands(
  { document, selection }: Editor,
  canvas: ReadonlySignal<Canvas | undefined>,
  state: StudioState,
  root: () => HTMLElement | null,
  announce: (words: string) => void,
) {
  const viewport = () => canvas.peek()?.viewport;
  const only = () => {
    const [id] = selection.current.peek().nodes;
    return id;
  };
  const labelAt = (id: string) => {
    const node = document.node(id);
    return node ? labelOf(node) : id;
  };
  const onlyEdge = () => {
    const [id] = selection.current.peek().edges;
    return id === undefined ? undefined : document.edge(id);
  };
  const focusedNode = () =>
    window.document.activeElement?.closest('[data-node]')?.getAttribute('data-node') ?? undefined;

  const menuOnEdge = (edge: Edge) => {
    const ends = endsOf(document, edge);
    const frame = root()?.querySelector('.canvas')?.getBoundingClientRect();
    const view = viewport();
    if (!ends || !frame || !view) return;
    const { x, y, k } = view.transform.peek();
    const at = {
      x: frame.left + ((ends.from.x + ends.to.x) / 2) * k + x,
      y: frame.top + ((ends.from.y + ends.to.y) / 2) * k + y,
    };
    state.menu.value = { at, on: { kind: 'edge', id: edge.id } };
  };
  const menu = () => {
    const edge = onlyEdge();
    if (edge) {
      menuOnEdge(edge);
      return;
    }
    const { nodes, notes } = selection.current.peek();
    const focused = focusedNode();
    const node = focused !== undefined && nodes.has(focused) ? focused : [...nodes][0];
    const [note] = notes;
    const on: MenuTarget =
      node !== undefined
        ? { kind: 'node', id: node }
        : note !== undefined
          ? { kind: 'note', id: note }
          : { kind: 'canvas' };
    const selector = 'id' in on ? `[data-${on.kind}="${CSS.escape(on.id)}"]` : '.canvas';
    const { left, top, width } = root()?.querySelector(selector)?.getBoundingClientRect() ?? {};
    if (left === undefined || top === undefined || width === undefined) return;
    state.menu.value = { at: { x: left + width / 2, y: top + 24 }, on };
  };
  /** Focus stays on the node, so that one goes through its edges, and Escape leads back to it. */
  const nextWire = () => {
    const edge = onlyEdge();
    const id = focusedNode() ?? edge?.source ?? only();
    if (id === undefined) return;
    const wires = nodesOfCards(document, [cardIdOf(document, id)])
      .flatMap((one) => document.edgesOf(one))
      .filter((one) => endsOf(document, one) !== undefined);
    const next = wires[(wires.findIndex((one) => one.id === edge?.id) + 1) % wires.length];
    if (!next) return;
    selection.set({ edges: [next.id] });
    const handle = texts.handles[next.sourceHandle] ?? next.sourceHandle;
    announce(texts.wire(labelAt(next.source), handle, labelAt(next.target)));
  };
  const clear = () => {
    const id = onlyEdge() && focusedNode();
    if (id === undefined) selection.clear();
    else selection.set({ nodes: [id] });
  };

  return { menu, nextWire, clear, focusedNode, labelAt };
}
