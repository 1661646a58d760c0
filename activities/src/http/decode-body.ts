import { type Json, storable } from '@crmflow/contracts';
import { isShallow } from '../call/is-shallow.js';

/** A response body as text, in the character set that its type names. */
export function decodeText(contentType: string, bytes: Uint8Array): string {
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
