/** Shorter pages say too little of themselves. */
const leastText = 40;
const leastLatin = 100;

const noLetter = /[\ue000-\uf8ff\ufffd]/g;
const marks = /[\p{P}\p{S}]/gu;
/** A word, a figure with a unit, or the number of a part, each without its marks. */
const word = /^(?:[\p{L}\p{M}]+|\p{N}+\p{L}{0,4}|\p{L}{1,4}\p{N}+\p{L}?)$/u;
const vowel = /[aeiouyæøœı]/;

const leastWords = 0.5;
const mostNoLetters = 0.3;
const leastVowels = 0.22;
const mostWordsWithoutVowel = 0.3;

const share = (part: number, whole: number) => (whole === 0 ? 0 : part / whole);
const count = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0;

/** Whether a piece of text between spaces is one that languages write; signs alone are short. */
function isWord(token: string): boolean {
  const plain = token.replace(marks, '');
  if (plain === '') return token.length <= 3;
  return word.test(plain) && plain.length >= token.length / 2;
}

/** Whether Latin letters make words: those of a font that shifts them have hardly any vowels. */
function soundsLikeWords(page: string): boolean {
  const plain = page.normalize('NFD').toLowerCase();
  const letters = count(plain, /[a-zæøœı]/g);
  if (letters < leastLatin) return true;
  const words = plain.match(/[a-z]{4,}/g) ?? [];
  const withoutVowel = words.filter((one) => !vowel.test(one)).length;
  return (
    share(count(plain, /[aeiouyæøœı]/g), letters) >= leastVowels &&
    share(withoutVowel, words.length) <= mostWordsWithoutVowel
  );
}

/**
 * Whether a page reads like a language. Fonts of which the file does not say what their signs stand
 * for give letters that were shifted (`7KH TXLFN`), figures and signs within words, or characters
 * for private use.
 */
export function isReadable(page: string): boolean {
  const tokens = page.split(/\s+/).filter(Boolean);
  const length = tokens.reduce((sum, token) => sum + token.length, 0);
  if (length < leastText) return true;
  if (share(count(page, noLetter), length) > mostNoLetters) return false;
  const good = tokens.filter(isWord).reduce((sum, token) => sum + token.length, 0);
  return share(good, length) >= leastWords && soundsLikeWords(page);
}
