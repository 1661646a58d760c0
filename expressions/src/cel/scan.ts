/**
 * Where the string literal that starts at `start` ends, by the rules of the CEL parser: a
 * backslash always takes the next character along, also in raw strings.
 * @param start position of the opening quote
 * @returns the position after the closing quote, or undefined if it is never closed
 */
function endOfString(text: string, start: number): number | undefined {
  const quote = text.charAt(start);
  const triple = text.startsWith(quote.repeat(3), start);
  const delimiter = triple ? quote.repeat(3) : quote;
  for (let at = start + delimiter.length; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (!triple && (text[at] === '\n' || text[at] === '\r')) return undefined;
    else if (text.startsWith(delimiter, at)) return at + delimiter.length;
  }
  return undefined;
}

/** The position after a comment that starts at `start`. */
function endOfComment(text: string, start: number): number {
  const end = text.indexOf('\n', start);
  return end === -1 ? text.length : end;
}

/** The characters of a CEL source that are neither in strings nor in comments, with their positions. */
export function* codeCharacters(source: string, start = 0): Generator<[at: number, char: string]> {
  let at = start;
  while (at < source.length) {
    const char = source.charAt(at);
    if (char === '"' || char === "'") {
      yield [at, char];
      at = endOfString(source, at) ?? source.length;
    } else if (char === '/' && source[at + 1] === '/') {
      at = endOfComment(source, at);
    } else {
      yield [at, char];
      at++;
    }
  }
}
