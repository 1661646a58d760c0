import { type Json, type JsonObject, storable } from '@crmflow/contracts';
import { FlowFault, matchesAnywhere, parseInstant } from '@crmflow/expressions';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { isShallow } from '../call/is-shallow.js';
import { mapSchema, typesOf } from './map-schema.js';
import { AiError } from './ai-error.js';

/** Patterns in linear time: the model's answer and the pattern are both somebody else's. */
const regExp = Object.assign((pattern: string) => ({ test: matchesAnywhere(pattern) }), {
  code: 'matchesAnywhere',
});

/** `nullable` is not of JSON Schema, and models give null beside an `enum` that does not name it. */
function spellNull(given: JsonObject): JsonObject {
  const { types, isNullable } = typesOf(given);
  const { nullable: _, ...schema } = given;
  const { enum: values, anyOf } = schema;
  if (!isNullable) return schema;
  return {
    ...schema,
    ...(types.length > 0 && { type: [...types, 'null'] }),
    ...(Array.isArray(values) && { enum: [...values, null] }),
    ...(Array.isArray(anyOf) && { anyOf: [...anyOf, { type: 'null' }] }),
  };
}

function compile(schema: JsonObject): ValidateFunction {
  const ajv = new Ajv({
    strict: false,
    code: { regExp },
    formats: { 'date-time': (text: string) => parseInstant(text) !== null },
  });
  try {
    return ajv.compile(mapSchema(schema, spellNull));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AiError('ai_bad_request', `The schema of the response is not valid: ${reason}.`);
  }
}

function wordsOf([error]: ErrorObject[]): string {
  if (!error) return 'it does not match the schema';
  const path = error.instancePath.slice(1).replaceAll('/', '.');
  return `${path === '' ? 'the value' : path} ${error.message ?? 'is not valid'}`;
}

function mismatch(why: string): AiError {
  const message = `The response of the model does not match the schema: ${why}. Describe the fields in the prompt, or ask for fewer.`;
  return new AiError('ai_schema_mismatch', message);
}

function parse(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw mismatch('it is not valid JSON');
  }
}

function fits(validate: ValidateFunction, value: Json): boolean {
  try {
    return validate(value);
  } catch (error) {
    if (error instanceof FlowFault) throw mismatch(error.message);
    throw error;
  }
}

/**
 * Why a value does not fit a schema, in words for the model that made it; null where it fits.
 * @throws AiError `ai_bad_request` for a schema that is none
 */
export function valueFault(schema: JsonObject, value: Json): string | null {
  const validate = compile(schema);
  if (!isShallow(value)) return 'it is nested too deeply';
  return fits(validate, value) ? null : wordsOf(validate.errors ?? []);
}

/**
 * The value of a structured answer.
 * @throws AiError `ai_schema_mismatch`, which another attempt may fix; `ai_bad_request` for a
 *   schema that is none
 */
export function answerValue(schema: JsonObject, text: string): Json {
  const validate = compile(schema);
  const value = parse(text);
  if (!isShallow(value)) throw mismatch('it is nested too deeply');
  if (!fits(validate, value)) throw mismatch(wordsOf(validate.errors ?? []));
  return storable(value);
}
