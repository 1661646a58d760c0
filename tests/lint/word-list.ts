/** What is not written, and what is written instead. */
type Avoided = { pattern: RegExp; better: string };

/** English that readers see: UI texts, error titles, docs. */
export const english: readonly Avoided[] = [
  { pattern: /\banew\b/i, better: 'again' },
  { pattern: /\bby itself\b/i, better: 'automatically' },
  { pattern: /\bof now\b/i, better: 'current' },
  { pattern: /\bshall\b/i, better: 'will, or an imperative' },
  { pattern: /\b(goes|go|going) round\b/i, better: 'loops' },
  { pattern: /(?<!there )\bis no (?!longer)/i, better: 'isn’t a, or what to do instead' },
  { pattern: /\be-mails?\b/i, better: 'email' },
  { pattern: /\d %/, better: '100%: no space' },
  { pattern: /\(s\)/, better: 'plural forms' },
];

/** More of it for the API, logs, command lines and docs, where the words of the product are fixed. */
export const plain: readonly Avoided[] = [
  { pattern: /\bno such\b/i, better: '“not found”' },
  { pattern: /\btry(ing)? on\b/i, better: 'retrying' },
  { pattern: /\bfault(s|y)?\b/i, better: 'error' },
  { pattern: /\b(of ours|on our side)\b/i, better: 'unexpected error' },
  { pattern: /\bstand(s|ing)? still\b/i, better: 'stuck' },
  { pattern: /\bstand(s)?[ -]in\b/i, better: 'fallback' },
  { pattern: /\b(do|does|did) not answer\b/i, better: 'is not responding' },
  { pattern: /\bgoes? on\b/i, better: 'continues' },
  { pattern: /\bunder way\b/i, better: 'active' },
  { pattern: /\bby hand\b/i, better: 'manually' },
  { pattern: /\bsome(body|one) else's\b/i, better: 'another user’s' },
  { pattern: /\bto be had\b/i, better: 'available' },
  { pattern: /\bthe operator\b/i, better: 'the administrator' },
];

/** German that readers see. */
export const german: readonly Avoided[] = [
  { pattern: /\bDu\b|\bdein\w*\b/, better: 'Sie, Ihr' },
  { pattern: /\w…/, better: '„Wird geladen …“ mit Leerzeichen' },
  { pattern: /\d%/, better: '100 % mit geschütztem Leerzeichen' },
];

/** English that is fine in docs, and not the UI's word for it. */
const uiEnglish: readonly Avoided[] = [
  { pattern: /\bwires?\b/i, better: 'connection' },
  { pattern: /\bvisitors?\b/i, better: 'customer' },
  { pattern: /\bthe model\b/i, better: 'the AI' },
  { pattern: /\bfigures\b/i, better: 'analytics' },
  { pattern: /\b(problems?|faults)\b/i, better: 'issue, or error' },
  { pattern: /\blog(ged)? (in|out)\b/i, better: 'sign in, sign out' },
  { pattern: /\bcannot\b/i, better: 'can’t, or couldn’t' },
  { pattern: /\b(do|does|did|is|are|was|were|has|have) not\b/i, better: 'a contraction' },
  { pattern: /\bsome(body)\b/i, better: 'someone' },
  { pattern: /\bgo(es)? on\b/i, better: 'continue' },
  { pattern: /\bfits?\b(?<!Zoom to fit)/i, better: 'match' },
];

/** German that is not the UI's word for it. */
const uiGerman: readonly Avoided[] = [
  { pattern: /\bL(auf|äufe|aufs|äufen)\b/, better: 'Ausführung' },
  { pattern: /\bBesucher\w*/, better: 'Kunde' },
  { pattern: /\bgesichert\b/i, better: 'gespeichert' },
  { pattern: /\bgescheitert\b/i, better: 'fehlgeschlagen' },
  { pattern: /\bAnbindung\w*/, better: 'Integration' },
  { pattern: /\blässt sich nicht (zeigen|öffnen|lesen)/i, better: 'konnte nicht geladen werden' },
  { pattern: /\bzeigen$/, better: 'anzeigen' },
];

/** What else a UI text must not have; there, quotes and apostrophes are never code. */
export const inTheUi: { en: readonly Avoided[]; de: readonly Avoided[] } = {
  en: [
    ...uiEnglish,
    { pattern: /\S …/, better: '“Loading…”: an ellipsis without a space' },
    { pattern: /"/, better: '“ ”' },
    { pattern: /\w'\w/, better: '’' },
    { pattern: /[„]/, better: '“ ”' },
  ],
  de: [...uiGerman, { pattern: /["”]/, better: '„ “' }],
};

/** Every phrase of a text that the list names, with what to write instead. */
export function avoidable(text: string, list: readonly Avoided[]): string[] {
  return list.flatMap(({ pattern, better }) => {
    const found = pattern.exec(text)?.[0];
    return found === undefined ? [] : [`“${found}” in “${text}”: write ${better}`];
  });
}
