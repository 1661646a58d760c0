import { CelList, CelMap } from './collections.js';
import { Duration, type Kind, Timestamp, TypeValue, type Value } from './values.js';

/** The type of a value. */
export function kindOf(value: Value): Kind {
  if (typeof value === 'string') return 'string';
  if (typeof value === 'bigint') return 'int';
  if (typeof value === 'number') return 'double';
  if (typeof value === 'boolean') return 'bool';
  if (value instanceof CelMap) return 'map';
  if (value instanceof CelList) return 'list';
  if (value instanceof Timestamp) return 'timestamp';
  if (value instanceof Duration) return 'duration';
  if (value instanceof TypeValue) return 'type';
  return 'null';
}
