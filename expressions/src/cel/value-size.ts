import { type Json, limits, utf8Bytes } from '@crmflow/contracts';
import { FlowFault } from '../fault.js';
import { engineLimits } from '../limits.js';

function tooLarge(): FlowFault {
  return new FlowFault(
    'value_too_large',
    `the value is larger than ${limits.valueBytes / 1000} kB; keep only the parts that are needed`,
  );
}

/** Short enough however it is escaped: counting the bytes costs more than most expressions. */
function isSurelySmall(text: string): boolean {
  const bytesAtMost = 6 * text.length + 2;
  return bytesAtMost <= limits.valueBytes;
}

function textBytes(text: string, left: number): number {
  if (text.length > left) throw tooLarge();
  return utf8Bytes(JSON.stringify(text));
}

/**
 * Counts the bytes of a value's JSON, and stops as soon as there are too many: a small result may
 * hold the same large value a thousand times.
 * @returns the bytes left
 */
function spend(value: Json, left: number, depth: number): number {
  if (depth > engineLimits.valueDepth) {
    throw new FlowFault(
      'expression_failed',
      `the value is nested deeper than ${engineLimits.valueDepth} levels`,
    );
  }
  let rest = left;
  if (typeof value === 'string') {
    rest -= textBytes(value, left);
  } else if (typeof value !== 'object' || value === null) {
    rest -= String(value).length;
  } else if (Array.isArray(value)) {
    rest -= Math.max(2, value.length + 1);
    for (const item of value) rest = spend(item ?? null, rest, depth + 1);
  } else {
    rest -= 2;
    for (const key of Object.keys(value)) {
      rest = spend(value[key] ?? null, rest - textBytes(key, rest) - 2, depth + 1);
    }
  }
  if (rest < 0) throw tooLarge();
  return rest;
}

/**
 * Gives a value back if its JSON has at most 64 kB of UTF-8 and a reasonable depth.
 * @throws FlowFault value_too_large, or expression_failed for the depth
 */
export function bounded<T extends Json>(value: T): T {
  if (typeof value === 'string' && isSurelySmall(value)) return value;
  spend(value, limits.valueBytes, 0);
  return value;
}
