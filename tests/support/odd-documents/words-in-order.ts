const wordsOf = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .match(/[\p{L}\p{M}\p{N}]+(?:[.,'’-][\p{L}\p{M}\p{N}]+)*/gu) ?? [];

/**
 * How many of a text's words were found, in their order, and how much of what was found is of it:
 * the harmonic mean of both, from 0 to 1. Order counts by the longest common sequence.
 */
export function wordsInOrder(read: string, found: string): number {
  const [wanted, got] = [wordsOf(read), wordsOf(found)];
  let row = new Array<number>(got.length + 1).fill(0);
  for (const word of wanted) {
    const next = [0];
    for (let at = 0; at < got.length; at++) {
      next.push(word === got[at] ? (row[at] ?? 0) + 1 : Math.max(row[at + 1] ?? 0, next[at] ?? 0));
    }
    row = next;
  }
  const common = row.at(-1) ?? 0;
  return wanted.length + got.length === 0 ? 1 : (2 * common) / (wanted.length + got.length);
}
