import { isJsonObject, type Json, type JsonObject } from '@crmflow/contracts';

/** A schema with a change made to it and to all schemas within, from the inside out. */
export function mapSchema(
  schema: JsonObject,
  change: (schema: JsonObject) => JsonObject,
): JsonObject {
  const within = (value: Json): Json => (isJsonObject(value) ? mapSchema(value, change) : value);
  const { properties, items, anyOf, ...rest } = schema;
  return change({
    ...rest,
    ...(isJsonObject(properties) && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([name, property]) => [name, within(property)]),
      ),
    }),
    ...(items !== undefined && { items: within(items) }),
    ...(Array.isArray(anyOf) && { anyOf: anyOf.map(within) }),
  });
}

/** The types of a schema, and whether there may be no value. */
export function typesOf({ type, nullable }: JsonObject): { types: Json[]; isNullable: boolean } {
  const all = type === undefined ? [] : Array.isArray(type) ? type : [type];
  const types = all.filter((one) => one !== 'null');
  return { types, isNullable: nullable === true || all.includes('null') };
}
