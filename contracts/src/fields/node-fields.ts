import { z } from 'zod';
import { parseDuration } from '../duration.js';
import { because } from '../issues/issue.js';
import { limits } from '../limits.js';
import { text, variableNameSchema } from './identifiers.js';

/** A text with expressions in it. */
export const template = text(limits.templateBytes);

/** The name of a variable, or '' where none was typed yet. */
export const optionalVariable = z.union([variableNameSchema, z.literal('')]);

/** An ISO 8601 duration of at least a second, or '' where none was typed yet. */
export const duration = z
  .string()
  .refine((value) => value === '' || (parseDuration(value) ?? 0) >= 1000, {
    error:
      'must be an ISO 8601 duration of weeks to seconds, between a second and ten years, such as P2W, P1DT12H or PT30S',
    params: because('duration_invalid'),
  });

const attemptTimeout = duration.refine(
  (value) => value === '' || (parseDuration(value) ?? 0) <= limits.attemptMs,
  {
    error: 'must not be longer than five minutes',
    params: because('time_limit_too_long', { minutes: limits.attemptMs / 60_000 }),
  },
);

const retryFor = z.string().refine(
  (value) => {
    const ms = value === '' ? 0 : parseDuration(value);
    return ms !== null && ms <= limits.retryForMs;
  },
  {
    error:
      'must be an ISO 8601 duration of at most a week, such as PT30S or PT6H, or PT0S for no retries',
    params: because('retry_time_invalid', { days: limits.retryForMs / 86_400_000 }),
  },
);

/** How long the nodes that call a service wait for it; an empty text is the default. */
export const callTimes = {
  timeout: attemptTimeout
    .optional()
    .describe(
      'How long one attempt may take, at most five minutes. Default: 30 seconds for a request, five minutes for a model.',
    ),
  retryFor: retryFor
    .optional()
    .describe(
      'How long a failing call is retried before the node fails: up to a week (P7D), PT0S for no retries. Default: two minutes.',
    ),
};
