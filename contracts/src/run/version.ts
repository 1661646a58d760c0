import { z } from 'zod';

/** A published version's number, or the draft. */
export const runVersionSchema = z.union([z.int32().min(1), z.literal('draft')]);

/** A published version's number, or the draft. */
export type RunVersion = z.output<typeof runVersionSchema>;
