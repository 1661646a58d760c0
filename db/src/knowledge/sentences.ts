const segmenter = new Intl.Segmenter(undefined, { granularity: 'sentence' });

/** What ends with a stop that ends no sentence. */
const abbreviation =
  /(?:^|[\s(])(?:[A-Z]|approx|bzw|ca|cf|Co|Corp|Dr|etc|ggf|inkl|Inc|Ltd|max|min|Mr|Mrs|Ms|Nr|No|Prof|St|Str|usw|vs|e\.g|i\.e|z\.\s?B|d\.\s?h|u\.\s?a)\.\s*$/;

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
  for (const { segment } of segmenter.segment(text)) {
    open += segment;
    if (abbreviation.test(open)) continue;
    sentences.push(open);
    open = '';
  }
  return [...sentences, open]
    .flatMap((one) => (one.length > max ? piecesOf(one, max) : [one]))
    .map((one) => one.trim())
    .filter((one) => one !== '');
}
