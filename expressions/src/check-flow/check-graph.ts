import { type FlowNode, type FlowProblem, type Graph, toolUsesOf } from '@crmflow/contracts';
import { findLoops } from './loops.js';
import { reachableFrom, successors } from './successors.js';

function checkTriggers(triggers: readonly FlowNode[]): FlowProblem[] {
  if (triggers.length === 0) {
    const message = 'The flow has no trigger; add one, it is where runs begin';
    return [{ severity: 'error', code: 'trigger_missing', message }];
  }
  return triggers.slice(1).map(({ id, label }) => ({
    severity: 'error',
    code: 'trigger_duplicate',
    message: `"${label}" is one trigger too many; a flow has exactly one`,
    nodeId: id,
  }));
}

function checkReach(graph: Graph, reached: ReadonlySet<string>): FlowProblem[] {
  return graph.nodes
    .filter(({ id }) => !reached.has(id))
    .map(({ id, label }) => ({
      severity: 'warning',
      code: 'unreachable',
      message: `"${label}" is never reached; connect it, or remove it`,
      nodeId: id,
    }));
}

/** Problems of how the nodes are connected: the trigger, nodes out of reach, loops without a wait. */
export function checkGraph(graph: Graph): FlowProblem[] {
  const triggers = graph.nodes.filter(({ type }) => type === 'trigger');
  const next = successors(graph.edges);
  const reached = reachableFrom(
    triggers.map(({ id }) => id),
    next,
  );
  const talking = graph.nodes.filter(({ id }) => reached.has(id));
  for (const { target } of toolUsesOf(talking)) reached.add(target);
  const unreached = triggers.length > 0 ? checkReach(graph, reached) : [];
  const loops = findLoops(graph, next).map(([first = '', ...others]): FlowProblem => ({
    severity: 'warning',
    code: 'loop_without_wait',
    message: `The loop through ${others.length + 1} node(s) from here has no listen and no wait; a run that goes round for long is stopped`,
    nodeId: first,
  }));
  return [...checkTriggers(triggers), ...unreached, ...loops];
}
