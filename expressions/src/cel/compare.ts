import { because, englishSentence, type Reason, type SourceReason } from '@crmflow/contracts';
import { FlowFault } from '../fault.js';
import { engineLimits } from '../limits.js';
import { type Budget, charge, chargeText } from './budget.js';
import { CelList, CelMap } from './collections.js';
import { kindOf } from './kind-of.js';
import { Duration, type StaticKind, Timestamp, TypeValue, type Value } from './values.js';

/** The operators that order. */
export type OrderOp = '<' | '<=' | '>' | '>=';

function failed(message: string): FlowFault {
  return new FlowFault('expression_failed', message);
}

function isNumber(value: Value): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint';
}

function equalNumbers(a: number | bigint, b: number | bigint): boolean {
  return a <= b && a >= b;
}

function equalLists(a: CelList, b: CelList, budget: Budget, depth: number): boolean {
  if (a.size !== b.size) return false;
  for (let i = 0; i < a.size; i++) if (!equal(a.at(i), b.at(i), budget, depth)) return false;
  return true;
}

function equalMaps(a: CelMap, b: CelMap, budget: Budget, depth: number): boolean {
  const keys = a.keys();
  charge(budget, keys.length);
  if (keys.length !== b.keys().length) return false;
  return keys.every((key) => {
    const [left, right] = [a.get(key), b.get(key)];
    return left !== undefined && right !== undefined && equal(left, right, budget, depth);
  });
}

/**
 * Whether two values are equal: numbers by their value, lists and maps by what is in them; values
 * of different types are not.
 */
export function equal(a: Value, b: Value, budget: Budget, depth = 0): boolean {
  charge(budget, 1);
  if (depth > engineLimits.valueDepth) {
    throw failed(`compares values nested deeper than ${engineLimits.valueDepth} levels`);
  }
  if (isNumber(a)) return isNumber(b) && equalNumbers(a, b);
  if (typeof a === 'string' && typeof b === 'string') {
    if (a.length === b.length) chargeText(budget, a.length);
    return a === b;
  }
  if (a instanceof CelList) return b instanceof CelList && equalLists(a, b, budget, depth + 1);
  if (a instanceof CelMap) return b instanceof CelMap && equalMaps(a, b, budget, depth + 1);
  if (a instanceof Timestamp) return b instanceof Timestamp && a.ns === b.ns;
  if (a instanceof Duration) return b instanceof Duration && a.ns === b.ns;
  if (a instanceof TypeValue) return b instanceof TypeValue && a.kind === b.kind;
  return a === b;
}

function ordered(op: OrderOp, a: number | bigint | string, b: number | bigint | string): boolean {
  switch (op) {
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    case '>=':
      return a >= b;
  }
}

const orderly: readonly StaticKind[] = ['bool', 'string', 'timestamp', 'duration'];

/** Whether values of these kinds can be ordered, as far as is known. */
export function canOrder(a: StaticKind, b: StaticKind): boolean {
  const numeric = (kind: StaticKind) => kind === 'int' || kind === 'double';
  const fits = (kind: StaticKind) => numeric(kind) || orderly.includes(kind);
  if (a === 'dyn' || b === 'dyn') return (a === 'dyn' || fits(a)) && (b === 'dyn' || fits(b));
  return (numeric(a) && numeric(b)) || (a === b && orderly.includes(a));
}

/** Why values cannot be ordered. */
export function orderReason(left: StaticKind, right: StaticKind): Reason<SourceReason> {
  const isMixed = (left === 'string') !== (right === 'string');
  return because(isMixed ? 'text_order_invalid' : 'order_invalid', { left, right });
}

/**
 * Orders two values of one type, or an int and a double.
 * @throws FlowFault expression_failed where they cannot be ordered
 */
export function order(op: OrderOp, a: Value, b: Value, budget: Budget): boolean {
  if (isNumber(a) && isNumber(b)) return ordered(op, a, b);
  if (typeof a === 'string' && typeof b === 'string') {
    chargeText(budget, Math.min(a.length, b.length));
    return ordered(op, a, b);
  }
  if (typeof a === 'boolean' && typeof b === 'boolean') return ordered(op, Number(a), Number(b));
  if (a instanceof Timestamp && b instanceof Timestamp) return ordered(op, a.ns, b.ns);
  if (a instanceof Duration && b instanceof Duration) return ordered(op, a.ns, b.ns);
  throw failed(englishSentence(orderReason(kindOf(a), kindOf(b))));
}
