import { language } from '../texts/language.js';
import { en } from './texts/en.js';

/** The texts of the pages about customers, a language each. */
export type CustomersTexts = typeof en;

/** Every text of these pages; read when something is drawn, as those of the web app. */
export let texts: CustomersTexts = en;

/** Gets the texts in the reader's language. */
export async function loadCustomersTexts(): Promise<void> {
  if (language === 'de') texts = (await import('./texts/de.js')).de;
}
