import type { Json, JsonObject } from '@crmflow/contracts';
import { FlowFault } from '../fault.js';
import { engineLimits } from '../limits.js';
import { type Budget, charge } from './budget.js';
import { CelList, CelMap, forbiddenKey } from './collections.js';
import { formatTimestamp, isoSpan } from './instants.js';
import { Duration, Timestamp, type Value } from './values.js';

function failed(message: string): FlowFault {
  return new FlowFault('expression_failed', message);
}

function number(value: number): number {
  if (Number.isFinite(value)) return value;
  throw failed(`the result is ${value}, which can’t be stored as a number; avoid dividing by 0`);
}

function integer(value: bigint): number {
  const plain = Number(value);
  if (Number.isSafeInteger(plain)) return plain;
  throw failed(`the result ${value} is too large to be kept exactly; keep it as text: string(…)`);
}

function object(map: CelMap, budget: Budget, depth: number): JsonObject {
  const entries = new Map<string, Json>();
  for (const key of map.keys()) {
    const name = String(key);
    if (name === forbiddenKey) throw failed(`the key "${forbiddenKey}" is reserved; use another`);
    if (entries.has(name)) throw failed(`the result has the key "${name}" twice`);
    entries.set(name, toJson(map.get(key) ?? null, budget, depth + 1));
  }
  return Object.fromEntries(entries);
}

/**
 * A result as plain JSON: ints as numbers, timestamps and durations as ISO 8601, types by their
 * name. What came from the scope unchanged is given back as it is, not copied.
 * @throws FlowFault expression_failed for what JSON cannot keep; expression_too_costly
 */
export function toJson(value: Value, budget: Budget, depth = 0): Json {
  charge(budget, 1);
  if (depth > engineLimits.valueDepth) {
    throw failed(`the result is nested deeper than ${engineLimits.valueDepth} levels`);
  }
  if (typeof value === 'number') return number(value);
  if (typeof value === 'bigint') return integer(value);
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof CelList) {
    return value.json ?? value.all().map((item) => toJson(item, budget, depth + 1));
  }
  if (value instanceof CelMap) return value.json ?? object(value, budget, depth);
  if (value instanceof Timestamp) return formatTimestamp(value);
  if (value instanceof Duration) return isoSpan(value);
  return value.kind;
}
