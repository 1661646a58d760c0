import { type Json, type JsonObject, limits } from '@crmflow/contracts';
import { FlowFault } from '../fault.js';
import { compilePattern } from '../pattern.js';
import { fieldError, type Finding } from './fields.js';

const types = ['object', 'array', 'string', 'number', 'integer', 'boolean'];

const common = ['type', 'nullable', 'title', 'description'];
const ofType: { [type: string]: string[] } = {
  object: ['properties', 'required', 'propertyOrdering', 'additionalProperties'],
  array: ['items', 'minItems', 'maxItems'],
  string: ['enum', 'format', 'pattern', 'minLength', 'maxLength'],
  number: ['minimum', 'maximum'],
  integer: ['minimum', 'maximum'],
  boolean: [],
};

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isTexts = (value: Json): value is string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string');
const isCount = (value: Json) => Number.isInteger(value) && Number(value) >= 0;

const fault = (path: string, message: string) => fieldError('schema_invalid', path, message);

/** The type of a schema without `null`, which only says that there may be no value. */
function typeOf({ type }: JsonObject): Json | undefined {
  if (!Array.isArray(type) || type.length !== 2 || !type.includes('null')) return type;
  return type.find((one) => one !== 'null');
}

function valueFault(keyword: string, value: Json, schema: JsonObject): string | null {
  switch (keyword) {
    case 'nullable':
      return typeof value === 'boolean' ? null : 'must be true or false';
    case 'title':
    case 'description':
      return typeof value === 'string' ? null : 'must be a text';
    case 'additionalProperties':
      return value === false ? null : 'can only be false';
    case 'minItems':
    case 'maxItems':
    case 'minLength':
    case 'maxLength':
      return isCount(value) ? null : 'must be a whole number';
    case 'minimum':
    case 'maximum':
      return typeof value === 'number' ? null : 'must be a number';
    case 'format':
      return value === 'date-time' ? null : 'can only be date-time';
    case 'enum':
      return isTexts(value) && value.length > 0 ? null : 'must be a list of texts';
    case 'required':
    case 'propertyOrdering': {
      const known = isObject(schema['properties']) ? schema['properties'] : {};
      const names = isTexts(value) ? value : null;
      if (!names) return 'must be a list of names';
      const unknown = names.find((name) => !Object.hasOwn(known, name));
      return unknown === undefined ? null : `names "${unknown}", which is none of the properties`;
    }
    default:
      return null;
  }
}

function patternFault(value: Json): string | null {
  if (typeof value !== 'string') return 'must be a text';
  try {
    compilePattern(value);
    return null;
  } catch (error) {
    if (error instanceof FlowFault) return error.message;
    throw error;
  }
}

function* checkTyped(schema: JsonObject, path: string, depth: number): Generator<Finding> {
  const type = typeOf(schema);
  if (typeof type !== 'string' || !types.includes(type)) {
    yield fault(`${path}.type`, `must be one of ${types.join(', ')}, or that and "null"`);
    return;
  }
  const known = [...common, ...(ofType[type] ?? [])];
  for (const [keyword, value] of Object.entries(schema)) {
    const at = `${path}.${keyword}`;
    if (!known.includes(keyword)) {
      yield fault(at, `is not supported by models for ${type}; leave it out`);
      continue;
    }
    const wrong = keyword === 'pattern' ? patternFault(value) : valueFault(keyword, value, schema);
    if (wrong !== null) yield fault(at, wrong);
  }
  if (type === 'array') yield* checkSchema(schema['items'], `${path}.items`, depth + 1);
  if (type === 'object') {
    const { properties } = schema;
    if (!isObject(properties) || Object.keys(properties).length === 0) {
      yield fault(`${path}.properties`, 'must name what the object has');
      return;
    }
    for (const [name, property] of Object.entries(properties)) {
      yield* checkSchema(property, `${path}.properties.${name}`, depth + 1);
    }
  }
}

function* checkAnyOf(schema: JsonObject, path: string, depth: number): Generator<Finding> {
  const { anyOf } = schema;
  for (const keyword of Object.keys(schema)) {
    if (keyword === 'anyOf' || (common.includes(keyword) && keyword !== 'type')) continue;
    yield fault(`${path}.${keyword}`, 'cannot stand beside anyOf; put it into its schemas');
  }
  if (!Array.isArray(anyOf) || anyOf.length === 0) {
    yield fault(`${path}.anyOf`, 'must be a list of schemas');
    return;
  }
  for (const [index, one] of anyOf.entries()) {
    yield* checkSchema(one, `${path}.anyOf[${index}]`, depth + 1);
  }
}

function* checkSchema(schema: Json | undefined, path: string, depth: number): Generator<Finding> {
  if (depth > limits.answerSchemaDepth) {
    yield fault(path, `is nested deeper than ${limits.answerSchemaDepth} levels`);
  } else if (!isObject(schema)) {
    yield fault(path, 'must be a schema, such as {"type": "string"}');
  } else if ('anyOf' in schema) {
    yield* checkAnyOf(schema, path, depth);
  } else {
    yield* checkTyped(schema, path, depth);
  }
}

/**
 * What a model would not take of the schema of an ai node's answer: models know a part of JSON
 * Schema only. `$schema` at its top is let through and not sent.
 * @param field where the schema stands in the node's data
 */
export function checkAnswerSchema(schema: JsonObject | undefined, field = 'schema'): Finding[] {
  if (schema === undefined) return [];
  const { $schema: _, ...rest } = schema;
  return [...checkSchema(rest, field, 1)];
}

/** The same for a schema that has to be of an object, as of what a model gives to a function. */
export function checkObjectSchema(schema: JsonObject | undefined, field: string): Finding[] {
  if (schema === undefined || typeOf(schema) === 'object') return checkAnswerSchema(schema, field);
  return [fault(`${field}.type`, 'must be object: name each value as one of its properties')];
}
