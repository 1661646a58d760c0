import { type Json, type JsonObject, storable } from '@crmflow/contracts';
import { FlowFault } from '@crmflow/expressions';
import type { ErrorObject, ValidateFunction } from 'ajv';
import { isShallow } from '../call/is-shallow.js';
import { compileSchema } from '../schema/compile-schema.js';
import { parseJson } from '../text/parse-json.js';
import { mapSchema, typesOf } from './map-schema.js';
import { AiError } from './ai-error.js';

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
  try {
    return compileSchema(mapSchema(schema, spellNull));
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

/** An answer that does not fit its schema; `fault` says why in words for the model. */
export class SchemaMismatch extends AiError {
  constructor(readonly fault: string) {
    const message = `The response of the model does not match the schema: ${fault}. Describe the fields in the prompt, or ask for fewer.`;
    super('ai_schema_mismatch', message);
  }
}

const mismatch = (why: string) => new SchemaMismatch(why);

/** The end of the JSON object or list that begins at `start`, or -1 where it has none. */
function endOfJson(text: string, start: number): number {
  let depth = 0;
  let isText = false;
  for (let at = start; at < text.length; at++) {
    const char = text[at];
    if (isText) {
      if (char === '\\') at++;
      else if (char === '"') isText = false;
    } else if (char === '"') isText = true;
    else if (char === '{' || char === '[') depth++;
    else if (char === '}' || char === ']') {
      depth--;
      if (depth === 0) return at + 1;
    }
  }
  return -1;
}

function tryParse(text: string): { value: Json } | undefined {
  try {
    return { value: parseJson(text) };
  } catch {
    return undefined;
  }
}

/** Models put fences around JSON, and words before and behind: what is meant is the JSON in it. */
function parse(text: string): Json {
  const whole = tryParse(text);
  if (whole) return whole.value;
  const start = text.search(/[[{]/);
  const end = start === -1 ? -1 : endOfJson(text, start);
  const within = end === -1 ? undefined : tryParse(text.slice(start, end));
  if (within) return within.value;
  throw mismatch('it is not valid JSON');
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
 * @throws AiError `ai_bad_request` for an invalid schema
 */
export function valueFault(schema: JsonObject, value: Json): string | null {
  const validate = compile(schema);
  if (!isShallow(value)) return 'it is nested too deeply';
  return fits(validate, value) ? null : wordsOf(validate.errors ?? []);
}

const cutOff = () =>
  new AiError(
    'ai_truncated',
    'The response of the model was cut off at its limit before its JSON was complete. Ask for fewer or shorter fields.',
  );

/** Whether an answer was cut at a limit. */
export const isCut = ({ finishReason }: { finishReason?: string }) => finishReason === 'MAX_TOKENS';

/**
 * The value of a structured answer.
 * @throws SchemaMismatch, which the model may put right; AiError `ai_truncated` for an answer that was
 *   cut, `ai_bad_request` for an invalid schema
 */
export function answerValue(
  schema: JsonObject,
  text: string,
  end: { finishReason?: string } = {},
): Json {
  const validate = compile(schema);
  if (isCut(end) && tryParse(text) === undefined) throw cutOff();
  const value = parse(text);
  if (!isShallow(value)) throw mismatch('it is nested too deeply');
  if (!fits(validate, value)) throw mismatch(wordsOf(validate.errors ?? []));
  return storable(value);
}
