import { matchesAnywhere, matchesPattern } from '@crmflow/expressions';

/** A cursor over a pattern: enough of RE2 for what people write to check a reply. */
type Cursor = { text: string; at: number };

const escapes: Record<string, string> = {
  ...{
    d: '1',
    w: 'a',
    s: ' ',
    D: 'a',
    W: '-',
    S: 'a',
    n: '\n',
    t: '\t',
    b: '',
    B: '',
    A: '',
    z: '',
  },
};

function peek({ text, at }: Cursor): string {
  return text.charAt(at);
}

function takeEscape(cursor: Cursor): string {
  cursor.at += 1;
  const letter = peek(cursor);
  cursor.at += 1;
  if (letter !== 'p' && letter !== 'P') return escapes[letter] ?? letter;
  const named = /^\{(\^?\w+)\}|^./.exec(cursor.text.slice(cursor.at));
  cursor.at += named?.[0].length ?? 0;
  return named?.[1] === 'N' || named?.[1] === 'Nd' ? '1' : 'a';
}

function takeClass(cursor: Cursor): string {
  cursor.at += 1;
  const isNegated = peek(cursor) === '^';
  if (isNegated) cursor.at += 1;
  let first: string | undefined;
  const named: string[] = [];
  for (let index = 0; cursor.at < cursor.text.length; index += 1) {
    const letter = peek(cursor);
    if (letter === ']' && index > 0) break;
    if (letter === '\\') {
      const one = takeEscape(cursor);
      named.push(one);
      first ??= one;
      continue;
    }
    cursor.at += 1;
    named.push(letter);
    first ??= letter;
  }
  cursor.at += 1;
  if (!isNegated) return first ?? '';
  return ['a', '1', '-', 'é'].find((one) => !named.includes(one)) ?? 'a';
}

/** How often what stands before is repeated at least; the cursor goes behind it. */
function takeCount(cursor: Cursor): number {
  const counted = /^(?:([*?])|(\+)|\{(\d+)(?:,\d*)?\})\??/.exec(cursor.text.slice(cursor.at));
  if (!counted) return 1;
  cursor.at += counted[0].length;
  if (counted[1]) return 0;
  return counted[3] === undefined ? 1 : Math.min(Number(counted[3]), 1_000);
}

function takeOne(cursor: Cursor): string {
  const letter = peek(cursor);
  if (letter === '(') {
    const flags = /^\((?:\?(?:P?<\w+>|[a-zA-Z-]*:|[a-zA-Z-]+(?=\))))?/.exec(
      cursor.text.slice(cursor.at),
    );
    cursor.at += flags?.[0].length ?? 1;
    const inside = takeAlternatives(cursor);
    cursor.at += 1;
    return inside;
  }
  if (letter === '[') return takeClass(cursor);
  if (letter === '\\') return takeEscape(cursor);
  cursor.at += 1;
  if (letter === '^' || letter === '$') return '';
  return letter === '.' ? 'a' : letter;
}

function takeAlternatives(cursor: Cursor): string {
  let text = '';
  let isFirst = true;
  while (cursor.at < cursor.text.length && peek(cursor) !== ')') {
    if (peek(cursor) === '|') {
      cursor.at += 1;
      isFirst = false;
      continue;
    }
    const one = takeOne(cursor);
    const count = takeCount(cursor);
    if (isFirst) text += one.repeat(count);
  }
  return text;
}

/**
 * A short text that a pattern matches; undefined where none was found.
 * @param isWhole whether the pattern has to cover the text
 */
export function samplePattern(pattern: string, isWhole: boolean): string | undefined {
  if (pattern.length > 500) return undefined;
  const text = takeAlternatives({ text: pattern, at: 0 });
  try {
    const fits = isWhole ? matchesPattern(pattern, text) : matchesAnywhere(pattern)(text);
    return fits && text !== '' ? text : undefined;
  } catch {
    // A pattern that cannot be read is an issue of its own.
    return undefined;
  }
}
