import type { Signal } from '@preact/signals';
import { BidirectFlow, ConnectionPlugin } from 'rete-connection-plugin';
import { canConnect, connect, type Outlet } from '../commands/edges.js';
import type { Point } from '../commands/nodes.js';
import type { Editor } from '../editor.js';
import { texts } from '../editor-texts.js';
import type { AreaSignal } from './area-signal.js';
import type { Schemes } from './schemes.js';

type End = { nodeId: string; side: 'input' | 'output'; key: string };

/** What an edge that is being drawn would connect, whichever end it was begun at. */
function edgeKeyOf(from: End, to: End): { outlet: Outlet; target: string } | undefined {
  const [out, into] = from.side === 'output' ? [from, to] : [to, from];
  if (out.side !== 'output' || into.side !== 'input') return undefined;
  return { outlet: { source: out.nodeId, sourceHandle: out.key }, target: into.nodeId };
}

/**
 * Lets edges be drawn from handle to node. What is drawn becomes a command; the plugin itself
 * changes nothing.
 * @param isDrawing is told whether an edge is being drawn
 * @param dropped is called with where an edge from a handle was let go of over nothing, or at the
 * handle itself, which was a click
 */
export function createEdges(
  { document, history }: Editor,
  newId: () => string,
  isDrawing: Signal<boolean>,
  dropped: (outlet: Outlet, at: Point, isClick: boolean) => void,
): ConnectionPlugin<Schemes, AreaSignal> {
  const plugin = new ConnectionPlugin<Schemes, AreaSignal>();
  let pointer: Point = { x: 0, y: 0 };

  plugin.addPreset(
    () =>
      new BidirectFlow<Schemes, []>({
        makeConnection(from, to) {
          const wire = edgeKeyOf(from, to);
          if (!wire || !canConnect(document, wire.outlet, wire.target)) return false;
          history.run(texts.steps.connect, connect(document, wire.outlet, wire.target, newId()));
          return true;
        },
      }),
  );
  plugin.addPipe((context) => {
    if (context.type === 'pointerup') {
      pointer = { x: context.data.event.clientX, y: context.data.event.clientY };
    }
    if (context.type === 'connectionpick') isDrawing.value = true;
    if (context.type === 'connectiondrop') {
      isDrawing.value = false;
      const { initial, socket } = context.data;
      const isClick = socket?.nodeId === initial.nodeId && socket.side === 'output';
      if ((!socket || isClick) && initial.side === 'output') {
        dropped({ source: initial.nodeId, sourceHandle: initial.key }, pointer, isClick);
      }
    }
    return context;
  });
  return plugin;
}
