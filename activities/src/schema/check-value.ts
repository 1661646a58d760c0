import type { Json, JsonObject } from '@crmflow/contracts';
import { FlowFault } from '@crmflow/expressions';
import type { ErrorObject } from 'ajv';
import { compileSchema } from './compile-schema.js';

/** What is wrong with a value: where (`order.lines[0].price`), and what must be so. */
export type ValueFault = { path: string; message: string };

/** Tells what of a value does not match; nothing where all does. */
export type CheckValue = (value: Json) => ValueFault[];

/** References could lead anywhere, or in circles; to compare all items takes time by their square. */
const refused = new Set(['$ref', '$dynamicRef', '$recursiveRef', '$id', '$async', 'uniqueItems']);
const mostFaults = 20;

function refusedKeyword(schema: Json): string | undefined {
  if (typeof schema !== 'object' || schema === null) return undefined;
  for (const [keyword, value] of Object.entries(schema)) {
    if (!Array.isArray(schema) && refused.has(keyword)) return keyword;
    const inner = refusedKeyword(value);
    if (inner !== undefined) return inner;
  }
  return undefined;
}

/** `/lines/0/price` as people write it. */
function pathOf(pointer: string, name?: unknown): string {
  const parts = pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  if (typeof name === 'string') parts.push(name);
  return parts.reduce((path, part) => {
    if (/^\d+$/.test(part)) return `${path}[${part}]`;
    return path === '' ? part : `${path}.${part}`;
  }, '');
}

function asFault({ instancePath, keyword, params, message }: ErrorObject): ValueFault {
  if (keyword === 'required') {
    return { path: pathOf(instancePath, params['missingProperty']), message: 'is required' };
  }
  if (keyword === 'additionalProperties') {
    const path = pathOf(instancePath, params['additionalProperty']);
    return { path, message: 'is not a known field' };
  }
  const allowed = params['allowedValues'] as unknown;
  if (keyword === 'enum' && Array.isArray(allowed)) {
    return { path: pathOf(instancePath), message: `must be one of ${allowed.join(', ')}` };
  }
  return { path: pathOf(instancePath), message: message ?? 'does not match the schema' };
}

/**
 * A JSON Schema as a check of values from outside.
 * @throws Error with why the schema cannot be used
 */
export function checkValueBy(schema: JsonObject): CheckValue {
  const keyword = refusedKeyword(schema);
  if (keyword !== undefined) throw new Error(`the keyword ${keyword} is not supported`);
  const validate = compileSchema(schema, { allErrors: true });
  return (value) => {
    try {
      if (validate(value)) return [];
    } catch (error) {
      if (error instanceof FlowFault) return [{ path: '', message: error.message }];
      throw error;
    }
    return (validate.errors ?? []).slice(0, mostFaults).map(asFault);
  };
}
