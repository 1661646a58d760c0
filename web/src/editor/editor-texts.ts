import { loadIssueTexts } from '../issues/issue-texts.js';
import { language } from '../texts/language.js';
import { en } from './texts/en.js';

/** The texts of the editor, a language each. */
export type EditorTexts = typeof en;

/** Every text of the editor; read when something is drawn, as those of the web app. */
export let texts: EditorTexts = en;

/** Gets the editor's texts in the reader's language. */
export async function loadEditorTexts(): Promise<void> {
  const german = language === 'de' ? import('./texts/de.js') : undefined;
  await loadIssueTexts();
  if (german) texts = (await german).de;
}
