import type { Edge, FlowNodeInput } from '@crmflow/contracts';
import type { EditedFlow } from '../model/record.js';
import { isSame } from '../save/differences.js';

/** What a proposal does with a node. */
export type ProposedChange = 'added' | 'changed' | 'removed';

/** A proposed flow beside the one of now. */
export type Proposal = {
  /** The flow as it is to become. */
  flow: EditedFlow;
  /** The same with what is to go still in it, to be looked at. */
  shown: EditedFlow;
  /** What happens to which node; those that stay as they are have none. */
  changes: ReadonlyMap<string, ProposedChange>;
};

const byId = <Item extends { id: string }>(items: readonly Item[]) =>
  new Map(items.map((item) => [item.id, item]));

/** What is said and done by a node; where it stands is no change of it. */
const contentOf = ({ type, label, data }: FlowNodeInput) => ({ type, label, data });

function changeOf(before: FlowNodeInput | undefined, after: FlowNodeInput) {
  if (!before) return 'added';
  return isSame(contentOf(before), contentOf(after)) ? undefined : 'changed';
}

const wire = ({ source, sourceHandle, target }: Edge) => `${source} ${sourceHandle} ${target}`;

/** Holds a flow that was generated against the one of now. */
export function propose(before: EditedFlow, flow: EditedFlow): Proposal {
  const old = byId(before.nodes);
  const next = byId(flow.nodes);
  const removed = before.nodes.filter(({ id }) => !next.has(id));
  const changes = new Map<string, ProposedChange>(removed.map(({ id }) => [id, 'removed']));
  for (const node of flow.nodes) {
    const change = changeOf(old.get(node.id), node);
    if (change) changes.set(node.id, change);
  }
  const wires = new Set(flow.edges.map(wire));
  const ids = new Set(flow.edges.map(({ id }) => id));
  const gone = new Set(removed.map(({ id }) => id));
  const oldEdges = before.edges.filter(
    (edge) =>
      (gone.has(edge.source) || gone.has(edge.target)) &&
      !wires.has(wire(edge)) &&
      !ids.has(edge.id),
  );
  return {
    flow,
    shown: { ...flow, nodes: [...flow.nodes, ...removed], edges: [...flow.edges, ...oldEdges] },
    changes,
  };
}

/** How many nodes a proposal adds, changes and removes. */
export function countChanges({ changes }: Proposal): Record<ProposedChange, number> {
  const counts = { added: 0, changed: 0, removed: 0 };
  for (const change of changes.values()) counts[change] += 1;
  return counts;
}
