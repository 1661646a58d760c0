import { language } from './texts/language.js';
import { en } from './texts/en.js';

/** The texts of the web app, a language each. */
export type Texts = typeof en;

/**
 * Every text of the web app that is neither the server's nor a lazily loaded page's. Read it when
 * something is drawn, never while a module loads: another language is there only after
 * `loadTexts`.
 */
export let texts: Texts = en;

/** Gets the texts in the reader's language. */
export async function loadTexts(): Promise<void> {
  if (language === 'de') texts = (await import('./texts/de.js')).de;
}
