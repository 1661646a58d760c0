import { randomBytes } from 'node:crypto';
import { type FlowTest, withTools } from '@crmflow/contracts';
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

type Named = { node?: string | undefined };

/** A test of the same flow with other ids of nodes. */
function withNodes(
  test: FlowTest,
  idOf: (id: string) => string,
  ids: ReadonlyMap<string, string>,
): FlowTest {
  const named = <T extends Named>(one: T): T =>
    one.node === undefined ? one : { ...one, node: idOf(one.node) };
  const { recordings, mocks, steps, assert } = rename(test, ids);
  const { path, visits, never, calls } = assert;
  return {
    ...test,
    steps: steps.map((step) =>
      'operator' in step && 'nodeId' in step.operator && step.operator.nodeId !== undefined
        ? { operator: { ...step.operator, nodeId: idOf(step.operator.nodeId) } }
        : step,
    ),
    mocks: mocks.map(named),
    ...(recordings && { recordings: recordings.map(named) }),
    assert: {
      ...assert,
      ...(path && { path: path.map(idOf) }),
      ...(visits && {
        visits: Object.fromEntries(Object.entries(visits).map(([id, count]) => [idOf(id), count])),
      }),
      ...(never && { never: never.map(idOf) }),
      ...(calls && { calls: calls.map(named) }),
    },
  };
}

/**
 * The same graph with new ids for its nodes and edges. Edges, the tools of models, expressions
 * that compare a `nodeId` with one of the nodes, and tests follow; handles stay as they are.
 * @param newId gives an id that nothing else has
 */
export function withNewIds(
  { nodes, edges, variables, tests = [] }: FlowGraph & { tests?: readonly FlowTest[] },
  newId: () => string = randomId,
): FlowGraph & { tests: FlowTest[] } {
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
    tests: tests.map((test) => withNodes(test, idOf, ids)),
  };
}
