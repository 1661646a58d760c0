import { z } from 'zod';
import { jsonBytes, jsonValueSchema } from '../json.js';
import { limits } from '../limits.js';

/** What a structured answer looks like: JSON Schema, as far as models know it. */
export const answerSchemaSchema = z
  .record(z.string(), jsonValueSchema)
  .refine(
    (schema) => jsonBytes(schema) <= limits.answerSchemaBytes,
    `must not be larger than ${limits.answerSchemaBytes / 1000} kB`,
  )
  .describe(
    'JSON Schema of the response. Supports types, properties, items, enum, anyOf and bounds.',
  );
