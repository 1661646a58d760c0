import {
  because,
  type FlowIssue,
  isJsonObject,
  type Json,
  type JsonObject,
  limits,
  type Reason,
} from '@crmflow/contracts';
import { sourceIssueOf } from '../expression.js';
import { FlowFault } from '../fault.js';
import { compilePattern } from '../pattern.js';
import { issueAt } from './fields.js';

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

const isTexts = (value: Json): value is string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string');
const isCount = (value: Json) => Number.isInteger(value) && Number(value) >= 0;

/** The type of a schema without `null`, which only says that there may be no value. */
function typeOf({ type }: JsonObject): Json | undefined {
  if (!Array.isArray(type) || type.length !== 2 || !type.includes('null')) return type;
  return type.find((one) => one !== 'null');
}

const expects = (
  expected: Extract<Reason, { reason: 'schema_value_invalid' }>['params']['expected'],
) => because('schema_value_invalid', { expected });

/** Why the value of a keyword is not one that it can have. */
function keywordReason(keyword: string, value: Json, schema: JsonObject): Reason | null {
  switch (keyword) {
    case 'nullable':
      return typeof value === 'boolean' ? null : expects('boolean');
    case 'title':
    case 'description':
      return typeof value === 'string' ? null : expects('text');
    case 'additionalProperties':
      return value === false ? null : expects('false');
    case 'minItems':
    case 'maxItems':
    case 'minLength':
    case 'maxLength':
      return isCount(value) ? null : expects('count');
    case 'minimum':
    case 'maximum':
      return typeof value === 'number' ? null : expects('number');
    case 'format':
      return value === 'date-time' ? null : expects('date-time');
    case 'pattern':
      return whyNoPattern(value);
    case 'enum':
      return isTexts(value) && value.length > 0 ? null : expects('texts');
    case 'required':
    case 'propertyOrdering': {
      const known = isJsonObject(schema['properties']) ? schema['properties'] : {};
      const names = isTexts(value) ? value : null;
      if (!names) return expects('names');
      const unknown = names.find((name) => !Object.hasOwn(known, name));
      return unknown === undefined ? null : because('schema_property_unknown', { name: unknown });
    }
    default:
      return null;
  }
}

function whyNoPattern(value: Json): Reason | null {
  if (typeof value !== 'string') return expects('text');
  try {
    compilePattern(value);
    return null;
  } catch (error) {
    if (!(error instanceof FlowFault)) throw error;
    const { reason, params } = sourceIssueOf(error);
    return { reason, params } as Reason;
  }
}

function* checkTyped(schema: JsonObject, path: string, depth: number): Generator<FlowIssue> {
  const type = typeOf(schema);
  if (typeof type !== 'string' || !types.includes(type)) {
    yield issueAt(`${path}.type`, because('schema_type_invalid'));
    return;
  }
  const known = [...common, ...(ofType[type] ?? [])];
  for (const [keyword, value] of Object.entries(schema)) {
    const at = `${path}.${keyword}`;
    if (!known.includes(keyword)) {
      yield issueAt(at, because('schema_keyword_unsupported', { keyword, type }));
      continue;
    }
    const wrong = keywordReason(keyword, value, schema);
    if (wrong) yield { ...issueAt(at, wrong), code: 'schema_invalid' };
  }
  if (type === 'array') yield* checkSchema(schema['items'], `${path}.items`, depth + 1);
  if (type === 'object') {
    const { properties } = schema;
    if (!isJsonObject(properties) || Object.keys(properties).length === 0) {
      yield issueAt(`${path}.properties`, because('schema_properties_missing'));
      return;
    }
    for (const [name, property] of Object.entries(properties)) {
      yield* checkSchema(property, `${path}.properties.${name}`, depth + 1);
    }
  }
}

function* checkAnyOf(schema: JsonObject, path: string, depth: number): Generator<FlowIssue> {
  const { anyOf } = schema;
  for (const keyword of Object.keys(schema)) {
    if (keyword === 'anyOf' || (common.includes(keyword) && keyword !== 'type')) continue;
    yield issueAt(`${path}.${keyword}`, because('schema_beside_any_of', { keyword }));
  }
  if (!Array.isArray(anyOf) || anyOf.length === 0) {
    yield issueAt(`${path}.anyOf`, because('schema_any_of_invalid'));
    return;
  }
  for (const [index, one] of anyOf.entries()) {
    yield* checkSchema(one, `${path}.anyOf[${index}]`, depth + 1);
  }
}

function* checkSchema(schema: Json | undefined, path: string, depth: number): Generator<FlowIssue> {
  if (depth > limits.answerSchemaDepth) {
    yield issueAt(path, because('schema_too_deep', { limit: limits.answerSchemaDepth }));
  } else if (!isJsonObject(schema)) {
    yield issueAt(path, because('schema_expected'));
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
export function checkAnswerSchema(schema: JsonObject | undefined, field = 'schema'): FlowIssue[] {
  if (schema === undefined) return [];
  const { $schema: _, ...rest } = schema;
  return [...checkSchema(rest, field, 1)];
}

/** The same for a schema that has to be of an object, as of what a model gives to a function. */
export function checkObjectSchema(schema: JsonObject | undefined, field: string): FlowIssue[] {
  if (schema === undefined || typeOf(schema) === 'object') return checkAnswerSchema(schema, field);
  return [issueAt(`${field}.type`, because('schema_object_expected'))];
}
