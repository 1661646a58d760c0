import { z } from 'zod';
import { limits } from '../limits.js';
import { text } from '../flow/identifiers.js';

export { z };
export { duration, optionalVariable, callTimes, template } from '../flow/fields.js';
export { idSchema, namePatterns, serviceNameSchema, text } from '../flow/identifiers.js';
export { because } from '../issues/issue.js';
export { jsonValueSchema } from '../json.js';
export { answerSchemaSchema } from '../flow/answer-schema.js';

/** A CEL expression. */
export const expression = text(limits.expressionBytes);
