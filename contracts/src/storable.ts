import type { Json, JsonObject } from './json.js';

function storableText(text: string): string {
  return text.toWellFormed().replaceAll('\0', '');
}

/**
 * The same value as PostgreSQL's jsonb can keep it: without NUL characters, and with lone
 * surrogates replaced by U+FFFD. Values from outside (replies, model texts, HTTP bodies) pass
 * through here before they enter a run.
 */
export function storable<T extends Json>(value: T): T;
export function storable(value: Json): Json {
  if (typeof value === 'string') return storableText(value);
  if (Array.isArray(value)) return value.map((item) => storable(item));
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).map(([key, item]) => [storableText(key), storable(item)]);
  return Object.fromEntries(entries) as JsonObject;
}
