import { language } from '../texts/language.js';
import { en } from './texts/en.js';

/** The texts of the knowledge pages, a language each. */
export type KnowledgeTexts = typeof en;

/** Every text of the knowledge pages; read when something is drawn, as those of the web app. */
export let texts: KnowledgeTexts = en;

/** Gets the texts in the reader's language. */
export async function loadKnowledgeTexts(): Promise<void> {
  if (language === 'de') texts = (await import('./texts/de.js')).de;
}
