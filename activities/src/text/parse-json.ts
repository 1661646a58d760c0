import type { Json } from '@crmflow/contracts';
import { parse } from 'lossless-json';

/** A number keeps its value, or becomes the text of its digits: never another number. */
function exactNumber(digits: string): number | string {
  const value = Number(digits);
  if (!Number.isFinite(value)) return digits;
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? digits : value;
}

/** Without sixteen digits or an exponent in a row every number of a text is exact. */
const mayBeInexact = /\d{16}|\d[eE]\+?\d/;

/**
 * Parses JSON. Whole numbers beyond 2^53, such as ids of 64 bits, become texts with the same digits,
 * as do numbers beyond what a double can be.
 * @throws SyntaxError
 */
export function parseJson(text: string): Json {
  if (!mayBeInexact.test(text)) return JSON.parse(text) as Json;
  // The quick parser first: it has no limit of depth, and refuses what isn't JSON.
  const value = JSON.parse(text) as Json;
  try {
    return parse(text, undefined, {
      parseNumber: exactNumber,
      onDuplicateKey: ({ newValue }) => newValue,
    }) as Json;
  } catch (error) {
    // Nested beyond what anybody may use; callers refuse that by themselves.
    if (error instanceof RangeError) return value;
    throw error;
  }
}
