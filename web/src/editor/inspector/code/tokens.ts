import type { SourceMode } from '../../check/messages.js';
import { regionsOf } from './regions.js';

/** What a part of a text is, for its colour. */
export type TokenKind =
  'text' | 'brace' | 'name' | 'root' | 'function' | 'string' | 'number' | 'keyword' | 'sign';

/** A part of a text; all of them in a row are the text. */
export type Token = { kind: TokenKind; text: string };

const pattern =
  /(?<string>"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?)|(?<number>\b\d[\w.]*)|(?<word>[A-Za-z_]\w*)|(?<space>\s+)|(?<sign>.)/gsu;
const keywords = new Set(['true', 'false', 'null', 'in']);
const roots = new Set(['vars', 'input', 'run', 'messages', 'contact']);

function kindOfWord(word: string, source: string, at: number): TokenKind {
  if (keywords.has(word)) return 'keyword';
  const before = source.slice(0, at).trimEnd().at(-1);
  if (roots.has(word) && before !== '.') return 'root';
  return /^\s*\(/.test(source.slice(at + word.length)) ? 'function' : 'name';
}

function expressionTokens(source: string): Token[] {
  return [...source.matchAll(pattern)].map((match): Token => {
    const [text] = match;
    const { string, number, word, space } = match.groups ?? {};
    if (string !== undefined) return { kind: 'string', text };
    if (number !== undefined) return { kind: 'number', text };
    if (word !== undefined) return { kind: kindOfWord(word, source, match.index), text };
    return { kind: space === undefined ? 'sign' : 'text', text };
  });
}

/** A text in parts that are coloured each on its own. */
export function tokensOf(text: string, mode: SourceMode): Token[] {
  if (mode !== 'template') return expressionTokens(text);
  const tokens: Token[] = [];
  let at = 0;
  for (const { from, to, isClosed } of regionsOf(text, mode)) {
    if (from - 2 > at) tokens.push({ kind: 'text', text: text.slice(at, from - 2) });
    tokens.push({ kind: 'brace', text: '{{' }, ...expressionTokens(text.slice(from, to)));
    if (isClosed) tokens.push({ kind: 'brace', text: '}}' });
    at = isClosed ? to + 2 : to;
  }
  if (at < text.length) tokens.push({ kind: 'text', text: text.slice(at) });
  return tokens;
}
