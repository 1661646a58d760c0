import {
  type Coverage,
  type Flow,
  handlesOf,
  isKind,
  type RunEvent,
  toolUsesOf,
} from '@crmflow/contracts';

type Handle = { nodeId: string; handle: string };
type Parts = { nodes: string[]; handles: Handle[] };

const keyOf = ({ nodeId, handle }: Handle) => JSON.stringify([nodeId, handle]);

/** The way on, and all that a branch can decide; other handles count where they lead somewhere. */
function isPart({ edges }: Flow, node: Flow['nodes'][number], handle: string): boolean {
  if (handle === 'out' || isKind(node, 'branch')) return true;
  return edges.some(({ source, sourceHandle }) => source === node.id && sourceHandle === handle);
}

/** What there is to reach in a flow. Integrations that only models call have no handles to leave by. */
export function partsOf(flow: Flow): Parts {
  const entered = new Set(flow.edges.map(({ target }) => target));
  const tools = new Set(toolUsesOf(flow.nodes).map(({ target }) => target));
  const isTool = (id: string) => tools.has(id) && !entered.has(id);
  return {
    nodes: flow.nodes.map(({ id }) => id),
    handles: flow.nodes
      .filter(({ id }) => !isTool(id))
      .flatMap((node) =>
        handlesOf(node)
          .filter((handle) => isPart(flow, node, handle))
          .map((handle) => ({ nodeId: node.id, handle })),
      ),
  };
}

/** Collects what runs reach. */
export type Reached = {
  see(event: Pick<RunEvent, 'type' | 'nodeId' | 'data'>): void;
  /** That a model called an integration of the flow. */
  seeTool(nodeId: string): void;
  has(handle: Handle): boolean;
  hasNode(nodeId: string): boolean;
  coverage(flow: Flow): Coverage;
};

/** Collects what runs reach. */
export function createReached(): Reached {
  const nodes = new Set<string>();
  const handles = new Set<string>();
  const has = (handle: Handle) => handles.has(keyOf(handle));
  return {
    see({ type, nodeId, data }) {
      if (nodeId === undefined) return;
      if (type === 'node.activated') nodes.add(nodeId);
      if (type === 'node.completed' && 'handle' in data) {
        handles.add(keyOf({ nodeId, handle: data.handle }));
      }
    },
    seeTool: (nodeId) => nodes.add(nodeId),
    has,
    hasNode: (nodeId) => nodes.has(nodeId),
    coverage(flow) {
      const parts = partsOf(flow);
      const inNodes = parts.nodes.filter((id) => nodes.has(id));
      return {
        nodes: { covered: inNodes, missing: parts.nodes.filter((id) => !nodes.has(id)) },
        handles: {
          covered: parts.handles.filter(has),
          missing: parts.handles.filter((one) => !has(one)),
        },
      };
    },
  };
}

/** What at least one of several reaches, of the same flow. */
export function mergeCoverage([first, ...others]: readonly Coverage[]): Coverage {
  const none: Coverage = {
    nodes: { covered: [], missing: [] },
    handles: { covered: [], missing: [] },
  };
  if (!first) return none;
  const nodes = new Set([first, ...others].flatMap((one) => one.nodes.covered));
  const handles = new Set([first, ...others].flatMap((one) => one.handles.covered.map(keyOf)));
  const allNodes = [...first.nodes.covered, ...first.nodes.missing];
  const allHandles = [...first.handles.covered, ...first.handles.missing];
  return {
    nodes: {
      covered: allNodes.filter((id) => nodes.has(id)),
      missing: allNodes.filter((id) => !nodes.has(id)),
    },
    handles: {
      covered: allHandles.filter((one) => handles.has(keyOf(one))),
      missing: allHandles.filter((one) => !handles.has(keyOf(one))),
    },
  };
}
