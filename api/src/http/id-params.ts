import { z } from 'zod';

/** IDs as we make them. */
export const idPattern = /^[A-Za-z0-9_-]{1,200}$/;

/** `/:id` of an address: anything else than a word of ours names nothing, and so is 404. */
export const idParams = z.object({ id: z.string().regex(idPattern) });

/** `/:runId` of an address. */
export const runParams = z.object({ runId: idParams.shape.id });
