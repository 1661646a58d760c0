import type { Language } from './language.js';

/**
 * What says a count in a language: picks the form that goes with it, and writes the count where
 * the form has `#`, such as `plural(2, '# node', '# nodes')`.
 */
export function pluralIn(language: Language) {
  const rules = new Intl.PluralRules(language);
  const numbers = new Intl.NumberFormat(language);
  return (count: number, one: string, other: string): string =>
    (rules.select(count) === 'one' ? one : other).replaceAll('#', numbers.format(count));
}
