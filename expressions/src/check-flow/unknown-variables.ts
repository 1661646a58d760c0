import {
  because,
  type FlowIssue,
  type Graph,
  issueOf,
  type Reason,
  toolUsesOf,
  variablesOf,
} from '@crmflow/contracts';
import { nearestName } from './nearest-name.js';
import { components, predecessors, successors } from './successors.js';
import { readsOf } from './variable-reads.js';

/** A flow with the variables that it starts with; a graph alone does not say which those are. */
export type CheckedFlow = Graph & {
  variables?: readonly { name: string; default?: unknown }[] | undefined;
};

/** A set of variables: one bit for each. */
type Names = bigint;

/** What is known of variables at a node. */
type Known = { has(name: string): boolean; names(): string[] };

const union = (sets: readonly Names[]): Names => sets.reduce((all, one) => all | one, 0n);

/**
 * The variables that some way to each node sets, in one pass: a component comes after all those
 * that lead to it.
 * @param sets what each node sets
 */
function setBeforeEach(edges: Graph['edges'], sets: ReadonlyMap<string, Names>) {
  const previous = predecessors(edges);
  const before = new Map<string, Names>();
  const after = new Map<string, Names>();
  for (const { ids, isLoop } of components(sets.keys(), previous)) {
    const entering = union(
      ids.flatMap((id) => previous.get(id) ?? []).map((id) => after.get(id) ?? 0n),
    );
    const leaving = entering | union(ids.map((id) => sets.get(id) ?? 0n));
    for (const id of ids) {
      before.set(id, isLoop ? leaving : entering);
      after.set(id, leaving);
    }
  }
  return before;
}

/**
 * The variables that can have a value when a node is visited: those with a default, and those that
 * are set on some way to it.
 * @returns by the id of the node
 */
export function knownVariables({ nodes, edges }: Graph, defaults: readonly string[]) {
  const names = [...new Set([...defaults, ...nodes.flatMap(variablesOf)])];
  const bits = new Map(names.map((name, index) => [name, 1n << BigInt(index)]));
  const setOf = (some: readonly string[]) => union(some.map((name) => bits.get(name) ?? 0n));
  // What a model calls happens while its node is visited, and what that saves stays.
  const uses = toolUsesOf(nodes);
  const called = successors(uses);
  const callers = predecessors(uses);
  const own = new Map(nodes.map((node) => [node.id, setOf(variablesOf(node))]));
  const sets = new Map(
    nodes.map(({ id }) => [
      id,
      union([id, ...(called.get(id) ?? [])].map((one) => own.get(one) ?? 0n)),
    ]),
  );
  const before = setBeforeEach(edges, sets);
  const always = setOf(defaults);
  return (id: string): Known => {
    const inCalls = callers.get(id) ?? [];
    const known = union([
      always,
      ...[id, ...inCalls].map((one) => before.get(one) ?? 0n),
      ...inCalls.map((one) => sets.get(one) ?? 0n),
    ]);
    const has = (name: string) => (known & (bits.get(name) ?? 0n)) !== 0n;
    return { has, names: () => names.filter(has) };
  };
}

function reasonOf(name: string, known: readonly string[], isSet: boolean): Reason {
  if (isSet) return because('variable_set_later', { name });
  const suggestion = nearestName(name, known);
  return suggestion === undefined
    ? because('variable_unknown', { name })
    : because('variable_misspelt', { name, suggestion });
}

/**
 * Warnings of variables that a node reads although no node on any way to it sets them: a run that
 * comes there fails. What the flow tests with `has(…)` may be missing, and is left alone.
 */
export function checkVariables({ variables, ...graph }: CheckedFlow): FlowIssue[] {
  if (!variables) return [];
  const { nodes } = graph;
  const defaults = variables.flatMap((one) => (one.default === undefined ? [] : [one.name]));
  const everSet = new Set([...defaults, ...nodes.flatMap(variablesOf)]);
  const knownAt = knownVariables(graph, defaults);
  const given = new Map<string, string[]>();
  for (const { target, parameters } of toolUsesOf(nodes)) {
    given.set(target, [...(given.get(target) ?? []), ...parameters]);
  }
  const reads = nodes.map((node) => ({ id: node.id, ...readsOf(node) }));
  const optional = new Set(reads.flatMap(({ tested }) => tested));

  return reads.flatMap(({ id, read }) => {
    const known = knownAt(id);
    const ofModel = given.get(id) ?? [];
    const seen = new Set<string>();
    return read.flatMap(({ name, field, offset, setBefore }): FlowIssue[] => {
      const key = `${field} ${name}`;
      const own = [...setBefore, ...ofModel];
      if (known.has(name) || own.includes(name) || optional.has(name) || seen.has(key)) return [];
      seen.add(key);
      const why = reasonOf(name, [...own, ...known.names()], everSet.has(name));
      return [issueOf(why, { field, offset, nodeId: id })];
    });
  });
}
