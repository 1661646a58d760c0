import { jsonValueSchema } from '@crmflow/contracts';
import { z } from 'zod';

/** A JSON Schema (2020-12) as the document carries it. */
export type JsonSchema = { [keyword: string]: unknown };

const safeInteger = Number.MAX_SAFE_INTEGER;

/** Says what zod spells out of habit in the few words that a reader needs. */
function tidy(schema: JsonSchema): void {
  if (schema['maximum'] === safeInteger) delete schema['maximum'];
  if (schema['maxLength'] === safeInteger) delete schema['maxLength'];
  if (schema['minimum'] === -safeInteger) delete schema['minimum'];
  if (schema['format'] === 'date-time' || schema['format'] === 'uri') delete schema['pattern'];
  if (schema['type'] !== undefined && 'const' in schema) delete schema['type'];
  if (typeof schema['$ref'] === 'string') {
    const { $ref, description } = schema;
    for (const key of Object.keys(schema)) delete schema[key];
    Object.assign(schema, { $ref, ...(description !== undefined && { description }) });
  }
}

function override({ zodSchema, jsonSchema }: { zodSchema: unknown; jsonSchema: JsonSchema }): void {
  if (zodSchema === jsonValueSchema) {
    for (const key of Object.keys(jsonSchema)) delete jsonSchema[key];
    jsonSchema['description'] = 'Any JSON value.';
    return;
  }
  tidy(jsonSchema);
}

const local = '#/$defs/';
const shared = '#/components/schemas/';

function relocate(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(relocate);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).map(([key, item]) => {
    const isReference = key === '$ref' && typeof item === 'string';
    return [key, isReference ? item.replace(local, shared) : relocate(item)] as const;
  });
  return Object.fromEntries(entries);
}

const propertiesOf = (schema: JsonSchema) =>
  (schema['properties'] ?? {}) as Record<string, JsonSchema>;

/**
 * Turns zod schemas into JSON Schemas whose named parts are components, each told once.
 * The document speaks of what goes over the wire, so everything is converted as input: a field
 * with a default may be left out.
 */
export function createJsonSchemas() {
  const components = new Map<string, JsonSchema>();

  function convert(schema: z.ZodType, io: 'input' | 'output' = 'input'): JsonSchema {
    const {
      $schema: _,
      $defs = {},
      ...own
    } = z.toJSONSchema(schema, {
      io,
      unrepresentable: 'any',
      override,
    }) as JsonSchema & { $defs?: Record<string, JsonSchema> };
    for (const [name, definition] of Object.entries($defs)) {
      if (name.startsWith('__')) continue;
      const { id: _id, ...rest } = definition;
      components.set(name, relocate(rest) as JsonSchema);
    }
    const name = z.globalRegistry.get(schema)?.id;
    const { id: _id, ...rest } = own;
    const told = relocate(rest) as JsonSchema;
    if (name === undefined || '$ref' in told) return told;
    components.set(name, told);
    return { $ref: shared + name };
  }

  return {
    /** What a body must be or is. */
    body: (schema: z.ZodType) => convert(schema),
    /**
     * The fields of a query or an address: what each means (a number, though it travels as text),
     * and whether it must be there.
     */
    parameters(schema: z.ZodType): { name: string; required: boolean; schema: JsonSchema }[] {
      const required = (convert(schema)['required'] ?? []) as string[];
      const sent = propertiesOf(convert(schema));
      const meant = propertiesOf(convert(schema, 'output'));
      return Object.entries(sent).map(([name, own]) => ({
        name,
        required: required.includes(name),
        schema: meant[name]?.['type'] === undefined ? own : meant[name],
      }));
    },
    /** All named schemas so far, in the order of the alphabet. */
    components: (): Record<string, JsonSchema> =>
      Object.fromEntries([...components].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

/** Turns zod schemas into JSON Schemas. */
export type JsonSchemas = ReturnType<typeof createJsonSchemas>;
