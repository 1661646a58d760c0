import {
  because,
  type FlowNode,
  type Graph,
  type Reason,
  toolUsesOf,
  waitsFor,
} from '@crmflow/contracts';
import { predecessors, successors } from './check-flow/successors.js';

/** The node that `callbackUrl()` is about, or why there is none. */
export type FoundCallback = { nodeId: string } | { why: Reason };

/** Finds the node that `callbackUrl()` in a field of a node is about. */
export type FindCallback = (fromId: string, name?: string) => FoundCallback;

const isCallback = (node: FlowNode) => waitsFor(node) === 'callback';

function only(nodes: readonly FlowNode[], otherwise: Reason): FoundCallback {
  const [first, ...others] = nodes;
  if (!first) return { why: otherwise };
  if (others.length === 0) return { nodeId: first.id };
  const labels = nodes.map(({ id, label }) => JSON.stringify(label || id)).join(', ');
  return { why: because('callback_ambiguous', { labels: labels.slice(0, 300) }) };
}

/**
 * Which node's address `callbackUrl()` gives. With a name it is the callback node of that label or id.
 * Without one it is the node itself, where it waits for a call (as in its reminders); else the next
 * such node that the flow can come to. In a request that a model calls, that is seen from the ai node.
 */
export function createFindCallback({ nodes, edges }: Graph): FindCallback {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const next = successors(edges);
  const callers = predecessors(toolUsesOf(nodes));

  const nextAfter = (fromId: string): FlowNode[] => {
    const found: FlowNode[] = [];
    const seen = new Set([...(next.get(fromId) ?? []), ...(callers.get(fromId) ?? [])]);
    for (const id of seen) {
      const node = byId.get(id);
      if (node && isCallback(node)) found.push(node);
      else for (const target of next.get(id) ?? []) seen.add(target);
    }
    return found;
  };

  return (fromId, name) => {
    if (name !== undefined) {
      const all = nodes.filter(isCallback);
      const named = all.filter(({ id }) => id === name);
      const fitting = named.length > 0 ? named : all.filter(({ label }) => label === name);
      return only(fitting, because('callback_unknown', { name: name.slice(0, 100) }));
    }
    const from = byId.get(fromId);
    if (from && isCallback(from)) return { nodeId: fromId };
    return only(nextAfter(fromId), because('callback_missing'));
  };
}
