import { batch, computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import type { Edge, FlowNodeInput, FlowNote } from '@crmflow/contracts';
import { type AskPairs, askPairs, type Direction, directionOf } from '@crmflow/layout';
import type { Diff } from './diff.js';
import { indexEdges } from './edge-index.js';
import {
  type DocumentRecord,
  type EdgeRecord,
  type FlowRecord,
  type NodeRecord,
  type NoteRecord,
  type RecordKey,
  edgeKey,
  nodeKey,
  noteKey,
} from './record.js';

/** The document as others may read it; commands read the values, views the signals. */
export type DocumentReader = {
  node(id: string): FlowNodeInput | undefined;
  edge(id: string): Edge | undefined;
  note(id: string): FlowNote | undefined;
  record(key: RecordKey): DocumentRecord | undefined;
  flow(): FlowRecord;
  /** The edges that begin or end at a node. */
  edgesOf(nodeId: string): Edge[];
  /** The edge that leaves by a handle. */
  edgeFrom(nodeId: string, handle: string): Edge | undefined;
  nodes(): FlowNodeInput[];
  edges(): Edge[];
  notes(): FlowNote[];
  /** A place behind all others of its list. */
  nextOrder(): number;
  /** Ids of the nodes, edges, notes; change when one comes or goes. */
  nodeIds: ReadonlySignal<ReadonlySet<string>>;
  edgeIds: ReadonlySignal<ReadonlySet<string>>;
  noteIds: ReadonlySignal<ReadonlySet<string>>;
  /** A record's own signal: undefined once it is gone. */
  signalOf(key: RecordKey): ReadonlySignal<DocumentRecord | undefined>;
  /** Goes up with each change. */
  version: ReadonlySignal<number>;
  /** The version of the last change that was not only of places: a drag leaves it as it is. */
  meaning: ReadonlySignal<number>;
  /** Which way it is drawn, by where most of its nodes are; until that says it, as one wishes. */
  direction: Signal<Direction>;
  /** Its questions; the same object as long as they are the same. */
  asks: ReadonlySignal<AskPairs>;
};

/** The document. */
export type DocumentStore = DocumentReader & {
  /** Makes a change; those who look see it as one. */
  apply(diff: Diff): void;
};

/** Whether a change only puts a node or a note elsewhere. */
function isMove(before: DocumentRecord | undefined, after: DocumentRecord | undefined): boolean {
  if (before?.kind === 'note' && after?.kind === 'note') return isPlaced(before.note, after.note);
  return before?.kind === 'node' && after?.kind === 'node' && isPlaced(before.node, after.node);
}

/** Whether two are the same but for where they are. */
function isPlaced<T extends { position: unknown }>(before: T, after: T): boolean {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]) as Set<keyof T>;
  return [...names].every((name) => name === 'position' || before[name] === after[name]);
}

const byOrder = (a: { order: number }, b: { order: number }) => a.order - b.order;

/**
 * The document: a signal per record, so that a change is seen by those who show that record and
 * by nobody else, however large the flow is.
 */
export function createStore(
  records: Iterable<readonly [RecordKey, DocumentRecord]>,
  wished: Direction = 'down',
): DocumentStore {
  const signals = new Map<RecordKey, Signal<DocumentRecord | undefined>>();
  const nodeIds = signal<ReadonlySet<string>>(new Set());
  const edgeIds = signal<ReadonlySet<string>>(new Set());
  const noteIds = signal<ReadonlySet<string>>(new Set());
  const version = signal(0);
  const meaning = signal(0);
  const direction = signal(wished);
  const index = indexEdges();
  let lastOrder = 0;

  const signalOf = (key: RecordKey) => {
    let found = signals.get(key);
    if (!found) signals.set(key, (found = signal<DocumentRecord | undefined>(undefined)));
    return found;
  };
  const record = (key: RecordKey) => signals.get(key)?.peek();

  const put = (key: RecordKey, next: DocumentRecord | undefined) => {
    const held = signalOf(key);
    const last = held.peek();
    if (last?.kind === 'edge') index.remove(last.edge);
    if (next?.kind === 'edge') index.add(next.edge);
    if (next && 'order' in next) lastOrder = Math.max(lastOrder, next.order);
    held.value = next;
  };

  const renew = (ids: Signal<ReadonlySet<string>>, kind: 'node' | 'edge' | 'note', diff: Diff) => {
    const held = ids.peek();
    let next: Set<string> | undefined;
    for (const [key, { after }] of diff) {
      if (!key.startsWith(`${kind}:`)) continue;
      const id = key.slice(kind.length + 1);
      if ((next ?? held).has(id) === (after !== undefined)) continue;
      next ??= new Set(held);
      if (after) next.add(id);
      else next.delete(id);
    }
    if (next) ids.value = next;
  };

  const apply = (diff: Diff) => {
    if (diff.size === 0) return;
    const saysMore = [...diff].some(([key, { after }]) => !isMove(record(key), after));
    batch(() => {
      for (const [key, { after }] of diff) put(key, after);
      renew(nodeIds, 'node', diff);
      renew(edgeIds, 'edge', diff);
      renew(noteIds, 'note', diff);
      version.value += 1;
      if (saysMore) meaning.value = version.peek();
      const placed = [...diff.keys()].filter((key) => key.startsWith('node:')).length;
      // Whoever moves a few cards does not draw the flow anew.
      if (placed > nodeIds.peek().size / 2) {
        direction.value = directionOf(nodes(), edges()) ?? direction.peek();
      }
    });
  };

  const all = <R extends DocumentRecord>(
    ids: ReadonlySet<string>,
    key: (id: string) => RecordKey,
  ) => [...ids].flatMap((id) => (record(key(id)) as R | undefined) ?? []);
  const edge = (id: string) => (record(edgeKey(id)) as EdgeRecord | undefined)?.edge;
  const flow = (): FlowRecord => {
    const found = record('flow');
    if (found?.kind !== 'flow') throw new Error('The document has no flow record.');
    return found;
  };

  const nodes = () =>
    all<NodeRecord>(nodeIds.peek(), nodeKey)
      .sort(byOrder)
      .map((one) => one.node);
  const edges = () =>
    all<EdgeRecord>(edgeIds.peek(), edgeKey)
      .sort(byOrder)
      .map((one) => one.edge);

  let lastAsks: AskPairs = { replyOf: new Map(), askOf: new Map() };
  const asks = computed(() => {
    if (meaning.value < 0) return lastAsks;
    const found = askPairs(nodes(), edges());
    const isSame =
      found.replyOf.size === lastAsks.replyOf.size &&
      [...found.replyOf].every(([ask, reply]) => lastAsks.replyOf.get(ask) === reply);
    return isSame ? lastAsks : (lastAsks = found);
  });

  apply(new Map([...records].map(([key, after]) => [key, { after }])));

  return {
    node: (id) => (record(nodeKey(id)) as NodeRecord | undefined)?.node,
    edge,
    note: (id) => (record(noteKey(id)) as NoteRecord | undefined)?.note,
    record,
    flow,
    edgesOf: (nodeId) => index.of(nodeId).flatMap((id) => edge(id) ?? []),
    edgeFrom: (nodeId, handle) =>
      index
        .of(nodeId)
        .flatMap((id) => edge(id) ?? [])
        .find((one) => one.source === nodeId && one.sourceHandle === handle),
    nodes,
    edges,
    notes: () =>
      all<NoteRecord>(noteIds.peek(), noteKey)
        .sort(byOrder)
        .map((one) => one.note),
    nextOrder: () => lastOrder + 1,
    nodeIds,
    edgeIds,
    noteIds,
    signalOf,
    version,
    meaning,
    direction,
    asks,
    apply,
  };
}
