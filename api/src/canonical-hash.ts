import { createHash } from 'node:crypto';
import type { Json } from '@crmflow/contracts';

function canonical(value: Json): Json {
  if (Array.isArray(value)) return value.map(canonical);
  if (value === null || typeof value !== 'object') return value;
  const keys = Object.keys(value).sort();
  return Object.fromEntries(keys.map((key) => [key, canonical(value[key] ?? null)]));
}

/** sha256 in hex of a value's JSON, whatever the order of its keys. */
export function canonicalHash(value: Json): string {
  return createHash('sha256')
    .update(JSON.stringify(canonical(value)))
    .digest('hex');
}
