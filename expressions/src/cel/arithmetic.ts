import { because, englishSentence, type Reason, type SourceReason } from '@crmflow/contracts';
import { FlowFault } from '../fault.js';
import { type Budget, charge, chargeText } from './budget.js';
import { CelList } from './collections.js';
import { durationOf, timestampOf } from './instants.js';
import { kindOf } from './kind-of.js';
import { Duration, type Kind, kinds, type StaticKind, Timestamp, type Value } from './values.js';

/** The operators that compute. */
export type ArithmeticOp = '+' | '-' | '*' | '/' | '%';

function failed(message: string): FlowFault {
  return new FlowFault('expression_failed', message);
}

/** An int within 64 bits. */
export function int64(value: bigint): bigint {
  if (BigInt.asIntN(64, value) === value) return value;
  throw failed('the result is beyond 64 bits; compute with double(…) where it need not be exact');
}

function ints(op: ArithmeticOp, a: bigint, b: bigint): bigint {
  switch (op) {
    case '+':
      return int64(a + b);
    case '-':
      return int64(a - b);
    case '*':
      return int64(a * b);
    default:
      if (b === 0n) throw failed('divides by zero; check the divisor first');
      return op === '/' ? int64(a / b) : a % b;
  }
}

function doubles(op: Exclude<ArithmeticOp, '%'>, a: number, b: number): number {
  switch (op) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return a / b;
  }
}

function inRange<T>(value: T | undefined): T {
  if (value !== undefined) return value;
  throw failed('the result is beyond the years 1 to 9999');
}

function moment(op: ArithmeticOp, a: Timestamp | Duration, b: Timestamp | Duration): Value {
  const ns = op === '+' ? a.ns + b.ns : a.ns - b.ns;
  const sameKind = a instanceof Duration ? b instanceof Duration : b instanceof Timestamp;
  return inRange(sameKind ? durationOf(ns) : timestampOf(ns));
}

function isMoment(value: Value): value is Timestamp | Duration {
  return value instanceof Timestamp || value instanceof Duration;
}

/**
 * The kind of `a op b`, or undefined where there is no such operation. Unlike in standard CEL an
 * int and a double may be mixed: the result is a double.
 */
function arithmeticKind(op: ArithmeticOp, a: Kind, b: Kind): Kind | undefined {
  const numeric = (kind: Kind) => kind === 'int' || kind === 'double';
  if (numeric(a) && numeric(b)) {
    if (a === 'int' && b === 'int') return 'int';
    return op === '%' ? undefined : 'double';
  }
  if (op === '+') {
    if (a === b && (a === 'string' || a === 'list' || a === 'duration')) return a;
    if (a === 'timestamp' && b === 'duration') return 'timestamp';
    if (a === 'duration' && b === 'timestamp') return 'timestamp';
  }
  if (op === '-') {
    if (a === 'timestamp' && b === 'timestamp') return 'duration';
    if ((a === 'timestamp' || a === 'duration') && b === 'duration') return a;
  }
  return undefined;
}

/** As `arithmeticKind` with operands of which less is known; undefined where it cannot be. */
export function staticArithmeticKind(
  op: ArithmeticOp,
  a: StaticKind,
  b: StaticKind,
): StaticKind | undefined {
  const lefts = a === 'dyn' ? kinds : [a];
  const rights = b === 'dyn' ? kinds : [b];
  const results = new Set(
    lefts.flatMap((left) => rights.map((right) => arithmeticKind(op, left, right))),
  );
  results.delete(undefined);
  const [first] = results;
  return results.size > 1 ? 'dyn' : first;
}

/** Why there is no `a op b`. */
export function arithmeticReason(
  operator: ArithmeticOp,
  left: StaticKind,
  right: StaticKind,
): Reason<SourceReason> {
  if (operator === '%') return because('remainder_invalid', { left, right });
  if (left !== 'string' && right !== 'string') {
    return because('arithmetic_invalid', { operator, left, right });
  }
  return operator === '+'
    ? because('text_addition_invalid', { left, right })
    : because('text_arithmetic_invalid', { operator, left, right });
}

/**
 * Works out `a op b`.
 * @throws FlowFault expression_failed or expression_too_costly
 */
export function arithmetic(op: ArithmeticOp, a: Value, b: Value, budget: Budget): Value {
  if (typeof a === 'bigint' && typeof b === 'bigint') return ints(op, a, b);
  if ((typeof a === 'number' || typeof a === 'bigint') && op !== '%') {
    if (typeof b === 'number' || typeof b === 'bigint') return doubles(op, Number(a), Number(b));
  }
  if (arithmeticKind(op, kindOf(a), kindOf(b)) === undefined) {
    throw failed(englishSentence(arithmeticReason(op, kindOf(a), kindOf(b))));
  }
  if (typeof a === 'string' && typeof b === 'string') {
    chargeText(budget, a.length + b.length);
    return a + b;
  }
  if (a instanceof CelList && b instanceof CelList) {
    charge(budget, 1 + a.size + b.size);
    return CelList.of([...a.all(), ...b.all()]);
  }
  if (isMoment(a) && isMoment(b)) return moment(op, a, b);
  throw failed(englishSentence(arithmeticReason(op, kindOf(a), kindOf(b))));
}
