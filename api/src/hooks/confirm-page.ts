import { createHash } from 'node:crypto';
import { asText } from '@crmflow/expressions';
import type { JsonObject } from '@crmflow/contracts';
import type { RouteAnswer } from '../http/route.js';

type Texts = Record<'title' | 'ask' | 'confirm' | 'done' | 'thanks' | 'failed', string>;

const texts: { en: Texts; de: Texts } = {
  en: {
    title: 'Confirm your answer',
    ask: 'Nothing has been sent yet. Send your answer with the button.',
    confirm: 'Send answer',
    done: 'Answer received',
    thanks: 'Thank you. You can close this page.',
    failed: 'This does not work',
  },
  de: {
    title: 'Antwort bestätigen',
    ask: 'Noch wurde nichts gesendet. Senden Sie Ihre Antwort mit der Schaltfläche ab.',
    confirm: 'Antwort senden',
    done: 'Antwort erhalten',
    thanks: 'Vielen Dank. Sie können diese Seite schließen.',
    failed: 'Das ist nicht möglich',
  },
};

/** What went wrong, by the status, in the reader's language. */
const failures: { [lang in keyof typeof texts]: { [status: number]: string } } = {
  en: {
    404: 'This address does not exist. Check whether it is complete.',
    409: 'This address was used already. It works once.',
    410: 'This address is no longer valid.',
  },
  de: {
    404: 'Diese Adresse gibt es nicht. Prüfen Sie, ob sie vollständig ist.',
    409: 'Diese Adresse wurde schon benutzt. Sie gilt nur einmal.',
    410: 'Diese Adresse ist nicht mehr gültig.',
  },
};

const later = {
  en: 'Something went wrong. Please try again later.',
  de: 'Es ist ein Fehler aufgetreten. Bitte versuchen Sie es später noch einmal.',
};

const style = `
:root { color-scheme: light dark; --line: #d4d4d8; --soft: #52525b; --accent: #1d4ed8; --on: #fff }
@media (prefers-color-scheme: dark) {
  :root { --line: #3f3f46; --soft: #a1a1aa; --accent: #93c5fd; --on: #0b1220 }
}
* { box-sizing: border-box }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 24px;
  font: 16px/1.5 system-ui, sans-serif }
main { width: min(100%, 28rem) }
h1 { font-size: 1.375rem; line-height: 1.3; margin: 0 0 8px }
p { margin: 0 0 24px; color: var(--soft) }
dl { margin: 0 0 24px; border: 1px solid var(--line); border-radius: 8px; padding: 4px 16px }
dl div { padding: 8px 0 }
dt { font-size: .875rem; color: var(--soft) }
dd { margin: 0; overflow-wrap: anywhere; white-space: pre-wrap }
button { font: inherit; font-weight: 600; width: 100%; min-height: 44px; border: 0; border-radius: 8px;
  background: var(--accent); color: var(--on); cursor: pointer }
button:focus-visible { outline: 3px solid currentColor; outline-offset: 2px }
`;
const styleHash = createHash('sha256').update(style).digest('base64');

const headers = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy': `default-src 'none'; style-src 'sha256-${styleHash}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`,
  // The address is a secret, and no page for search engines.
  'Referrer-Policy': 'no-referrer',
  'X-Robots-Tag': 'noindex',
};

const escapes: Record<string, string> = {
  ...{ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' },
};
const escape = (text: string) => text.replace(/[&<>"']/g, (sign) => escapes[sign] ?? sign);

/** A language that pages are written in. */
export type PageLanguage = keyof typeof texts;

/** The language that a browser asks for first, of those that there are. */
export const languageOf = (acceptLanguage: string | undefined): PageLanguage =>
  /^\s*de\b/i.test(acceptLanguage ?? '') ? 'de' : 'en';

function page(language: PageLanguage, title: string, content: string): string {
  return `<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title><style>${style}</style></head>
<body><main><h1>${title}</h1>
${content}
</main></body>
</html>
`;
}

const mostShown = 20;
const longestShown = 500;

function shown(query: JsonObject): string {
  const rows = Object.entries(query)
    .slice(0, mostShown)
    .map(([name, value]) => {
      const [label, text] = [name, asText(value)].map((one) => escape(one.slice(0, longestShown)));
      return `<div><dt>${label}</dt><dd>${text}</dd></div>`;
    });
  return rows.length === 0 ? '' : `<dl>${rows.join('')}</dl>`;
}

/** Asks whoever opened an address to send what its query says: opening alone answers nothing. */
export function confirmPage(language: PageLanguage, query: JsonObject): RouteAnswer {
  const { title, ask, confirm } = texts[language];
  const content = `<p>${ask}</p>${shown(query)}<form method="post"><button>${confirm}</button></form>`;
  return { status: 200, text: page(language, title, content), headers };
}

/** Says that the answer came. */
export function thanksPage(language: PageLanguage, status: number): RouteAnswer {
  const { done, thanks } = texts[language];
  return { status, text: page(language, done, `<p>${thanks}</p>`), headers };
}

/** Says why an address does not work. */
export function failedPage(language: PageLanguage, status: number): RouteAnswer {
  const why = failures[language][status] ?? later[language];
  return { status, text: page(language, texts[language].failed, `<p>${why}</p>`), headers };
}
