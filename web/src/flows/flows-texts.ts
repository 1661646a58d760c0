import { language } from '../texts/language.js';
import { en } from './texts/en.js';

/** The texts of the dashboard, a language each. */
export type FlowsTexts = typeof en;

/** Every text of the dashboard; read when something is drawn, as those of the web app. */
export let texts: FlowsTexts = en;

/** Gets the texts in the reader's language. */
export async function loadFlowsTexts(): Promise<void> {
  if (language === 'de') texts = (await import('./texts/de.js')).de;
}
