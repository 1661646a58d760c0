import { searchedText } from '@crmflow/contracts';

/** Scripts that write no spaces between words. */
const unspaced =
  /(?:[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmr}\p{sc=Mymr}]\p{M}*)+/gu;
const letter = /\P{M}\p{M}*/gu;

/** Each letter of a run with the one after it; the last letter has none. */
function pairsOf(run: string): string[] {
  const letters = run.match(letter) ?? [];
  return letters.map((one, at) => one + (letters[at + 1] ?? ''));
}

/**
 * A passage's text as the database takes its words from: normalised, so that its own letters and
 * case play no part, and with each two neighbouring letters as a word where a script has no spaces
 * (健康保険: 健康 康保 保険). The last letter of a run is a word too, so that each letter begins one.
 */
export function indexedWords(text: string): string {
  return searchedText(text).replace(unspaced, (run) => ` ${pairsOf(run).join(' ')} `);
}

/** A query's text, for the words that `indexedWords` makes. */
export function queriedWords(text: string): string {
  return searchedText(text).replace(unspaced, (run) => {
    const pairs = pairsOf(run).slice(0, -1);
    return ` ${pairs.length > 0 ? pairs.join(' ') : run} `;
  });
}

/**
 * SQL for what a passage is found by, of columns `words` and `"headingWords"`: words of its heading
 * count more.
 * @param language the parameter that has the language, such as `$2`
 */
export const searchVector = (language: string) =>
  `setweight(to_tsvector(${language}::regconfig, "headingWords"), 'A') ||
   setweight(to_tsvector(${language}::regconfig, words), 'D')`;

/** Whether a word of a query is the beginning of others: a single letter of such a script. */
export function isBeginning(word: string): boolean {
  return word.length <= 2 && (word.match(letter) ?? []).length === 1 && word.search(unspaced) === 0;
}
