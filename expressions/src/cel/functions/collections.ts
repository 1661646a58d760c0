import { type Budget, charge, chargeText } from '../budget.js';
import { failed } from '../code.js';
import type { CelList, CelMap } from '../collections.js';
import { form, type FunctionTable, type Overload } from './overload.js';
import { countCharacters } from './text-units.js';

function sizeOfMap(budget: Budget, map: CelMap): bigint {
  const { length } = map.keys();
  charge(budget, length);
  return BigInt(length);
}

const size: Overload[] = [
  form(['string'], 'int', (budget, text) => {
    chargeText(budget, text.length);
    return BigInt(countCharacters(text));
  }),
  form(['list'], 'int', (_budget, list) => BigInt(list.size)),
  form(['map'], 'int', sizeOfMap),
];

function slice(budget: Budget, list: CelList, start: bigint, end: bigint): CelList {
  if (start < 0n || end < start || end > BigInt(list.size)) {
    throw failed(`slice(${start}, ${end}) is outside of the list, which has ${list.size} elements`);
  }
  charge(budget, Number(end - start));
  return list.slice(Number(start), Number(end));
}

/** Functions of texts, lists and maps. */
export const collectionFunctions: FunctionTable = {
  size,
  '.size': size,
  '.slice': [form(['list', 'int', 'int'], 'list', slice)],
};
