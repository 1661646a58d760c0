import type { JsonObject } from './json.js';

/** Whether a value is an object as JSON has them: neither null nor a list. */
export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
