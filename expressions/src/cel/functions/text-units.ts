const surrogate = /[\ud800-\udfff]/;

/** The characters of a text: whole code points, so that no emoji is ever cut in two. */
export function characters(text: string): string[] {
  return Array.from(text);
}

/** How many characters a text has. */
export function countCharacters(text: string): number {
  return surrogate.test(text) ? characters(text).length : text.length;
}

/** A part of a text by positions of characters that exist. */
export function sliceCharacters(text: string, start: number, end: number): string {
  if (!surrogate.test(text)) return text.slice(start, end);
  return characters(text).slice(start, end).join('');
}
