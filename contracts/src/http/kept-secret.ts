import { z } from 'zod';

/** A secret that a deployment has already and keeps: nobody but its owner knows the whole of it. */
export const keepSecretSchema = z
  .strictObject({ last4: z.string().length(4, 'must be the last four characters') })
  .describe('The last four characters of an existing secret, to keep it.');

/** A secret that is sent, or one that is there already and stays. */
export type SetSecret = string | z.output<typeof keepSecretSchema>;
