import { type FlowIssue, type Graph, issueOf } from '@crmflow/contracts';
import { createFindCallback } from '../callbacks.js';
import type { Node } from '../cel/parse.js';
import { expressionsIn, nodesIn, sourcesOf } from './sources.js';

/** The name that `callbackUrl("Approval")` has; null where it has none, or one that only a run knows. */
function nameIn(node: Node): { name?: string } | null {
  if (node.op !== 'call' || node.args[0] !== 'callbackUrl') return null;
  const [name] = node.args[1];
  if (!name) return {};
  return name.op === 'value' && typeof name.args === 'string' ? { name: name.args } : null;
}

/** Only an expression that has this is looked at more closely. */
const worthALook = /\bcallbackUrl\b/;

/** `callbackUrl()` that no node, or more than one, would wait for. */
export function checkCallbacks(graph: Graph): FlowIssue[] {
  const find = createFindCallback(graph);
  return graph.nodes.flatMap((node) =>
    sourcesOf(node).flatMap(({ field, ...source }) => {
      if (!worthALook.test(source.text)) return [];
      return expressionsIn(source).flatMap(({ expression, offset }) =>
        nodesIn(expression).flatMap((part): FlowIssue[] => {
          const asked = nameIn(part);
          const found = asked && find(node.id, asked.name);
          if (!found || 'nodeId' in found) return [];
          return [issueOf(found.why, { nodeId: node.id, field, offset: offset + part.start })];
        }),
      );
    }),
  );
}
