import { z } from 'zod';
import { parseDuration } from '../duration.js';
import { jsonValueSchema } from '../json.js';
import { limits } from '../limits.js';
import { duration, optionalVariable, template } from './fields.js';
import { idSchema, serviceNameSchema, text } from './identifiers.js';

const expression = text(limits.expressionBytes);

/** Data of a trigger node: what starts the run. */
export const triggerDataSchema = z.strictObject({
  kind: z.enum(['manual', 'chat', 'webhook', 'schedule']).default('manual'),
});

/** Data of a speak node: a verbatim template, or what the model shall say naturally. */
export const speakDataSchema = z.strictObject({
  mode: z.enum(['text', 'ai']).default('text'),
  text: template.default(''),
});

/** One answer to choose; a reply matches its value or its label. */
export const choiceSchema = z.strictObject({ value: text(1000), label: text(1000) });

/** Data of a listen node: a durable wait for a reply. */
export const listenDataSchema = z.strictObject({
  variable: optionalVariable.default(''),
  expect: z.enum(['any', 'choice', 'number', 'email', 'date', 'pattern']).default('any'),
  choices: z.array(choiceSchema).max(100).optional(),
  pattern: text(limits.patternBytes).optional(),
  retries: z.int().min(0).max(20).default(0),
  retryText: template.optional(),
  timeout: duration.optional(),
  reminders: z
    .array(z.strictObject({ after: duration, text: template }))
    .max(20)
    .default([]),
});

const branchCaseSchema = z.strictObject({
  handle: idSchema.refine(
    (handle) => handle !== 'else',
    'must not be "else", which every branch has',
  ),
  when: expression,
});

/** Data of a logic node that leaves by the first case that is true, or by `else`. */
export const branchDataSchema = z.strictObject({
  kind: z.literal('branch'),
  cases: z.array(branchCaseSchema).max(limits.branchCases).default([]),
});

/** Data of a logic node that sets variables in order. */
export const setDataSchema = z.strictObject({
  kind: z.literal('set'),
  assign: z
    .array(z.strictObject({ name: optionalVariable, value: jsonValueSchema }))
    .max(100)
    .default([]),
});

/** Data of a logic node that sleeps for a duration or until an instant (a template of ISO 8601). */
export const waitDataSchema = z.strictObject({
  kind: z.literal('wait'),
  duration: duration.optional(),
  until: template.optional(),
});

/** A logic node whose kind was not chosen yet. */
export const undecidedLogicSchema = z.strictObject({ kind: z.undefined().optional() });

/** Data of a logic node, by its kind. */
export const logicDataSchema = z.discriminatedUnion(
  'kind',
  [branchDataSchema, setDataSchema, waitDataSchema, undecidedLogicSchema],
  { error: 'must be one of branch, set, wait' },
);

const headerName = z
  .string()
  .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}$/, 'is no HTTP header name');

/** How an integration node shows who it is: by a stored key, and where the request carries it. */
export const integrationAuthSchema = z.strictObject({
  secret: z
    .union([serviceNameSchema, z.literal('')])
    .default('')
    .describe('The service name of a stored key.'),
  in: z.enum(['header', 'query', 'bearer']).default('bearer'),
  name: text(200).optional().describe('Of the header or the query parameter.'),
});

/** Data of an integration node: one HTTP request through the egress guard. */
export const integrationDataSchema = z.strictObject({
  kind: z.literal('http', { error: 'must be http' }).default('http'),
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD']).default('GET'),
  url: template.default(''),
  headers: z.record(headerName, template).default({}),
  query: z.record(text(200), template).default({}),
  body: jsonValueSchema.optional(),
  auth: integrationAuthSchema.optional(),
  timeout: duration
    .refine(
      (value) => value === '' || (parseDuration(value) ?? 0) <= 300_000,
      'is over five minutes',
    )
    .optional(),
  saveAs: optionalVariable.optional(),
});

/** Data of an integration node with its defaults filled in. */
export type IntegrationData = z.output<typeof integrationDataSchema>;
