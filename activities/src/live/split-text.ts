function jsonBytesOf(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return 6;
  if (code < 0x80) return character === '"' || character === '\\' ? 2 : 1;
  if (code < 0x800) return 2;
  return code < 0x10000 ? 3 : 4;
}

/**
 * Cuts a text into pieces whose JSON is at most `maxBytes` of UTF-8, never inside a character.
 * @param text well-formed
 */
export function splitText(text: string, maxBytes: number): string[] {
  const pieces: string[] = [];
  let start = 0;
  let at = 0;
  let bytes = 0;
  for (const character of text) {
    const more = jsonBytesOf(character);
    if (bytes + more > maxBytes) {
      pieces.push(text.slice(start, at));
      start = at;
      bytes = 0;
    }
    bytes += more;
    at += character.length;
  }
  if (start < text.length) pieces.push(text.slice(start));
  return pieces;
}
