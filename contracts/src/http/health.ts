import { z } from 'zod';

/** Answer of GET /health. */
export const healthSchema = z.object({ status: z.literal('ok') });

const checkSchema = z.object({
  ok: z.boolean(),
  detail: z.string().optional().describe('What is wrong, if `ok` is false.'),
});

/** Answer of GET /ready. */
export const readinessSchema = z
  .object({
    status: z
      .enum(['ready', 'degraded', 'unavailable'])
      .describe(
        '`degraded`: everything is responding, but some runs are stuck by an internal error.',
      ),
    checks: z.object({
      database: checkSchema,
      temporal: checkSchema,
      worker: checkSchema,
      runs: checkSchema,
    }),
  })
  .meta({ id: 'Readiness' });
