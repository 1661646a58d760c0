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
