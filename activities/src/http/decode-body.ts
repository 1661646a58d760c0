import { type Json, storable } from '@crmflow/contracts';
import { isShallow } from '../call/is-shallow.js';
import { decodeText } from '../text/decode.js';
import { parseJson } from '../text/parse-json.js';

/**
 * A response body as a value: parsed where it is JSON, whatever its type says, and text otherwise.
 * It can be stored: no NUL characters, no lone surrogates, no number that JavaScript would change.
 * @param contentType the Content-Type header, '' where there is none
 */
export function decodeBody(contentType: string, bytes: Uint8Array): Json {
  const text = decodeText(contentType, bytes);
  try {
    const value = parseJson(text);
    if (isShallow(value)) return storable(value);
  } catch {
    // No JSON, so it is text.
  }
  return storable(text);
}
