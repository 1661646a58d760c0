import type { Json, JsonObject } from '@crmflow/contracts';
import { isJsonObject } from '@crmflow/contracts/json-object';

/** What a field of an answer holds, in the words of people who know no JSON Schema. */
export type FieldKind =
  'text' | 'number' | 'whole' | 'yesNo' | 'choice' | 'moment' | 'list' | 'object' | 'other';

/** A schema as rows show it. What rows do not show is kept as it is. */
export type Shape = {
  kind: FieldKind;
  description: string;
  /** Of a choice. */
  choices: readonly string[];
  /** Of an object. */
  fields: readonly Field[];
  /** Of a list. */
  items: Shape | undefined;
  /** The field may be null: its type is written as a list. */
  isNullable: boolean;
  /** All other keywords; of `other` the whole schema. */
  rest: JsonObject;
};

/** A named part of an answer. */
export type Field = { name: string; isRequired: boolean; shape: Shape };

const typeOfKind = {
  text: 'string',
  choice: 'string',
  moment: 'string',
  number: 'number',
  whole: 'integer',
  yesNo: 'boolean',
  list: 'array',
  object: 'object',
} as const satisfies Record<Exclude<FieldKind, 'other'>, string>;

/** Whether a value is a list of texts. */
export const isTexts = (value: Json | undefined): value is string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string');

/** A new field of a kind. */
export function blank(kind: FieldKind): Shape {
  return {
    kind,
    description: '',
    choices: kind === 'choice' ? [''] : [],
    fields: kind === 'object' ? [{ name: 'name', isRequired: true, shape: blank('text') }] : [],
    items: kind === 'list' ? blank('text') : undefined,
    isNullable: false,
    rest: kind === 'other' ? { type: 'string' } : {},
  };
}

const other = (schema: JsonObject): Shape => ({ ...blank('other'), rest: schema });

function baseType(type: Json | undefined): { type: string; isNullable: boolean } | undefined {
  if (typeof type === 'string') return { type, isNullable: false };
  const [first, second] = isTexts(type) ? type : [];
  const isPair = isTexts(type) && type.length === 2 && second === 'null' && first !== 'null';
  return isPair && first !== undefined ? { type: first, isNullable: true } : undefined;
}

function kindOf(type: string, schema: JsonObject): FieldKind | undefined {
  switch (type) {
    case 'string':
      if ('enum' in schema) return isTexts(schema['enum']) ? 'choice' : undefined;
      return schema['format'] === 'date-time' ? 'moment' : 'text';
    case 'number':
      return 'number';
    case 'integer':
      return 'whole';
    case 'boolean':
      return 'yesNo';
    case 'array':
      return isJsonObject(schema['items']) ? 'list' : undefined;
    case 'object':
      return isJsonObject(schema['properties']) ? 'object' : undefined;
    default:
      return undefined;
  }
}

function fieldsOf(properties: JsonObject, required: readonly string[]): Field[] | undefined {
  const fields = Object.entries(properties).map(([name, schema]) =>
    isJsonObject(schema)
      ? { name, isRequired: required.includes(name), shape: readShape(schema) }
      : undefined,
  );
  return fields.every((field) => field !== undefined) ? fields : undefined;
}

/** A schema as rows; `other` where rows cannot say it, and then it is kept as it is. */
export function readShape(schema: JsonObject): Shape {
  const base = baseType(schema['type']);
  const kind = base && kindOf(base.type, schema);
  if (!base || !kind) return other(schema);
  const { type: _type, ...rest } = schema;
  const shape: Shape = { ...blank('text'), kind, isNullable: base.isNullable, rest };
  if (typeof rest['description'] === 'string' && rest['description'] !== '') {
    shape.description = rest['description'];
    delete rest['description'];
  }
  if (kind === 'choice') {
    shape.choices = rest['enum'] as string[];
    delete rest['enum'];
  }
  if (kind === 'moment') delete rest['format'];
  if (kind === 'list') {
    shape.items = readShape(rest['items'] as JsonObject);
    delete rest['items'];
  }
  if (kind === 'object') {
    const { required } = rest;
    const properties = rest['properties'] as JsonObject;
    const isPlain = required === undefined || (isTexts(required) && isSet(required, properties));
    const fields = isPlain && fieldsOf(properties, required ?? []);
    if (!fields) return other(schema);
    shape.fields = fields;
    delete rest['properties'];
    // An empty list says no more than none, but it is not ours to leave out.
    if (isTexts(required) && required.length > 0) delete rest['required'];
  }
  return shape;
}

function isSet(required: readonly string[], properties: JsonObject): boolean {
  const names = new Set(required);
  return (
    names.size === required.length && required.every((name) => Object.hasOwn(properties, name))
  );
}

/** Rows as a schema: what `readShape` has read comes back as it was. */
export function writeShape({ kind, rest, ...shape }: Shape): JsonObject {
  if (kind === 'other') return rest;
  const type = typeOfKind[kind];
  const required = shape.fields.filter(({ isRequired }) => isRequired).map(({ name }) => name);
  return {
    type: shape.isNullable ? [type, 'null'] : type,
    ...(shape.description !== '' && { description: shape.description }),
    ...(kind === 'choice' && { enum: [...shape.choices] }),
    ...(kind === 'moment' && { format: 'date-time' }),
    ...(kind === 'list' && shape.items && { items: writeShape(shape.items) }),
    ...(kind === 'object' && {
      properties: Object.fromEntries(
        shape.fields.map(({ name, shape: of }) => [name, writeShape(of)]),
      ),
    }),
    ...rest,
    ...(kind === 'object' && required.length > 0 && { required }),
  };
}
