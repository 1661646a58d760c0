import { effect, type ReadonlySignal, untracked } from '@preact/signals';
import type { Point } from '../commands/nodes.js';
import type { Editor } from '../editor.js';
import type { DocumentReader } from '../model/store.js';
import { edgeKey, nodeKey } from '../model/record.js';
import { outletName } from './run-overlay.js';
import { endsOf, edgeBounds, edgePath } from './geometry.js';
import { svg } from './svg.js';
import type { Viewport } from './viewport.js';

type Ends = { from: Point; to: Point };

type Wire = {
  group: SVGGElement;
  paths: readonly SVGPathElement[];
  ends: Ends | undefined;
  /** The handle that it leaves by, as a run names it. */
  outlet: string;
  look: string;
  /** Whether its paths are as its ends are. */
  isDrawn: boolean;
  stop: () => void;
};

/** What the layer of edges shows. */
export type EdgeLayerOptions = {
  editor: Editor;
  viewport: Viewport;
  /** Handles that the run that is shown has left by. */
  taken: ReadonlySignal<ReadonlySet<string>>;
  /** The edge that is being drawn. */
  drawn: ReadonlySignal<Ends | undefined>;
};

/** Follows the ends of an edge as its nodes move. */
function followEnds(document: DocumentReader, id: string, wire: Wire, look: () => void) {
  const nodeOf = (nodeId: string) => {
    const record = document.signalOf(nodeKey(nodeId)).value;
    return record?.kind === 'node' ? record.node : undefined;
  };
  return effect(() => {
    const record = document.signalOf(edgeKey(id)).value;
    if (record?.kind !== 'edge') return;
    wire.ends = endsOf(record.edge, nodeOf);
    wire.outlet = outletName(record.edge.source, record.edge.sourceHandle);
    wire.isDrawn = false;
    look();
  });
}

/** Whether some of an edge may be in the frame. */
function isSeen({ from, to }: Ends, viewport: Viewport): boolean {
  const [left, top, right, bottom] = edgeBounds(from, to);
  const { x, y, k } = viewport.transform.peek();
  const { width, height } = viewport.size();
  return left * k + x < width && top * k + y < height && right * k + x > 0 && bottom * k + y > 0;
}

/**
 * All edges, in one layer under the cards, and the one that is being drawn. Elements of its own and
 * one pass over them in a frame: a thousand components would take longer than all else.
 */
export function drawEdges({ editor, viewport, taken, drawn }: EdgeLayerOptions): {
  element: SVGSVGElement;
  dispose(): void;
} {
  const { document, selection } = editor;
  const layer = svg('svg', 'wires');
  layer.setAttribute('aria-hidden', 'true');
  const inHand = svg('path', 'wire-line drawn');
  layer.append(inHand);
  const pattern = svg('g', 'wire');
  pattern.append(svg('path', 'wire-reach'), svg('path', 'wire-line'));
  const wires = new Map<string, Wire>();
  let frame = 0;

  const draw = () => {
    frame = 0;
    const { edges } = selection.current.peek();
    const left = taken.peek();
    for (const [id, wire] of wires) {
      const look = `wire${edges.has(id) ? ' selected' : ''}${left.has(wire.outlet) ? ' taken' : ''}`;
      if (look !== wire.look) wire.group.setAttribute('class', (wire.look = look));
      const { ends, paths } = wire;
      if (!ends || !isSeen(ends, viewport)) {
        if (wire.group.hasAttribute('display')) continue;
        wire.group.setAttribute('display', 'none');
      } else if (!wire.isDrawn) {
        const path = edgePath(ends.from, ends.to);
        for (const one of paths) one.setAttribute('d', path);
        wire.isDrawn = true;
        wire.group.removeAttribute('display');
      } else if (wire.group.hasAttribute('display')) wire.group.removeAttribute('display');
    }
  };
  const look = () => {
    frame ||= requestAnimationFrame(draw);
  };

  const add = (id: string) => {
    const group = pattern.cloneNode(true) as SVGGElement;
    group.setAttribute('data-edge', id);
    group.setAttribute('display', 'none');
    const paths = [...group.children] as SVGPathElement[];
    const wire: Wire = {
      ...{ group, paths, ends: undefined, outlet: '', look: 'wire', isDrawn: false },
      stop: () => undefined,
    };
    wire.stop = followEnds(document, id, wire, look);
    wires.set(id, wire);
    return group;
  };
  const drop = (id: string, { group, stop }: Wire) => {
    stop();
    group.remove();
    wires.delete(id);
  };

  layer.addEventListener('pointerdown', ({ target }) => {
    if (!(target instanceof Element) || !target.matches('.wire-reach')) return;
    const id = target.parentElement?.getAttribute('data-edge');
    if (id) selection.set({ edges: [id] });
  });
  const ends = [
    effect(() => {
      const wanted = document.edgeIds.value;
      untracked(() => {
        for (const [id, wire] of wires) if (!wanted.has(id)) drop(id, wire);
        inHand.before(...[...wanted].filter((id) => !wires.has(id)).map(add));
      });
    }),
    effect(() => {
      if (viewport.transform.value && viewport.size() && selection.current.value && taken.value) {
        look();
      }
    }),
    effect(() => {
      const { value } = drawn;
      if (value) inHand.setAttribute('d', edgePath(value.from, value.to));
      else inHand.removeAttribute('d');
    }),
  ];

  return {
    element: layer,
    dispose() {
      cancelAnimationFrame(frame);
      for (const end of ends) end();
      for (const { stop } of wires.values()) stop();
    },
  };
}
