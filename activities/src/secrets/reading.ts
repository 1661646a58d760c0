/** One way to read a text: what it says, and where each character of that begins in the text. */
export type Reading = { said: string; startOf: (index: number) => number };

/** A text as it is, with some characters taken for others of the same length. */
export function readAs(text: string, said = text): Reading {
  return { said, startOf: (index) => index };
}

/** A text with its escapes undone; null where it has none. */
export function undo(
  text: string,
  escapes: RegExp,
  decode: (escape: string) => string,
): Reading | null {
  let said = '';
  let at = 0;
  const shifts: { from: number; by: number }[] = [];
  for (const { 0: escape, index } of text.matchAll(escapes)) {
    const character = decode(escape);
    said += text.slice(at, index) + character;
    at = index + escape.length;
    shifts.push({ from: said.length, by: at - said.length });
  }
  if (shifts.length === 0) return null;
  const startOf = (index: number) => {
    // The last shift at or before the index.
    let low = 0;
    for (let high = shifts.length; low < high;) {
      const middle = (low + high) >> 1;
      if ((shifts[middle]?.from ?? 0) <= index) low = middle + 1;
      else high = middle;
    }
    return index + (shifts[low - 1]?.by ?? 0);
  };
  return { said: said + text.slice(at), startOf };
}

/** Where a reading says `needle`, in places of the text that was read. */
export function* placesOf(reading: Reading, needle: string): Generator<[from: number, to: number]> {
  const { said, startOf } = reading;
  for (let at = said.indexOf(needle); at !== -1; at = said.indexOf(needle, at + needle.length)) {
    yield [startOf(at), startOf(at + needle.length)];
  }
}
