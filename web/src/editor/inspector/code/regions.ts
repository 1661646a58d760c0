import type { SourceMode } from '../../check/messages.js';

/** A stretch of CEL within a text. */
export type Region = { from: number; to: number; isClosed: boolean };

/** Where a text holds expressions. Braces within strings of an expression end nothing. */
export function regionsOf(text: string, mode: SourceMode): Region[] {
  if (mode !== 'template') return [{ from: 0, to: text.length, isClosed: true }];
  const regions: Region[] = [];
  for (let at = text.indexOf('{{'); at !== -1; at = text.indexOf('{{', at)) {
    const from = at + 2;
    const to = endOf(text, from);
    regions.push({ from, to: to ?? text.length, isClosed: to !== undefined });
    if (to === undefined) return regions;
    at = to + 2;
  }
  return regions;
}

function endOf(text: string, from: number): number | undefined {
  let quote = '';
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (quote) {
      if (char === '\\') at += 1;
      else if (char === quote || char === '\n') quote = '';
    } else if (char === '"' || char === "'") quote = char;
    else if (char === '{') depth += 1;
    else if (char === '}' && depth > 0) depth -= 1;
    else if (char === '}' && text[at + 1] === '}') return at;
  }
  return undefined;
}
