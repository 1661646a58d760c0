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
  { pattern: /\S …/, better: '“Loading…”: an ellipsis without a space' },
  { pattern: /\d %/, better: '100%: no space' },
  { pattern: /\(s\)/, better: 'plural forms' },
];

/** German that readers see. */
export const german: readonly Avoided[] = [
  { pattern: /\bDu\b|\bdein\w*\b/, better: 'Sie, Ihr' },
  { pattern: /\w…/, better: '„Wird geladen …“ mit Leerzeichen' },
  { pattern: /\d%/, better: '100 % mit geschütztem Leerzeichen' },
];

/** Typography of UI texts, where quotes and apostrophes are never code. */
export const uiTypography: { en: readonly Avoided[]; de: readonly Avoided[] } = {
  en: [
    { pattern: /"/, better: '“ ”' },
    { pattern: /\w'\w/, better: '’' },
    { pattern: /[„]/, better: '“ ”' },
  ],
  de: [{ pattern: /["”]/, better: '„ “' }],
};

/** Every phrase of a text that the list names, with what to write instead. */
export function avoidable(text: string, list: readonly Avoided[]): string[] {
  return list.flatMap(({ pattern, better }) => {
    const found = pattern.exec(text)?.[0];
    return found === undefined ? [] : [`“${found}” in “${text}”: write ${better}`];
  });
}
