import type { Fragment } from '../commands/clipboard.js';

const format = 'crmflow/fragment';

/** A fragment as text, so that it can be pasted into another flow, tab or mail. */
export function writeFragment(fragment: Fragment): string {
  return JSON.stringify({ format, ...fragment }, null, 2);
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isNode = (value: unknown): value is Fragment['nodes'][number] =>
  isObject(value) &&
  typeof value['id'] === 'string' &&
  typeof value['type'] === 'string' &&
  typeof value['label'] === 'string' &&
  isObject(value['position']) &&
  isObject(value['data']);

const isNote = (value: unknown): value is Fragment['notes'][number] =>
  isObject(value) &&
  typeof value['id'] === 'string' &&
  typeof value['text'] === 'string' &&
  isObject(value['position']);

const isEdge = (value: unknown): value is Fragment['edges'][number] =>
  isObject(value) &&
  ['id', 'source', 'sourceHandle', 'target'].every((field) => typeof value[field] === 'string');

/**
 * The fragment that a text holds: one that was copied here, or a whole exported flow. What its
 * nodes say is judged when the flow is saved, as for those that are drawn.
 */
export function readFragment(text: string): Fragment | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isObject(value) || !(value['format'] === format || value['schemaVersion'] === 1)) {
    return undefined;
  }
  const { nodes, edges, notes = [] } = value;
  if (!Array.isArray(nodes) || !nodes.every(isNode)) return undefined;
  if (!Array.isArray(edges) || !edges.every(isEdge)) return undefined;
  if (!Array.isArray(notes) || !notes.every(isNote)) return undefined;
  return { nodes, edges, notes };
}
