import type { Direction } from '@crmflow/layout';
import type { Box } from '../commands/arrange.js';
import type { Point } from '../commands/nodes.js';
import type { Ends } from './geometry.js';
import type { Obstacles } from './obstacles.js';

/** How far a wire goes straight before it turns, and how far it keeps from cards. */
const stub = 20;
const clearance = 24;
/** What a bend costs, in units of length, and what going through a card does. */
const bendCost = 30;
const hitCost = 3_000;
/** Wires that lead back do not all lie on one line. */
const lanes = 4;
const laneWidth = 10;
const trackWidth = 12;

const free: Obstacles = { between: () => [] };

type Way = readonly Point[];

/** Leaves out points that a line goes through anyway. */
function tidy(points: Way): Point[] {
  const kept: Point[] = [];
  for (const point of points) {
    const [before, last] = kept.slice(-2);
    if (last && last.x === point.x && last.y === point.y) continue;
    const isBetween =
      before &&
      last &&
      ((before.x === last.x && last.x === point.x) || (before.y === last.y && last.y === point.y));
    if (isBetween) kept.pop();
    kept.push(point);
  }
  return kept;
}

function costOf(points: Way, obstacles: Obstacles): { cost: number; hit: Set<Box> } {
  const hit = new Set<Box>();
  let length = 0;
  for (const [index, b] of points.entries()) {
    const a = points[index - 1];
    if (!a) continue;
    length += Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
    for (const box of obstacles.between(a, b)) hit.add(box);
  }
  return { cost: length + points.length * bendCost + hit.size * hitCost, hit };
}

const turned = ({ x, y }: Point): Point => ({ x: y, y: x });

/** By a lane on one side, and back to above the end. */
const byLane = (from: Point, out: Point, lane: number, to: Point): Way => [
  from,
  out,
  { x: lane, y: out.y },
  { x: lane, y: to.y - clearance },
  { x: to.x, y: to.y - clearance },
  to,
];

/** From below a card to the top of another one, in a drawing that runs down. */
function routeDown({ from, to, track }: Ends, obstacles: Obstacles): Way {
  const out = { x: from.x, y: from.y + stub };
  const isAhead = to.y >= from.y + stub;
  const cross = (y: number): Way => [from, { x: from.x, y }, { x: to.x, y }, to];
  // Of several wires side by side the last one turns first, so that none crosses another.
  const turns = track === undefined ? [] : [from.y + stub - 4 + track * trackWidth];
  const late = to.y - from.y > 2 * clearance ? to.y - clearance : (from.y + to.y) / 2;
  const first = isAhead ? [...turns, late, from.y + stub].map(cross) : [];
  return best(first, obstacles, (hit) => {
    const lane = clearance + (Math.abs(Math.round(from.y)) % lanes) * laneWidth;
    const edges = [...hit].flatMap(({ x, width }) => [x - lane, x + width + lane]);
    // Back at the side: left of both, where the spine has nothing beside it, before anywhere else.
    const left = Math.min(from.x, to.x) - 32 - lane;
    return [left, ...edges].map((x) => byLane(from, out, x, to));
  });
}

/** From the side of a card to the top of another one. */
function routeAside(from: Point, to: Point, obstacles: Obstacles): Way {
  const out = { x: from.x + stub, y: from.y };
  const isAhead = to.x > from.x && to.y > from.y;
  const first: Way[] = isAhead ? [[from, { x: to.x, y: from.y }, to]] : [];
  return best(first, obstacles, (hit) => {
    const edges = [...hit].flatMap(({ x, width }) => [x - clearance, x + width + clearance]);
    const lane = from.x + clearance + (Math.abs(Math.round(from.y)) % lanes) * laneWidth;
    return [lane, ...edges.filter((x) => x > from.x)].map((x) => byLane(from, out, x, to));
  });
}

/** The first way that goes through no card, else the cheapest of all, after two rounds of detours. */
function best(first: readonly Way[], obstacles: Obstacles, detours: (hit: Set<Box>) => Way[]): Way {
  let found: { way: Way; cost: number } | undefined;
  let met = new Set<Box>();
  const consider = (ways: readonly Way[], isFirstFree: boolean) => {
    for (const way of ways) {
      const straight = tidy(way);
      const { cost, hit } = costOf(straight, obstacles);
      if (isFirstFree && hit.size === 0) return (found = { way: straight, cost });
      if (!found || cost < found.cost) found = { way: straight, cost };
      met = new Set([...met, ...hit]);
    }
    return undefined;
  };
  if (consider(first, true)) return found?.way ?? [];
  const before = new Set(met);
  consider(detours(met), false);
  if (met.size > before.size && (found?.cost ?? 0) >= hitCost) consider(detours(met), false);
  return found?.way ?? [];
}

/**
 * The way of a wire: along the axes, around cards where there is room, as its corners. It leaves by
 * its side and enters in the direction of the drawing.
 */
export function route(ends: Ends, direction: Direction, obstacles: Obstacles = free): Point[] {
  const { from, to, side } = ends;
  if (direction === 'right') {
    const across: Obstacles = {
      *between(a, b) {
        for (const { id, x, y, width, height } of obstacles.between(turned(a), turned(b))) {
          yield { id, x: y, y: x, width: height, height: width };
        }
      },
    };
    return routeDown({ from: turned(from), to: turned(to), side }, across).map(turned);
  }
  return [...(side === 'right' ? routeAside(from, to, obstacles) : routeDown(ends, obstacles))];
}

const radius = 10;

/** A point on the way from one to another, so far before the other. */
function before(b: Point, a: Point, by: number): Point {
  const length = Math.hypot(b.x - a.x, b.y - a.y) || 1;
  return { x: b.x - ((b.x - a.x) / length) * by, y: b.y - ((b.y - a.y) / length) * by };
}

/** A line with round corners, as the `d` of a path. */
export function roundedPath(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (!first) return '';
  let path = `M ${first.x} ${first.y}`;
  let last = first;
  for (const [index, point] of rest.entries()) {
    const next = rest[index + 1];
    if (next) {
      const lengths = [point, next].map((b, i) => {
        const a = i === 0 ? last : point;
        return Math.hypot(b.x - a.x, b.y - a.y) / 2;
      });
      const by = Math.min(radius, ...lengths);
      const [start, end] = [before(point, last, by), before(point, next, by)];
      path += ` L ${start.x} ${start.y} Q ${point.x} ${point.y} ${end.x} ${end.y}`;
    } else path += ` L ${point.x} ${point.y}`;
    last = point;
  }
  return path;
}

/** The head of an arrow that ends at a place, as the `d` of a path. */
export function arrowHead({ x, y }: Point, direction: Direction): string {
  return direction === 'down'
    ? `M ${x - 5} ${y - 8} L ${x} ${y - 1} L ${x + 5} ${y - 8}`
    : `M ${x - 8} ${y - 5} L ${x - 1} ${y} L ${x - 8} ${y + 5}`;
}

/** The point halfway along a line. */
export function middleOf(points: readonly Point[]): Point {
  const parts = points.slice(1).map((b, index) => {
    const a = points[index] ?? b;
    return { a, b, length: Math.abs(a.x - b.x) + Math.abs(a.y - b.y) };
  });
  let left = parts.reduce((sum, { length }) => sum + length, 0) / 2;
  for (const { a, b, length } of parts) {
    if (left <= length) {
      const t = length === 0 ? 0 : left / length;
      return { x: a.x + (b.x - a.x) * t, y: a.y + (b.y - a.y) * t };
    }
    left -= length;
  }
  return points[0] ?? { x: 0, y: 0 };
}

/** The box that a line lies in: left, top, right and bottom. */
export function boundsOf(points: readonly Point[]): [number, number, number, number] {
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}
