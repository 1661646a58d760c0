import type { Budget } from '../budget.js';
import type { CelList, CelMap } from '../collections.js';
import { kindOf } from '../kind-of.js';
import type { Duration, Kind, StaticKind, Timestamp, TypeValue, Value } from '../values.js';

type ParamValues = {
  null: null;
  bool: boolean;
  int: bigint;
  double: number;
  number: bigint | number;
  string: string;
  list: CelList;
  map: CelMap;
  timestamp: Timestamp;
  duration: Duration;
  type: TypeValue;
  dyn: Value;
};

/** What a parameter takes: a type, any number, or anything. */
export type Param = keyof ParamValues;

/** One form of a function: what it takes, what it gives. A method's receiver comes first. */
export type Overload = {
  params: readonly Param[];
  result: StaticKind;
  run: (budget: Budget, args: readonly Value[]) => Value;
};

/** The forms of each function: `name` for functions, `.name` for methods. */
export type FunctionTable = Record<string, readonly Overload[]>;

/**
 * One form of a function.
 * @param run gets arguments of these types; takes its work off the budget beyond one unit
 */
export function form<P extends Param[]>(
  params: readonly [...P],
  result: StaticKind,
  run: (budget: Budget, ...args: { [I in keyof P]: ParamValues[P[I]] }) => Value,
): Overload {
  return {
    params,
    result,
    run: (budget, args) => run(budget, ...(args as { [I in keyof P]: ParamValues[P[I]] })),
  };
}

/** Whether a parameter takes a type, as far as that is known. */
export function takes(param: Param, kind: StaticKind): boolean {
  if (param === 'dyn' || kind === 'dyn') return true;
  return param === 'number' ? kind === 'int' || kind === 'double' : param === kind;
}

/** The form that takes these arguments. */
export function choose(forms: readonly Overload[], args: readonly Value[]): Overload | undefined {
  const kinds: Kind[] = args.map(kindOf);
  return forms.find(({ params }) => params.every((param, i) => takes(param, kinds[i] ?? 'null')));
}
