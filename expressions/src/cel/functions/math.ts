import { int64 } from '../arithmetic.js';
import { charge } from '../budget.js';
import { failed } from '../code.js';
import type { CelList } from '../collections.js';
import type { Value } from '../values.js';
import { form, type FunctionTable, type Overload } from './overload.js';

function rounding(round: (value: number) => number): Overload[] {
  return [
    form(['int'], 'int', (_budget, value) => value),
    form(['double'], 'double', (_budget, value) => round(value)),
  ];
}

function awayFromZero(value: number): number {
  const below = Math.trunc(value);
  return Math.abs(value - below) >= 0.5 ? below + Math.sign(value) : below;
}

function isNumber(value: Value): value is bigint | number {
  return typeof value === 'bigint' || typeof value === 'number';
}

function extreme(better: (a: bigint | number, b: bigint | number) => boolean): Overload[] {
  const pick = (a: bigint | number, b: bigint | number) => (better(b, a) ? b : a);
  const ofList = (list: CelList): Value => {
    const numbers = list.all();
    if (numbers.length === 0) throw failed('the list is empty; check its size first');
    return numbers.reduce((best, item) => {
      if (isNumber(best) && isNumber(item)) return pick(best, item);
      throw failed('the list has a value that is not a number');
    });
  };
  return [
    form(['number'], 'dyn', (_budget, value) => value),
    form(['number', 'number'], 'dyn', (_budget, a, b) => pick(a, b)),
    form(['number', 'number', 'number'], 'dyn', (_budget, a, b, c) => pick(pick(a, b), c)),
    form(['list'], 'dyn', (budget, list) => {
      charge(budget, list.size);
      return ofList(list);
    }),
  ];
}

/** Functions of numbers, named as in CEL's math extension. */
export const mathFunctions: FunctionTable = {
  'math.round': rounding(awayFromZero),
  'math.floor': rounding(Math.floor),
  'math.ceil': rounding(Math.ceil),
  'math.trunc': rounding(Math.trunc),
  'math.abs': [
    form(['int'], 'int', (_budget, value) => int64(value < 0n ? -value : value)),
    form(['double'], 'double', (_budget, value) => Math.abs(value)),
  ],
  'math.least': extreme((a, b) => a < b),
  'math.greatest': extreme((a, b) => a > b),
};
