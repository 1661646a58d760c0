import { language } from '../texts/language.js';
import { en } from './texts/en.js';

/** The texts of the settings, a language each. */
export type SettingsTexts = typeof en;

/** Every text of the settings; read when something is drawn, as those of the web app. */
export let texts: SettingsTexts = en;

/** Gets the texts in the reader's language. */
export async function loadSettingsTexts(): Promise<void> {
  if (language === 'de') texts = (await import('./texts/de.js')).de;
}
