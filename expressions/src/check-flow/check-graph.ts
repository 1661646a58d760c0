import {
  because,
  type FlowIssue,
  type FlowNode,
  type Graph,
  issueOf,
  toolUsesOf,
} from '@crmflow/contracts';
import { findLoops } from './loops.js';
import { reachableFrom, successors } from './successors.js';

function checkTriggers(triggers: readonly FlowNode[]): FlowIssue[] {
  if (triggers.length === 0) return [issueOf(because('trigger_missing'))];
  return triggers.slice(1).map(({ id }) => issueOf(because('trigger_extra'), { nodeId: id }));
}

function checkReach(graph: Graph, reached: ReadonlySet<string>): FlowIssue[] {
  return graph.nodes
    .filter(({ id }) => !reached.has(id))
    .map(({ id, label, type }) =>
      issueOf(because('unreachable', { label: label || type }), { nodeId: id }),
    );
}

/** Issues of how the nodes are connected: the trigger, nodes out of reach, loops without a wait. */
export function checkGraph(graph: Graph): FlowIssue[] {
  const triggers = graph.nodes.filter(({ type }) => type === 'trigger');
  const next = successors(graph.edges);
  const reached = reachableFrom(
    triggers.map(({ id }) => id),
    next,
  );
  const talking = graph.nodes.filter(({ id }) => reached.has(id));
  for (const { target } of toolUsesOf(talking)) reached.add(target);
  const unreached = triggers.length > 0 ? checkReach(graph, reached) : [];
  const loops = findLoops(graph, next).map(([first = '', ...others]) =>
    issueOf(because('loop_without_wait', { count: others.length + 1 }), { nodeId: first }),
  );
  return [...checkTriggers(triggers), ...unreached, ...loops];
}
