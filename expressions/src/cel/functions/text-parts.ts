import { type Budget, charge, chargeText } from '../budget.js';
import { failed } from '../code.js';
import { CelList } from '../collections.js';
import { kindOf } from '../kind-of.js';
import { inWords } from '../values.js';
import { form, type FunctionTable } from './overload.js';
import { characters } from './text-units.js';

function parts(budget: Budget, text: string, separator: string): string[] {
  chargeText(budget, text.length + separator.length);
  const found = separator === '' ? characters(text) : text.split(separator);
  charge(budget, found.length);
  return found;
}

function split(budget: Budget, text: string, separator: string, limit = -1n): CelList {
  if (limit === 0n) return CelList.of([]);
  const all = parts(budget, text, separator);
  if (limit < 0n || BigInt(all.length) <= limit) return CelList.of(all);
  const kept = Number(limit) - 1;
  return CelList.of([...all.slice(0, kept), all.slice(kept).join(separator)]);
}

function glue(budget: Budget, texts: readonly string[], separator: string): string {
  const length = texts.reduce((sum, text) => sum + text.length + separator.length, 0);
  chargeText(budget, length);
  return texts.join(separator);
}

function replace(budget: Budget, text: string, old: string, by: string, limit = -1n): string {
  const all = parts(budget, text, old);
  const pieces = old === '' ? ['', ...all, ''] : all;
  if (limit < 0n || BigInt(pieces.length) - 1n <= limit) return glue(budget, pieces, by);
  const kept = Number(limit);
  const rest = pieces.slice(kept).join(old);
  return glue(budget, [...pieces.slice(0, kept), rest], by);
}

function join(budget: Budget, list: CelList, separator = ''): string {
  charge(budget, list.size);
  const texts = list.all().map((item, index) => {
    if (typeof item === 'string') return item;
    const kind = inWords(kindOf(item));
    throw failed(
      `cannot join: element ${index} is ${kind}, not text; write .map(x, string(x)) before .join`,
    );
  });
  return glue(budget, texts, separator);
}

/** Functions that take texts apart and put them together. */
export const textPartFunctions: FunctionTable = {
  '.split': [
    form(['string', 'string'], 'list', split),
    form(['string', 'string', 'int'], 'list', split),
  ],
  '.replace': [
    form(['string', 'string', 'string'], 'string', replace),
    form(['string', 'string', 'string', 'int'], 'string', replace),
  ],
  '.join': [form(['list'], 'string', join), form(['list', 'string'], 'string', join)],
};
