import { englishIssues } from '@crmflow/contracts';
import type { CelList, CelMap } from './collections.js';

/** An instant, in nanoseconds since 1970 in UTC. */
export class Timestamp {
  constructor(readonly ns: bigint) {}
}

/** A span of time, in nanoseconds. */
export class Duration {
  constructor(readonly ns: bigint) {}
}

/** A type as a value: what `type(x)` gives. */
export class TypeValue {
  constructor(readonly kind: Kind) {}
}

/** A value while an expression is worked out; a bigint is an int, a number a double. */
export type Value =
  null | boolean | bigint | number | string | CelList | CelMap | Timestamp | Duration | TypeValue;

/** The types that values have. */
export const kinds = [
  'null',
  'bool',
  'int',
  'double',
  'string',
  'list',
  'map',
  'timestamp',
  'duration',
  'type',
] as const;

/** The type of a value. */
export type Kind = (typeof kinds)[number];

/** What is known of a type before evaluation; `dyn` is anything. */
export type StaticKind = Kind | 'dyn';

/** A type in words for messages. */
export function inWords(kind: StaticKind): string {
  return englishIssues.kinds[kind];
}
