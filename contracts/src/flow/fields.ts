import { z } from 'zod';
import { parseDuration } from '../duration.js';
import { limits } from '../limits.js';
import { text, variableNameSchema } from './identifiers.js';

/** A text with expressions in it. */
export const template = text(limits.templateBytes);

/** The name of a variable, or '' where none was typed yet. */
export const optionalVariable = z.union([variableNameSchema, z.literal('')]);

/** An ISO 8601 duration of at least a second, or '' where none was typed yet. */
export const duration = z
  .string()
  .refine(
    (value) => value === '' || (parseDuration(value) ?? 0) >= 1000,
    'must be an ISO 8601 duration of weeks to seconds, between a second and ten years, such as P2W, P1DT12H or PT30S',
  );
