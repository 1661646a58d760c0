import { z } from 'zod';
import { limits } from '../limits.js';
import { text } from '../fields/identifiers.js';

export { z };
export { duration, optionalVariable, callTimes, template } from '../fields/node-fields.js';
export { idSchema, namePatterns, serviceNameSchema, text } from '../fields/identifiers.js';
export { because } from '../issues/issue.js';
export { jsonValueSchema } from '../json.js';
export { answerSchemaSchema } from '../fields/answer-schema.js';

/** A CEL expression. */
export const expression = text(limits.expressionBytes);
