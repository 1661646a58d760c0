import { z } from 'zod';

/** A field of the contract that this version does not serve: refused, never accepted and ignored. */
export function notSupportedYet(field: string) {
  return z.undefined({ error: `"${field}" is not supported yet; leave it out` }).optional();
}

/** A switch of the contract that can only be off in this version. */
export function onlyOffYet(field: string) {
  return z.literal(false, { error: `"${field}" is not supported yet; leave it out or false` });
}
