import {
  type FlowNodeInput,
  handlesOf,
  isJsonObject,
  type JsonObject,
  variablesOf,
} from '@crmflow/contracts';
import { mendExpressions } from './mend-expressions.js';
import { nameOf, objectsIn, wordOf } from './to-data.js';

/** What models call handles, by the handle. */
const otherWords: { [handle: string]: string[] } = {
  out: ['answered', 'next', 'success', 'default', 'done', 'ok', 'response', 'reply', 'completed'],
  error: ['failure', 'failed', 'fail', 'on_error', 'errors'],
  timeout: ['timed_out', 'no_answer', 'no_reply', 'no_response', 'expired', 'silence'],
  invalid: ['wrong', 'no_match', 'not_valid', 'unrecognized'],
  else: ['default', 'otherwise', 'false', 'no', 'other', 'fallback', 'none'],
};
const yes = ['true', 'yes', 'match', 'then'];

/** The handle that a word means at a node, or the word itself. */
function meantHandle(word: string, handles: readonly string[], used: ReadonlySet<string>): string {
  if (handles.includes(word)) return word;
  const plain = wordOf(word);
  const alike = handles.find((handle) => wordOf(handle) === plain);
  if (alike !== undefined) return alike;
  const [first, second, ...more] = handles;
  if (second === 'else' && more.length === 0 && first !== undefined && yes.includes(plain)) {
    return first;
  }
  const meant = handles.find((handle) => otherWords[handle]?.includes(plain));
  return meant !== undefined && !used.has(meant) ? meant : word;
}

const endsOf = (edge: JsonObject) =>
  [edge['source'], edge['sourceHandle'], edge['target']].map(nameOf).join('\n');

function mendEdges(nodes: readonly JsonObject[], edges: readonly JsonObject[]): JsonObject[] {
  const handles = new Map(
    nodes.map((node) => [nameOf(node['id']), handlesOf(node as unknown as FlowNodeInput)]),
  );
  const used = new Map<string, Set<string>>();
  for (const edge of edges) {
    const source = nameOf(edge['source']);
    used.set(source, (used.get(source) ?? new Set()).add(nameOf(edge['sourceHandle'])));
  }
  const mended = edges.map((edge): JsonObject => {
    const source = nameOf(edge['source']);
    const own = handles.get(source);
    if (!own) return edge;
    const word = nameOf(edge['sourceHandle']);
    return { ...edge, sourceHandle: meantHandle(word, own, used.get(source) ?? new Set()) };
  });
  // The same wire drawn twice is one.
  return [...new Map(mended.map((edge) => [endsOf(edge), edge])).values()];
}

/** A flow that nothing starts gets a trigger before the first node that nothing leads to. */
function withTrigger(nodes: readonly JsonObject[], edges: readonly JsonObject[]) {
  const ids = new Set(nodes.map(({ id }) => nameOf(id)));
  if (nodes.length === 0 || nodes.some(({ type }) => type === 'trigger')) return { nodes, edges };
  const loose = edges.find(({ source }) => !ids.has(nameOf(source)));
  let id = loose ? nameOf(loose['source']) : 'start';
  while (ids.has(id)) id += '-1';
  const trigger = {
    id,
    type: 'trigger',
    label: 'Start',
    position: { x: 0, y: 0 },
    data: { kind: 'chat' },
  };
  const reached = new Set(edges.map(({ target }) => nameOf(target)));
  const first = nodes.find((node) => !reached.has(nameOf(node['id']))) ?? nodes[0];
  const wire = { id: 'edge-start', source: id, sourceHandle: 'out', target: nameOf(first?.['id']) };
  return { nodes: [trigger, ...nodes], edges: loose ? edges : [wire, ...edges] };
}

/**
 * A flow as a model meant it: with a trigger, wires at the handles that there are, and expressions in
 * CEL. What is not plainly meant stays, for the model to be told.
 * @param flow in the format for saving; nothing of it was checked
 */
export function mendFlow(flow: JsonObject): JsonObject {
  const { nodes, edges } = withTrigger(objectsIn(flow['nodes']), objectsIn(flow['edges']));
  const declared = objectsIn(flow['variables']).map(({ name }) => nameOf(name));
  const set = nodes.flatMap((node) => variablesOf(node as unknown as FlowNodeInput));
  const variables = new Set([...declared, ...set]);
  return {
    ...flow,
    nodes: nodes.map((node) => ({
      ...node,
      data: isJsonObject(node['data']) ? mendExpressions(node['data'], variables) : {},
    })),
    edges: mendEdges(nodes, edges),
  };
}
