const key = 'crmflow.language';

/** The languages that the web app speaks, each with its own name for itself. */
export const languages = { en: 'English', de: 'Deutsch' } as const;

/** A language of the web app. */
export type Language = keyof typeof languages;

/** Whether a text names a language of the web app. */
export const isLanguage = (text: string): text is Language => Object.hasOwn(languages, text);

function stored(): string {
  try {
    return localStorage.getItem(key) ?? '';
  } catch {
    return '';
  }
}

const wished = typeof navigator === 'undefined' ? [] : navigator.languages;

function chosen(): Language {
  const spoken = [stored(), ...wished.map((tag) => tag.slice(0, 2).toLowerCase())];
  return spoken.find(isLanguage) ?? 'en';
}

/** The reader's language: what was chosen here, else the first of the browser's that is spoken. */
export const language: Language = chosen();

/** How the reader writes times: the browser's variant of the language, such as `en-GB`. */
export const locale: string =
  wished.find((tag) => tag.toLowerCase().startsWith(language)) ?? language;

/** Keeps the choice on this device; it shows once the page is loaded again. */
export function chooseLanguage(next: Language): void {
  try {
    localStorage.setItem(key, next);
  } catch {
    // Without storage the browser's language stays.
  }
}
