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
    'is no duration between a second and ten years: write it as ISO 8601 weeks to seconds, such as P2W, P1DT12H or PT30S',
  );
