/** Cleans a text that comes in pieces. */
export type TextCleaner = {
  /** The part of the text so far that is certain and was not given out yet. */
  push(piece: string): string;
  /** What was held back. */
  end(): string;
};

/**
 * Makes streamed text storable piece by piece, as `storable` does with a whole one. A surrogate
 * pair that was cut in two is put together again before anyone sees it.
 */
export function createTextCleaner(): TextCleaner {
  let held = '';
  return {
    push(piece) {
      const text = held + piece.replaceAll('\0', '');
      held = /[\ud800-\udbff]$/.exec(text)?.[0] ?? '';
      return text.slice(0, text.length - held.length).toWellFormed();
    },
    end: () => held.toWellFormed(),
  };
}
