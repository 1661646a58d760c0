import { randomBytes } from 'node:crypto';
import { withTools } from '@crmflow/contracts';
import type { FlowGraph } from './flow-graph.js';

const quoted = String.raw`(?:"[^"\\]*"|'[^'\\]*')`;
/** `run.error.nodeId == "pay"`, the same the other way round, and `run.error.nodeId in ["pay"]`. */
const mentions = new RegExp(
  [
    String.raw`\.nodeId\s*[!=]=\s*${quoted}`,
    String.raw`${quoted}\s*[!=]=\s*[\w.]+\.nodeId\b`,
    String.raw`\.nodeId\s+in\s+\[\s*${quoted}(?:\s*,\s*${quoted})*\s*\]`,
  ].join('|'),
  'g',
);
const quotes = new RegExp(quoted, 'g');

/** Short, so that a flow near the limit of its size stays below it. */
const randomId = () => randomBytes(9).toString('base64url');

function renameIn(text: string, ids: ReadonlyMap<string, string>): string {
  return text.replace(mentions, (mention) =>
    mention.replace(quotes, (literal) => {
      const id = ids.get(literal.slice(1, -1));
      return id === undefined ? literal : `${literal[0]}${id}${literal[0]}`;
    }),
  );
}

function rename<T>(value: T, ids: ReadonlyMap<string, string>): T;
function rename(value: unknown, ids: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') return renameIn(value, ids);
  if (Array.isArray(value)) return value.map((item: unknown) => rename(item, ids));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, rename(item, ids)]));
}

/**
 * The same graph with new ids for its nodes and edges. Edges, the tools of models, and expressions
 * that compare a `nodeId` with one of the nodes, follow; handles stay as they are.
 * @param newId gives an id that nothing else has
 */
export function withNewIds(
  { nodes, edges, variables }: FlowGraph,
  newId: () => string = randomId,
): FlowGraph {
  const ids = new Map(nodes.map(({ id }) => [id, newId()]));
  const idOf = (id: string) => ids.get(id) ?? id;
  return {
    nodes: nodes.map((node) =>
      withTools({ ...node, id: idOf(node.id), data: rename(node.data, ids) } as typeof node, idOf),
    ),
    edges: edges.map((edge) => ({
      ...edge,
      id: newId(),
      source: idOf(edge.source),
      target: idOf(edge.target),
    })),
    variables,
  };
}
