/**
 * Text is normalised where it enters, by one function for each purpose: Unicode writes the same word
 * in several ways, and phones, PDFs and file systems do not agree on one.
 */

/** What nobody types and nobody sees: zero-width spaces, word joiners, soft hyphens, byte order marks. */
const unseen = /[\u00ad\u200b\u2060\ufeff]/g;

/**
 * A text as it is stored and shown: composed (NFC), without marks that nobody sees. Joiners stay,
 * which make emoji and are letters' form in Persian and Hindi, and so do all spaces.
 */
export function storedText(text: string): string {
  return text.replace(unseen, '').normalize('NFC');
}

/**
 * A text as it is searched for and searched in: also what only looks different is the same (NFKC:
 * wide letters, ligatures, no-break spaces), in lower case.
 */
export function searchedText(text: string): string {
  return text.replace(unseen, '').normalize('NFKC').toLowerCase();
}

/** A name on one line: stored text with single spaces, none at its ends. */
export function lineOfText(text: string): string {
  return storedText(text)
    .replace(/[\s\p{Zs}]+/gu, ' ')
    .trim();
}

/** A secret as it is compared, by the profile OpaqueString of RFC 8265: each space plain, then NFC. */
export function secretText(text: string): string {
  return text.replace(/\p{Zs}/gu, ' ').normalize('NFC');
}
