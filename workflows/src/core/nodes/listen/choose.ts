import type { Choice } from '@crmflow/contracts';
import { plainText } from '@crmflow/expressions';

/** Letters that decompose to nothing, as people write them without the key for it. */
const letters: Record<string, string> = {
  ...{ ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i' },
};
const umlauts: Record<string, string> = { ä: 'ae', ö: 'oe', ü: 'ue' };

/** Without case, accents and width. */
function plain(text: string): string {
  return plainText(text)
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[ßæœøłđðþı]/g, (letter) => letters[letter] ?? letter);
}

const spelled = (text: string) =>
  plainText(text)
    .normalize('NFC')
    .toLowerCase()
    .replace(/[äöü]/g, (letter) => umlauts[letter] ?? letter);

/** Also without marks and signs. */
const bare = (text: string) => text.replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ').trim();

/** The ways in which a text is written, with `a` and with `ae` for `ä`. */
const plainForms = (text: string) => [plain(text), plain(spelled(text))];
const bareForms = (text: string) => plainForms(text).map(bare);

function only(choices: readonly Choice[]): Choice | undefined {
  return choices.length === 1 ? choices[0] : undefined;
}

/** Whether a text is the value or the label of a choice as it is, as when its button was clicked. */
export function isOffered({ value, label }: Choice, text: string): boolean {
  const typed = text.trim().normalize('NFC');
  return [value, label].some((offered) => offered.trim().normalize('NFC') === typed);
}

/**
 * The choice that a reply means: by its value or its label, whatever their case, accents, width and
 * the marks around them; else by its number in the list (`2`, `2.`, `#2`), where no choice begins
 * with a digit itself; else by the beginning of one choice alone. What fits several is refused.
 */
export function choose(choices: readonly Choice[], reply: string): Choice | undefined {
  const exact = choices.find((choice) => isOffered(choice, reply));
  if (exact) return exact;
  const which = (
    formsOf: (text: string) => string[],
    fits: (form: string, wanted: string) => boolean,
  ) => {
    const wanted = formsOf(reply).filter((form) => form !== '');
    return choices.filter(({ value, label }) =>
      [...formsOf(label), ...formsOf(value)].some((form) => wanted.some((one) => fits(form, one))),
    );
  };
  for (const formsOf of [plainForms, bareForms]) {
    const same = which(formsOf, (form, wanted) => form === wanted);
    if (same.length > 0) return only(same);
  }
  const number = /^(?:n[ro] )?(\d{1,3})$/.exec(bare(plain(reply)))?.[1];
  const hasDigits = choices.some(({ value, label }) =>
    [...bareForms(label), ...bareForms(value)].some((form) => /^\p{N}/u.test(form)),
  );
  if (number !== undefined && !hasDigits) return choices[Number(number) - 1];
  return only(which(bareForms, (form, wanted) => form.startsWith(wanted)));
}
