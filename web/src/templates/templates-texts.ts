import { language } from '../texts/language.js';
import { en } from './texts/en.js';

/** The texts of the templates' pages, a language each. */
export type TemplatesTexts = typeof en;

/** Every text of the templates' pages; read when something is drawn, as those of the web app. */
export let texts: TemplatesTexts = en;

/** Gets the texts in the reader's language. */
export async function loadTemplatesTexts(): Promise<void> {
  if (language === 'de') texts = (await import('./texts/de.js')).de;
}
