import {
  because,
  type FlowIssue,
  type FlowNode,
  type Graph,
  issueOf,
  toolUsesOf,
  variablesOf,
} from '@crmflow/contracts';
import { nearestName } from './nearest-name.js';
import { readsOf, type VariableRead } from './variable-reads.js';
import { reachableFrom, successors } from './successors.js';

type Tools = NonNullable<Extract<FlowNode, { type: 'ai' }>['data']['tools']>;

/** A flow with the variables that it starts with; a graph alone does not say which those are. */
export type CheckedFlow = Graph & {
  variables?: readonly { name: string; default?: unknown }[] | undefined;
};

const toolsOf = (node: FlowNode): Tools => (node.type === 'ai' ? (node.data.tools ?? []) : []);

/** Each step the other way round. */
const backwards = (steps: readonly { source: string; target: string }[]) =>
  steps.map(({ source, target }) => ({ source: target, target: source }));

/** The values that the model of an ai node fills in where it calls an integration, by its id. */
function filledIn(nodes: readonly FlowNode[]): Map<string, string[]> {
  const names = new Map<string, string[]>();
  for (const tool of nodes.flatMap(toolsOf)) {
    if (tool.kind !== 'integration') continue;
    const properties = tool.parameters?.['properties'] ?? {};
    names.set(tool.node, [...(names.get(tool.node) ?? []), ...Object.keys(properties)]);
  }
  return names;
}

function issueOfRead(
  { name, field, offset }: VariableRead,
  nodeId: string,
  known: ReadonlySet<string>,
  everSet: ReadonlySet<string>,
): FlowIssue {
  const place = { field, offset, nodeId };
  if (everSet.has(name)) return issueOf(because('variable_set_later', { name }), place);
  const suggestion = nearestName(name, [...known]);
  return suggestion === undefined
    ? issueOf(because('variable_unknown', { name }), place)
    : issueOf(because('variable_misspelt', { name, suggestion }), place);
}

/**
 * Warnings of variables that a node reads although no node on any way to it sets them: a run that
 * comes there fails. What the flow tests with `has(…)` may be missing, and is left alone.
 */
export function checkVariables(flow: CheckedFlow): FlowIssue[] {
  const { nodes, edges, variables } = flow;
  if (!variables) return [];
  const defaults = variables.flatMap((one) => (one.default === undefined ? [] : [one.name]));
  const byId = new Map(nodes.map((node) => [node.id, node]));
  // What a model calls happens while its node is visited, and what that saves stays.
  const uses = toolUsesOf(nodes);
  const called = successors(uses);
  const callers = successors(backwards(uses));
  const setIn = (node: FlowNode): string[] =>
    [node, ...(called.get(node.id) ?? []).map((id) => byId.get(id))].flatMap((one) =>
      one ? variablesOf(one) : [],
    );
  const sets = new Map(nodes.map((node) => [node.id, setIn(node)]));
  const before = successors(backwards(edges));
  const everSet = new Set([...defaults, ...nodes.flatMap((node) => sets.get(node.id) ?? [])]);
  const filled = filledIn(nodes);
  const reads = nodes.map((node) => ({ node, reads: readsOf(node) }));
  const optional = new Set(reads.flatMap((one) => one.reads.tested));

  return reads.flatMap(({ node, reads: { read } }) => {
    const asked = read.filter(({ name }) => !optional.has(name));
    if (asked.length === 0) return [];
    const callersHere = callers.get(node.id) ?? [];
    const starts = [node.id, ...callersHere].flatMap((id) => before.get(id) ?? []);
    const ways = reachableFrom([...starts, ...callersHere], before);
    const known = new Set([
      ...defaults,
      ...[...ways].flatMap((id) => sets.get(id) ?? []),
      ...(filled.get(node.id) ?? []),
      // Assignments are made in order, and may read those before them.
      ...(node.type === 'logic' ? variablesOf(node) : []),
    ]);
    const seen = new Set<string>();
    return asked.flatMap((one) => {
      const key = `${one.field} ${one.name}`;
      if (known.has(one.name) || seen.has(key)) return [];
      seen.add(key);
      return [issueOfRead(one, node.id, known, everSet)];
    });
  });
}
