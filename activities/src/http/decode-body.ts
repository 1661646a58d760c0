import { type Json, storable } from '@crmflow/contracts';

/** Deeper JSON stays text: what walks values later does so by recursion. */
const maxDepth = 64;

function isShallow(value: Json, depth = 0): boolean {
  if (value === null || typeof value !== 'object') return true;
  if (depth === maxDepth) return false;
  return Object.values(value).every((item) => isShallow(item, depth + 1));
}

function decodeText(contentType: string, bytes: Uint8Array): string {
  const charset = /;\s*charset="?([^";\s]+)/i.exec(contentType)?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}

/**
 * A response body as a value: parsed where it is JSON, whatever its type says, and text otherwise.
 * It can be stored: no NUL characters, no lone surrogates.
 * @param contentType the Content-Type header, '' where there is none
 */
export function decodeBody(contentType: string, bytes: Uint8Array): Json {
  const text = decodeText(contentType, bytes);
  try {
    const value = JSON.parse(text) as Json;
    if (isShallow(value)) return storable(value);
  } catch {
    // No JSON, so it is text.
  }
  return storable(text);
}
