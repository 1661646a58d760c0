import { type Budget, chargeText } from '../budget.js';
import { failed } from '../code.js';
import { matchesSomewhere } from '../matches.js';
import { form, type FunctionTable } from './overload.js';
import { characters, countCharacters, sliceCharacters } from './text-units.js';

function position(budget: Budget, text: string, index: bigint, what: string): number {
  chargeText(budget, text.length);
  const size = countCharacters(text);
  if (index < 0n || index > BigInt(size)) {
    throw failed(`${what} ${index} is outside of the text, which has ${size} characters`);
  }
  return Number(index);
}

function substring(budget: Budget, text: string, start: bigint, end?: bigint): string {
  const from = position(budget, text, start, 'the start');
  const to = end === undefined ? text.length : position(budget, text, end, 'the end');
  if (to < from) throw failed(`the end ${to} comes before the start ${from}`);
  return sliceCharacters(text, from, to);
}

function charAt(budget: Budget, text: string, index: bigint): string {
  const at = position(budget, text, index, 'the position');
  return sliceCharacters(text, at, at + 1);
}

function indexOf(budget: Budget, text: string, part: string, start = 0n): bigint {
  const from = sliceCharacters(text, 0, position(budget, text, start, 'the start')).length;
  const at = text.indexOf(part, from);
  return at === -1 ? -1n : BigInt(countCharacters(text.slice(0, at)));
}

function lastIndexOf(budget: Budget, text: string, part: string, start?: bigint): bigint {
  chargeText(budget, text.length + part.length);
  const last = start === undefined ? undefined : position(budget, text, start, 'the start');
  const from = last === undefined ? undefined : sliceCharacters(text, 0, last).length;
  const at = text.lastIndexOf(part, from);
  return at === -1 ? -1n : BigInt(countCharacters(text.slice(0, at)));
}

function ascii(text: string, from: RegExp, convert: (letter: string) => string): string {
  return text.replace(from, convert);
}

// Unicode's white space, as the CEL specification has it; JavaScript's own differs by two characters.
const space = '[\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]';
const leading = new RegExp(`^${space}+`);
const isSpace = new RegExp(space);

function trim(text: string): string {
  let end = text.length;
  while (end > 0 && isSpace.test(text.charAt(end - 1))) end--;
  return text.slice(0, end).replace(leading, '');
}

/** A test of one text with another, whose work is that of reading both. */
const test = (holds: (text: string, part: string) => boolean) =>
  form(['string', 'string'], 'bool', (budget, text, part) => {
    chargeText(budget, text.length + part.length);
    return holds(text, part);
  });

/** A change of one text, whose work is that of reading and writing it. */
const change = (apply: (text: string) => string) =>
  form(['string'], 'string', (budget, text) => {
    chargeText(budget, 2 * text.length);
    return apply(text);
  });

/** Methods of texts. Positions count characters (code points) from 0. */
export const textFunctions: FunctionTable = {
  '.contains': [test((text, part) => text.includes(part))],
  '.startsWith': [test((text, part) => text.startsWith(part))],
  '.endsWith': [test((text, part) => text.endsWith(part))],
  '.matches': [
    form(['string', 'string'], 'bool', (budget, text, pattern) =>
      matchesSomewhere(budget, text, pattern),
    ),
  ],
  matches: [
    form(['string', 'string'], 'bool', (budget, text, pattern) =>
      matchesSomewhere(budget, text, pattern),
    ),
  ],
  '.lower': [change((text) => text.toLowerCase())],
  '.upper': [change((text) => text.toUpperCase())],
  '.lowerAscii': [change((text) => ascii(text, /[A-Z]+/g, (part) => part.toLowerCase()))],
  '.upperAscii': [change((text) => ascii(text, /[a-z]+/g, (part) => part.toUpperCase()))],
  '.trim': [change(trim)],
  '.reverse': [change((text) => characters(text).reverse().join(''))],
  '.charAt': [form(['string', 'int'], 'string', charAt)],
  '.indexOf': [
    form(['string', 'string'], 'int', indexOf),
    form(['string', 'string', 'int'], 'int', indexOf),
  ],
  '.lastIndexOf': [
    form(['string', 'string'], 'int', lastIndexOf),
    form(['string', 'string', 'int'], 'int', lastIndexOf),
  ],
  '.substring': [
    form(['string', 'int'], 'string', substring),
    form(['string', 'int', 'int'], 'string', substring),
  ],
};
