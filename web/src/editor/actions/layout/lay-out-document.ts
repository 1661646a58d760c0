import type { Direction } from '@crmflow/layout';
import type { Point } from '../../commands/nodes.js';
import type { DocumentReader } from '../../model/store.js';
import type { LayoutAnswer, LayoutRequest } from './messages.js';

/** In a worker of its own, that is there only as long as it is needed. */
function inWorker(request: LayoutRequest): Promise<LayoutAnswer> {
  const worker = new Worker(new URL('./layout-worker.ts', import.meta.url), { type: 'module' });
  return new Promise<LayoutAnswer>((resolve, reject) => {
    worker.addEventListener('message', ({ data }: MessageEvent<LayoutAnswer>) => resolve(data));
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      reject(new Error(event.message));
    });
    worker.postMessage(request);
  }).finally(() => worker.terminate());
}

/**
 * Finds places for some nodes, or for all. Where it is some, they stay where they are as a whole.
 * @throws Error where the worker cannot be loaded
 */
export async function layOutDocument(
  document: DocumentReader,
  ids: ReadonlySet<string>,
  direction: Direction,
): Promise<ReadonlyMap<string, Point>> {
  const nodes = document.nodes().filter(({ id }) => ids.has(id));
  const edges = document.edges().filter(({ source, target }) => ids.has(source) && ids.has(target));
  const places = await inWorker({ nodes, edges, direction });
  if (nodes.length === document.nodes().length) return places;
  const corner = (points: readonly Point[]) => ({
    x: Math.min(...points.map(({ x }) => x)),
    y: Math.min(...points.map(({ y }) => y)),
  });
  const before = corner(nodes.map(({ position }) => position));
  const after = corner([...places.values()]);
  return new Map(
    [...places].map(([id, { x, y }]) => [
      id,
      { x: x - after.x + before.x, y: y - after.y + before.y },
    ]),
  );
}
