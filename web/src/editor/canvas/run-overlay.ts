import type { LogEvent } from '../../chat/progress.js';

/** How a node has fared in the run that is shown; `unreached` where it is of no test. */
export type NodeMark = {
  state: 'active' | 'waiting' | 'paused' | 'done' | 'failed' | 'unreached';
  visits: number;
  /** Why it failed, where it did. */
  error?: string;
};

/** A run as the canvas shows it. */
export type RunOverlay = {
  nodes: ReadonlyMap<string, NodeMark>;
  /** Handles that the run has left by, see `outletName`. */
  taken: ReadonlySet<string>;
};

/** No run is shown. */
export const noOverlay: RunOverlay = { nodes: new Map(), taken: new Set() };

/** A handle of a node as one text. */
export const outletName = (nodeId: string, handle: string) => `${nodeId}\n${handle}`;

/** Where a run is, before what has happened there. */
const order = ['active', 'waiting', 'paused', 'failed', 'unreached'];

/** How a card is marked that shows these nodes: by the one of them that one must know of. */
export function cardMark(
  nodeIds: readonly string[],
  markOf: (nodeId: string) => string | undefined,
): string | undefined {
  const found = nodeIds.flatMap((id) => markOf(id) ?? []);
  return order.find((mark) => found.includes(mark)) ?? found[0];
}

/** What the numbered events of a run, from the first one, leave on the canvas. */
export function overlayOf(events: readonly LogEvent[]): RunOverlay {
  const nodes = new Map<string, NodeMark>();
  const taken = new Set<string>();
  const mark = (nodeId: string | undefined, state: NodeMark['state'], error?: string) => {
    if (nodeId === undefined) return;
    const visits = nodes.get(nodeId)?.visits ?? 0;
    nodes.set(nodeId, { state, visits, ...(error !== undefined && { error }) });
  };
  for (const event of events) {
    const { nodeId } = event;
    switch (event.type) {
      case 'node.activated': {
        const visits = event.visit ?? 1;
        if (nodeId !== undefined) nodes.set(nodeId, { state: 'active', visits });
        break;
      }
      case 'waiting':
      case 'handoff.requested':
        mark(nodeId, 'waiting');
        break;
      case 'paused':
        mark(nodeId, 'paused');
        break;
      case 'node.failed':
        mark(nodeId, 'failed', event.data.message);
        break;
      case 'node.completed':
        if (nodeId !== undefined) taken.add(outletName(nodeId, event.data.handle));
        if (event.data.handle !== 'error') mark(nodeId, 'done');
        break;
      case 'run.finished':
        for (const [id, one] of nodes) {
          if (one.state !== 'failed') nodes.set(id, { ...one, state: 'done' });
        }
        break;
      default:
        break;
    }
  }
  return { nodes, taken };
}
