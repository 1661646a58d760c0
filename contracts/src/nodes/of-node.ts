import type { FlowNode, FlowNodeInput, NodeOfKind } from './node.js';
import type { NodeType } from '../kinds.js';
import { type KindId, nodeKinds } from './index.js';
import type { Awaits, ExpressionField, Need, NodeKind } from './kind.js';

export { type KindId, nodeKinds } from './index.js';

/** A kind as all have in common; it only meets data of its own nodes. */
type AnyKind = NodeKind<FlowNodeInput['data']>;

/** The ids of all kinds, in the order in which people meet them. */
export const kindIds = Object.keys(nodeKinds) as KindId[];

/** How flows say a kind: the type of its nodes, and their `data.kind` where that tells it. */
export const wireOf = (id: KindId): AnyKind['wire'] => nodeKinds[id].wire;

const kindsByType = new Map<NodeType, Map<string | undefined, KindId>>();
for (const id of kindIds) {
  const { type, kind, isDefault } = wireOf(id);
  const kinds = kindsByType.get(type) ?? new Map<string | undefined, KindId>();
  if (kind !== undefined) kinds.set(kind, id);
  if (kind === undefined || isDefault) kinds.set(undefined, id);
  kindsByType.set(type, kinds);
}

/** The kind of a node; undefined for a logic node whose kind was not chosen yet. */
export function kindOf({ type, data }: FlowNodeInput): KindId | undefined {
  const kinds = kindsByType.get(type);
  // The kind of a trigger is how it is started, not what kind of node it is.
  const said = 'kind' in data ? data.kind : undefined;
  return kinds?.get(said) ?? (kinds?.size === 1 ? kinds.get(undefined) : undefined);
}

/** Whether a node is of a kind. */
export function isKind<K extends KindId>(
  node: FlowNode,
  kind: K,
): node is FlowNode & NodeOfKind<K> {
  return kindOf(node) === kind;
}

function factsOf(node: FlowNodeInput): AnyKind | undefined {
  const id = kindOf(node);
  return id && nodeKinds[id];
}

/** Fields of data that are lists of rows. */
const rowFields = ['choices', 'reminders', 'cases', 'assign', 'set', 'tools'];

const readable = new WeakMap<FlowNodeInput['data'], FlowNodeInput['data']>();

/**
 * The data of a node, in which each list of rows can be read as one. What is being edited may come
 * from the clipboard and is judged when it is saved; until then a list that is none has no rows.
 */
export function readableData<T extends FlowNodeInput['data']>(data: T): T {
  const known = readable.get(data);
  if (known) return known as T;
  const mended: { [field: string]: unknown } = {};
  for (const [field, value] of Object.entries<unknown>(data)) {
    if (!rowFields.includes(field) || value === undefined) continue;
    const rows: unknown[] = Array.isArray(value) ? value : [];
    const sound = rows.filter((row) => typeof row === 'object' && row !== null);
    if (!Array.isArray(value) || sound.length < value.length) mended[field] = sound;
  }
  const answer = Object.keys(mended).length > 0 ? { ...data, ...mended } : data;
  readable.set(data, answer);
  return answer;
}

/** The handles by which a node can be left, in the order in which they are shown. */
export function handlesOf(node: FlowNodeInput): string[] {
  const handles: unknown[] = factsOf(node)?.handles(readableData(node.data)) ?? ['out'];
  return handles.filter((handle) => typeof handle === 'string');
}

/** The names of the variables that a node sets. */
export function variablesOf(node: FlowNodeInput): string[] {
  const names: unknown[] = factsOf(node)?.variables(readableData(node.data)) ?? [];
  return names.filter((name) => typeof name === 'string').filter((name) => name !== '');
}

/** The fields of a node that hold expressions. */
export function expressionsOf(node: FlowNodeInput): ExpressionField[] {
  return factsOf(node)?.expressions(readableData(node.data)) ?? [];
}

/** What a node needs besides its flow. */
export function needsOf(node: FlowNodeInput): Need[] {
  const facts = factsOf(node);
  if (!facts) return [];
  const { key } = facts;
  const data: { [field: string]: unknown } = node.data;
  const asks =
    key?.of === 'model' &&
    Object.entries(key.when ?? {}).every(([field, value]) => data[field] === value);
  return [...(asks ? (['model'] as const) : []), ...facts.needs(node.data)];
}

/** Whether a visit to a node is exactly one call with an idempotency key. */
export function isCall(node: FlowNodeInput): boolean {
  return factsOf(node)?.isCall(node.data) ?? false;
}

/** Whether the model of an ai node may call a node as a tool. */
export function isTool(node: FlowNodeInput): boolean {
  return factsOf(node)?.isTool ?? false;
}

/** What a run waits for at a node; null where it goes on at once. */
export function waitsFor(node: FlowNodeInput): Awaits | null {
  return factsOf(node)?.waitsFor(node.data) ?? null;
}

/** Whether a run waits at a node for what only somebody can do who hears it. */
export function awaitsSomebody(node: FlowNodeInput): boolean {
  const awaited = waitsFor(node);
  return awaited === 'reply' || awaited === 'person';
}
