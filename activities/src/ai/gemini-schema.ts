import type { JsonObject } from '@crmflow/contracts';
import type { ResponseSchema } from '@google/generative-ai';
import { mapSchema, typesOf } from './map-schema.js';

function translate(schema: JsonObject): JsonObject {
  // Gemini's objects have no other properties anyway, and it takes no such keyword.
  const { $schema: _, additionalProperties: __, type: ___, nullable: ____, ...rest } = schema;
  const { types, isNullable } = typesOf(schema);
  const [type] = types;
  return { ...(type !== undefined && { type }), ...rest, ...(isNullable && { nullable: true }) };
}

/** A JSON Schema that a flow may have, in the words of Gemini. */
export function toGeminiSchema(schema: JsonObject): ResponseSchema {
  return mapSchema(schema, translate) as unknown as ResponseSchema;
}
