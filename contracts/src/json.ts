import { z } from 'zod';

/** Any value that survives JSON unchanged. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Any value that JSON can say. */
export const jsonValueSchema = (z.json() as z.ZodType<Json>).meta({ id: 'Json' });

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
