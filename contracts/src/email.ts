import { storedText } from './text.js';

/** What the HTML standard allows before the `@`, and letters of all scripts as RFC 6531 does. */
const local = /^[\p{L}\p{M}\p{N}.!#$%&'*+/=?^_`{|}~-]{1,64}$/u;
const label = /^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]{0,61}[\p{L}\p{M}\p{N}])?$/u;
const topLevel = /^(?:xn--[a-z0-9-]+|[\p{L}\p{M}]{2,63})$/iu;
const longest = 254;

/** Signs that stand around an address in a sentence, and belong to it where they stand within. */
const opening = new Set('([{"\'„“”‚‘’«»');
const closing = new Set(')]}"\'„“”‚‘’«»:.!?。，');

function withoutSigns(word: string): string {
  let start = 0;
  let end = word.length;
  while (start < end && opening.has(word.charAt(start))) start++;
  while (end > start && closing.has(word.charAt(end - 1))) end--;
  return word.slice(start, end);
}

/**
 * An email address by the syntax of the HTML standard, and with names of domains and people in any
 * script; the domain must have a top level of letters. The domain is in lower case.
 * @returns undefined if the text isn't an email address
 */
export function emailAddress(text: string): string | undefined {
  const [name = '', domain, ...others] = storedText(text).replaceAll('\uff20', '@').split('@');
  if (domain === undefined || others.length > 0 || !local.test(name)) return undefined;
  const lower = domain.replace(/[\uff0e\u3002]/g, '.').toLowerCase();
  const labels = lower.split('.');
  if (labels.length < 2 || !labels.every((part) => label.test(part))) return undefined;
  const address = `${name}@${lower}`;
  return topLevel.test(labels.at(-1) ?? '') && address.length <= longest ? address : undefined;
}

/**
 * The one address that a reply names, also within a sentence: `Ada <ada@example.com>`,
 * `mailto:ada@example.com`, `It is ada@example.com.`
 * @returns undefined if it names none or several, or if the one it names isn't valid
 */
export function findEmail(text: string): string | undefined {
  const words = storedText(text)
    .replaceAll('\uff20', '@')
    .split(/[\s\p{Zs}<>,;]+/u);
  const candidates = words.filter((word) => word.includes('@'));
  const [candidate = '', ...others] = candidates;
  if (others.length > 0) return undefined;
  return emailAddress(withoutSigns(candidate).replace(/^mailto:/i, ''));
}
