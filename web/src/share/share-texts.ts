import { language } from '../texts/language.js';
import { en } from './texts/en.js';

/** The texts of the pages that share a flow, a language each. */
export type ShareTexts = typeof en;

/** Every text of these pages; read when something is drawn, as those of the web app. */
export let texts: ShareTexts = en;

/** Gets the texts in the reader's language. */
export async function loadShareTexts(): Promise<void> {
  if (language === 'de') texts = (await import('./texts/de.js')).de;
}
