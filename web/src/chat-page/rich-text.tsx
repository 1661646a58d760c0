const address = /https?:\/\/[^\s<>"]+/g;
const trailing = /[.,;:!?'"’”»)\]]$/;

/** An address in a text without the punctuation after it; brackets that it opened are its own. */
function withoutTrailing(found: string): string {
  let end = found;
  while (trailing.test(end)) {
    const isOwn = end.endsWith(')') && end.split('(').length >= end.split(')').length;
    if (isOwn) break;
    end = end.slice(0, -1);
  }
  return end;
}

/** A piece of a text: plain, or an address. */
export type Piece = { text: string; isAddress: boolean };

/** The pieces of a text, in order: together they are the text. */
export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const { 0: found, index } of text.matchAll(address)) {
    const link = withoutTrailing(found);
    if (!URL.canParse(link)) continue;
    if (index > end) pieces.push({ text: text.slice(end, index), isAddress: false });
    pieces.push({ text: link, isAddress: true });
    end = index + link.length;
  }
  if (end < text.length) pieces.push({ text: text.slice(end), isAddress: false });
  return pieces;
}

/** A message's text with its addresses as links; line breaks are kept by its style. */
export function RichText({ text }: { text: string }) {
  return (
    <>
      {piecesOf(text).map((piece, index) =>
        piece.isAddress ? (
          <a key={index} href={piece.text} target="_blank" rel="noopener nofollow">
            {piece.text}
          </a>
        ) : (
          piece.text
        ),
      )}
    </>
  );
}
