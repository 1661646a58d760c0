import { handlesOf } from '@crmflow/contracts/nodes';
import type { ReadonlySignal } from '@preact/signals';
import { outletAt } from '../../canvas/geometry.js';
import { leavingNode } from '../../model/asks.js';
import type { OpenFlow } from '../../open-editor.js';
import type { Canvas } from '../../rete/create-canvas.js';
import type { StudioState } from '../studio-state.js';

/** How keys put something new on the canvas. */
export function createAddCommands(
  { editor, actions }: OpenFlow,
  canvas: ReadonlySignal<Canvas | undefined>,
  state: StudioState,
  root: () => HTMLElement | null,
) {
  const { document } = editor;
  const viewport = () => canvas.peek()?.viewport;
  /** Asks what shall come after the one node that is selected. */
  const addAfter = () => {
    const { nodes } = editor.selection.current.peek();
    const [id] = nodes;
    const node = nodes.size === 1 && id !== undefined ? leavingNode(document, id) : undefined;
    const handles = node ? handlesOf(node) : [];
    const sourceHandle =
      handles.find((one) => !document.edgeFrom(node?.id ?? '', one)) ?? handles[0];
    const view = viewport();
    const frame = root()?.querySelector('.canvas')?.getBoundingClientRect();
    if (!node || sourceHandle === undefined || !view || !frame) return;
    const { x, y, k } = view.transform.peek();
    const out = outletAt(document, node, sourceHandle);
    const isBelow = out.side === 'bottom';
    const client = {
      x: frame.left + (out.x + (isBelow ? 0 : 80)) * k + x,
      y: frame.top + (out.y + (isBelow ? 48 : 0)) * k + y,
    };
    state.adding.value = { outlet: { source: node.id, sourceHandle }, client, isNext: true };
  };
  const addNote = () => {
    const frame = root()?.querySelector('.canvas')?.getBoundingClientRect();
    const middle = frame && { x: frame.left + frame.width / 2, y: frame.top + frame.height / 2 };
    const point = middle && viewport()?.toCanvas(middle);
    if (point) canvas.peek()?.write(actions.addNoteBeside(point));
  };

  return { addAfter, addNote };
}
