import { type Graph, waitsFor } from '@crmflow/contracts';
import { components, type Successors } from './successors.js';

/**
 * Loops that a run could follow without end and without waiting for anything.
 * @returns the nodes of each loop, in the order of the flow; loops that share nodes count as one
 */
export function findLoops({ nodes }: Graph, next: Successors): string[][] {
  const ids = nodes.filter((node) => waitsFor(node) === null).map(({ id }) => id);
  const order = new Map(ids.map((id, index) => [id, index]));
  const place = (id = '') => order.get(id) ?? 0;
  return components(ids, next)
    .filter(({ isLoop }) => isLoop)
    .map((loop) => loop.ids.sort((a, b) => place(a) - place(b)))
    .sort(([a], [b]) => place(a) - place(b));
}
