import { z } from 'zod';

/** Any value that survives JSON unchanged. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Whether all numbers in a value are exact: 2^53 isn't, as 2^53 + 1 becomes the same number. */
function isExact(value: Json): boolean {
  if (typeof value === 'number') return !Number.isInteger(value) || Number.isSafeInteger(value);
  if (typeof value !== 'object' || value === null) return true;
  return Object.values(value).every(isExact);
}

/** Any value that JSON can say exactly. */
export const jsonValueSchema = (z.json() as z.ZodType<Json>)
  .refine(isExact, 'contains a whole number beyond 2^53, which JSON does not keep. Send it as text')
  .meta({ id: 'Json' });

/** A JSON object. */
export type JsonObject = { [key: string]: Json };

const encoder = new TextEncoder();

/** Size of a text in bytes of UTF-8. */
export function utf8Bytes(text: string): number {
  return encoder.encode(text).length;
}

/** Size of a value's JSON in bytes of UTF-8: the measure of every limit on values. */
export function jsonBytes(value: Json): number {
  return utf8Bytes(JSON.stringify(value));
}
