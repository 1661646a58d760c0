import { de } from './texts/de.js';
import { en } from './texts/en.js';

/** The texts of the chat page, a language each. */
export type Texts = typeof en;

const catalogues: Record<string, Texts> = { en, de };
const rightToLeft = /^(?:ar|ckb|dv|fa|he|iw|ps|sd|ug|ur|yi)(?:-|$)/i;

/** Every text of the chat page. Read it when something is drawn: `speak` replaces it. */
export let texts: Texts = en;

/** The customer's language, such as `de-AT`, for times and reading aloud. */
export let locale = 'en';

const languageOf = (tag: string) => tag.slice(0, 2).toLowerCase();

/**
 * Chooses the language of the page.
 * @param wished tags such as `de-AT`, the best first; empty ones are left out
 */
export function speak(wished: readonly (string | null)[]): void {
  const tags = wished.filter((tag): tag is string => /^[a-z]{2,3}(?:-|$)/i.test(tag ?? ''));
  const spoken = tags.map(languageOf).find((tag) => Object.hasOwn(catalogues, tag)) ?? 'en';
  texts = catalogues[spoken] ?? en;
  locale = tags[0] ?? 'en';
  document.documentElement.lang = spoken;
  document.documentElement.dir = rightToLeft.test(locale) ? 'rtl' : 'ltr';
}

/** What a code means. */
export const problemText = (code: string): string =>
  texts.problems[code] ?? texts.problems['other'] ?? '';

/** A time of day, as the customer writes it. */
export const timeOf = (at: string | number): string =>
  new Date(at).toLocaleTimeString(locale, { hour: 'numeric', minute: '2-digit' });

/** A day and a time of it, as the customer writes them. */
export const momentOf = (at: string): string =>
  new Date(at).toLocaleString(locale, { dateStyle: 'medium', timeStyle: 'short' });
