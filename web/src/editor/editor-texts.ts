import { language } from '../texts/language.js';
import { en } from './texts/en.js';

/** The texts of the editor, a language each. */
export type EditorTexts = typeof en;

/** Every text of the editor; read when something is drawn, as those of the web app. */
export let texts: EditorTexts = en;

/** Gets the editor's texts in the reader's language. */
export async function loadEditorTexts(): Promise<void> {
  if (language === 'de') texts = (await import('./texts/de.js')).de;
}
