/** Widths of letters by the size of the type; a little generous, so that no words are cut off. */
const letters: readonly (readonly [RegExp, number])[] = [
  [/[iljI.,;:'!|]/, 0.3],
  [/[tfr()[\]"\- /]/, 0.38],
  [/[mwMW@%]/, 0.9],
  [/[A-Z0-9ÄÖÜ&#]/, 0.68],
  [/[ -~\u00a0-\u02ff\u0370-\u052f]/, 0.58],
];
/** Those of other scripts, and signs. */
const wide = 1.05;

const known = new Map<string, number>();

function letterWidth(letter: string): number {
  let width = known.get(letter);
  if (width === undefined) {
    width = letters.find(([pattern]) => pattern.test(letter))?.[1] ?? wide;
    known.set(letter, width);
  }
  return width;
}

/** About how wide words are in one line. @param size of the type; the answer is in the same unit */
export function widthOf(words: string, size: number): number {
  let width = 0;
  for (const letter of words) width += letterWidth(letter);
  return width * size;
}

/**
 * About how many lines a text takes, broken between words and within those that are wider than a
 * line; no more than are asked for, and no work for what lies behind them.
 */
export function linesOf(text: string, width: number, size: number, most: number): number {
  let lines = 0;
  for (const paragraph of text.split('\n')) {
    let left = 0;
    lines += 1;
    for (const word of paragraph.split(/\s+/)) {
      if (lines > most) return most;
      if (!word) continue;
      const needed = widthOf(left > 0 && left < width ? ` ${word}` : word, size);
      if (left === 0 && needed <= width) left = needed;
      else if (left + needed <= width) left += needed;
      else {
        const whole = widthOf(word, size);
        const begun = left > 0 ? 1 : 0;
        const extra = Math.max(Math.ceil(whole / width) - 1, 0);
        lines += begun + extra;
        left = whole - extra * width;
      }
    }
  }
  return Math.min(lines, most);
}
