import { type Json, storable } from '@crmflow/contracts';

/** How JSON.stringify writes what jsonb refuses: NUL and halves of surrogate pairs. */
const refused = /\\u(?:0000|d[89a-f])/;

/** A value as JSON that jsonb takes: cleaned (see `storable`) where it has to be. */
export function storedJson(value: unknown): string {
  const json = JSON.stringify(value);
  return refused.test(json) ? JSON.stringify(storable(value as Json)) : json;
}
