const segmenter = new Intl.Segmenter(undefined, { granularity: 'sentence' });

/** What ends with a stop that ends no sentence. */
const abbreviation =
  /(?:^|[\s(])(?:[A-Z]|approx|bzw|ca|cf|Co|Corp|Dr|etc|ggf|inkl|Inc|Ltd|max|min|Mr|Mrs|Ms|Nr|No|Prof|St|Str|usw|vs|e\.g|i\.e|z\.\s?B|d\.\s?h|u\.\s?a)\. $/;

/** Segmenting takes time by the square of the length: a window is longer than a sentence may be. */
const windowLength = 4_000;

function* segmentsOf(text: string): Generator<string> {
  for (let from = 0; from < text.length;) {
    const window = text.slice(from, from + windowLength);
    const segments = [...segmenter.segment(window)].map(({ segment }) => segment);
    // The last one may go on after the window.
    if (from + windowLength < text.length && segments.length > 1) segments.pop();
    yield* segments;
    from += segments.reduce((sum, { length }) => sum + length, 0);
  }
}

/** More than the longest abbreviation, the space before it and the stop after it. */
const tailLength = 20;

/** The words of a text that has no sentences, in pieces of at most `max` characters. */
function piecesOf(text: string, max: number): string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const word of text.split(/(?<=\s)/)) {
    if (piece !== '' && piece.length + word.length > max) {
      pieces.push(piece);
      piece = '';
    }
    piece += word;
  }
  // A word longer than that has no place where it could be cut well.
  return [...pieces, piece].flatMap(
    (one) => one.match(new RegExp(`[^]{1,${max}}(?![\\uDC00-\\uDFFF])`, 'g')) ?? [],
  );
}

/**
 * Cuts a text into its sentences, each trimmed; one of more than `max` characters, as tables and
 * lists without stops are, is cut between words.
 */
export function sentencesOf(text: string, max: number): string[] {
  const sentences: string[] = [];
  let open = '';
  // Its end alone is looked at: the whole grows with each abbreviation.
  let tail = '';
  for (const segment of segmentsOf(text)) {
    open += segment;
    tail = `${tail}${segment.trimEnd()} `.slice(-tailLength);
    if (abbreviation.test(tail)) continue;
    sentences.push(open);
    open = '';
    tail = '';
  }
  return [...sentences, open]
    .flatMap((one) => (one.length > max ? piecesOf(one, max) : [one]))
    .map((one) => one.trim())
    .filter((one) => one !== '');
}
