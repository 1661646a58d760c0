import type { JsonObject } from '@crmflow/contracts';
import { matchesAnywhere, parseInstant } from '@crmflow/expressions';
import { Ajv, type ValidateFunction } from 'ajv';

/** Patterns in linear time: the value and the pattern are both somebody else's. */
const regExp = Object.assign((pattern: string) => ({ test: matchesAnywhere(pattern) }), {
  code: 'matchesAnywhere',
});

/**
 * A JSON Schema as a function. Of formats it knows `date-time`.
 * @throws Error where it is not valid
 */
export function compileSchema(schema: JsonObject, { allErrors = false } = {}): ValidateFunction {
  const ajv = new Ajv({
    strict: false,
    logger: false,
    allErrors,
    code: { regExp },
    formats: { 'date-time': (text: string) => parseInstant(text) !== null },
  });
  return ajv.compile(schema);
}
