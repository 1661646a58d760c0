import { z } from 'zod';
import { type Json, jsonValueSchema } from '../json.js';
import { expectations } from '../kinds.js';

/** What a listen node waits for. */
export const expectationSchema = z.enum(expectations);

/** One answer to choose, as runs tell it. */
export const offeredChoiceSchema = z.object({ value: z.string(), label: z.string() });

/** One answer to choose. */
export type Choice = z.output<typeof offeredChoiceSchema>;

/** Set on text of the model that is not whole. */
export const cutMarkSchema = z
  .literal('MAX_TOKENS')
  .optional()
  .describe('Set if the text of the model was cut off at its limit.');

/** Tokens of one call of the model, and what they cost. */
export const usageSchema = z
  .object({
    inputTokens: z.int().min(0),
    outputTokens: z.int().min(0),
    costUsd: z
      .number()
      .min(0)
      .optional()
      .describe('Cost in US dollars at list price. Absent if the price of the model is not known.'),
  })
  .meta({ id: 'Usage' });

/** Tokens of one call of the model, and what they cost. */
export type Usage = z.output<typeof usageSchema>;

/** Why a node or a run failed: a stable code, and words that say how to fix it. */
export const runErrorSchema = z
  .object({ code: z.string(), message: z.string(), nodeId: z.string().optional() })
  .meta({ id: 'RunError' });

/** Why a node or a run failed: a stable code, and words that say how to fix it. */
export type RunError = z.output<typeof runErrorSchema>;

/** What a respond node answers: an HTTP status, headers, and a body: text, or any other JSON as such. */
export const runResponseSchema = z
  .object({
    status: z.int(),
    headers: z.record(z.string(), z.string()),
    body: jsonValueSchema,
  })
  .meta({ id: 'RunResponse' });

/** What a respond node answers; a body of null is none. */
export type RunResponse = {
  status: number;
  headers: { [name: string]: string };
  body: Json;
};
