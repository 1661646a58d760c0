import { z } from 'zod';

/** A switch of the contract that can only be off in this version. */
export function onlyOffYet(field: string) {
  return z.literal(false, { error: `"${field}" is not supported yet; leave it out or false` });
}
