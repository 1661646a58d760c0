import { isException } from '@crmflow/layout';
import { effect, type ReadonlySignal, untracked } from '@preact/signals';
import type { Box } from '../commands/arrange.js';
import type { Point } from '../commands/nodes.js';
import type { Editor } from '../editor.js';
import type { DocumentReader } from '../model/store.js';
import { nodeIn } from '../model/asks.js';
import { edgeKey } from '../model/record.js';
import { outletName } from './run-overlay.js';
import { type Ends, endsOf } from './geometry.js';
import type { BoxIndex } from './obstacles.js';
import { arrowHead, boundsOf, middleOf, roundedPath, route } from './route.js';
import { svg } from './svg.js';
import type { Viewport } from './viewport.js';

type Wire = {
  group: SVGGElement;
  reach: SVGPathElement;
  line: SVGPathElement;
  head: SVGPathElement;
  ends: Ends | undefined;
  /** The handle that it leaves by, as a run names it. */
  outlet: string;
  isException: boolean;
  look: string;
  /** Its corners; undefined while they are not those of its ends and of the cards around. */
  points: readonly Point[] | undefined;
  bounds: Bounds;
  stop: () => void;
};

type Bounds = readonly [left: number, top: number, right: number, bottom: number];

/** What the layer of edges shows. */
export type EdgeLayerOptions = {
  editor: Editor;
  viewport: Viewport;
  /** Where the cards are that wires lead around. */
  boxes: BoxIndex;
  /** Handles that the run that is shown has left by. */
  taken: ReadonlySignal<ReadonlySet<string>>;
  /** The edge that is being drawn. */
  drawn: ReadonlySignal<Ends | undefined>;
  /** The sign on an edge was pressed that puts something into it; without it there is none. */
  onInsert?: ((edgeId: string, client: Point) => void) | undefined;
};

/** Wires that no moved card ends at are routed anew once nothing has moved for so long. */
const restMs = 150;
/** How far from its ends a wire may lead, before its way is known. */
const reach = 400;
/** Nothing is a way of its own where a wire touches what has moved. */
const touch = 30;
/** Once so many cards have moved, all wires are routed anew. */
const manyMoved = 60;

/** Follows the ends of an edge as its nodes move. */
function followEnds(document: DocumentReader, id: string, wire: Wire, look: () => void) {
  return effect(() => {
    const record = document.signalOf(edgeKey(id)).value;
    if (record?.kind !== 'edge') return;
    const { source, sourceHandle } = record.edge;
    const node = nodeIn(document, source);
    wire.ends = endsOf(document, record.edge);
    wire.outlet = outletName(source, sourceHandle);
    wire.isException = node !== undefined && isException(node, sourceHandle);
    wire.points = undefined;
    wire.bounds = wire.ends ? aroundEnds(wire.ends) : [0, 0, 0, 0];
    look();
  });
}

const aroundEnds = ({ from, to }: Ends): Bounds => [
  Math.min(from.x, to.x) - reach,
  Math.min(from.y, to.y) - reach,
  Math.max(from.x, to.x) + reach,
  Math.max(from.y, to.y) + reach,
];

/** Whether some of a wire may be in the frame. */
function isSeen([left, top, right, bottom]: Bounds, viewport: Viewport): boolean {
  const { x, y, k } = viewport.transform.peek();
  const { width, height } = viewport.size();
  return left * k + x < width && top * k + y < height && right * k + x > 0 && bottom * k + y > 0;
}

const isNear = ([left, top, right, bottom]: Bounds, { x, y, width, height }: Box) =>
  left - touch < x + width && right + touch > x && top - touch < y + height && bottom + touch > y;

/** A layer of edges on the page. */
export type EdgeLayer = {
  element: SVGSVGElement;
  dispose(): void;
};

/** A plus in a circle, for the middle of the edge that a pointer is on. */
function insertSign(): SVGGElement {
  const sign = svg('g', 'wire-insert');
  const circle = svg('circle', '');
  circle.setAttribute('r', '11');
  const plus = svg('path', '');
  plus.setAttribute('d', 'M -5 0 H 5 M 0 -5 V 5');
  sign.append(circle, plus);
  return sign;
}

/**
 * All edges, in one layer under the cards, and the one that is being drawn. Elements of its own and
 * one pass over them in a frame: a thousand components would take longer than all else.
 */
export function drawEdges({
  editor,
  viewport,
  boxes,
  taken,
  drawn,
  onInsert,
}: EdgeLayerOptions): EdgeLayer {
  const { document, selection } = editor;
  const layer = svg('svg', 'wires');
  layer.setAttribute('aria-hidden', 'true');
  const inHand = svg('path', 'wire-line drawn');
  layer.append(inHand);
  const pattern = svg('g', 'wire');
  pattern.append(svg('path', 'wire-reach'), svg('path', 'wire-line'), svg('path', 'wire-head'));
  const wires = new Map<string, Wire>();
  let moved: Box[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let frame = 0;

  const routeWire = (wire: Wire, ends: Ends) => {
    const direction = document.direction.peek();
    const points = route(ends, direction, boxes);
    const path = roundedPath(points);
    wire.points = points;
    wire.bounds = boundsOf(points);
    wire.reach.setAttribute('d', path);
    wire.line.setAttribute('d', path);
    wire.head.setAttribute('d', arrowHead(ends.to, direction));
  };
  const draw = () => {
    frame = 0;
    const { edges } = selection.current.peek();
    const left = taken.peek();
    for (const [id, wire] of wires) {
      const look = `wire${edges.has(id) ? ' selected' : ''}${left.has(wire.outlet) ? ' taken' : ''}${wire.isException ? ' exception' : ''}`;
      if (look !== wire.look) wire.group.setAttribute('class', (wire.look = look));
      const { ends } = wire;
      if (!ends || !isSeen(wire.bounds, viewport)) {
        if (!wire.group.hasAttribute('display')) wire.group.setAttribute('display', 'none');
        continue;
      }
      if (!wire.points) routeWire(wire, ends);
      if (wire.group.hasAttribute('display')) wire.group.removeAttribute('display');
    }
  };
  const look = () => {
    frame ||= requestAnimationFrame(draw);
  };

  /** Lets wires lead around cards where they are now. */
  const reroute = () => {
    const around = moved;
    moved = [];
    for (const wire of wires.values()) {
      const isTouched = around.length > manyMoved || around.some((box) => isNear(wire.bounds, box));
      if (isTouched) wire.points = undefined;
    }
    look();
  };

  const add = (id: string) => {
    const group = pattern.cloneNode(true) as SVGGElement;
    group.setAttribute('data-edge', id);
    group.setAttribute('display', 'none');
    const [reachPath, line, head] = [...group.children] as [
      SVGPathElement,
      SVGPathElement,
      SVGPathElement,
    ];
    const wire: Wire = {
      ...{ group, reach: reachPath, line, head, ends: undefined, outlet: '', isException: false },
      ...{ look: 'wire', points: undefined, bounds: [0, 0, 0, 0], stop: () => undefined },
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

  const sign = insertSign();
  if (onInsert) {
    layer.append(sign);
    layer.addEventListener('pointerover', ({ target }) => {
      const id = target instanceof Element && target.closest('.wire')?.getAttribute('data-edge');
      const points = id ? wires.get(id)?.points : undefined;
      if (!id || !points) return;
      const { x, y } = middleOf(points);
      sign.setAttribute('transform', `translate(${x} ${y})`);
      sign.dataset['edge'] = id;
    });
    layer.addEventListener('pointerleave', () => delete sign.dataset['edge']);
    sign.addEventListener('click', ({ clientX, clientY }) => {
      const id = sign.dataset['edge'];
      if (id !== undefined) onInsert(id, { x: clientX, y: clientY });
    });
  }

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
      if (value) {
        inHand.setAttribute('d', roundedPath(route(value, document.direction.peek())));
      } else inHand.removeAttribute('d');
    }),
    boxes.onChange((box) => {
      if (moved.length <= manyMoved) moved.push(box);
      clearTimeout(timer);
      timer = setTimeout(reroute, restMs);
    }),
  ];

  return {
    element: layer,
    dispose() {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
      for (const end of ends) end();
      for (const { stop } of wires.values()) stop();
    },
  };
}
