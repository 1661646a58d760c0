import { randomInt } from 'node:crypto';

/** What all slugs look like; `slugSchema` asks more of those that somebody chooses. */
export const slugPattern = /^[a-z0-9-]{1,60}$/;

/** Letters that do not come apart into one of ASCII and a mark. */
const folded: Record<string, string> = {
  ...{ ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i' },
};

const longest = 60;
const digits = 6;

/** What the address of something with this name begins with; its kind, if no letter of it is left. */
function baseOf(name: string, kind: string): string {
  const ascii = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{ASCII}]/gu, (letter) => folded[letter] ?? '-');
  const words = ascii.match(/[a-z0-9]+/g) ?? [kind];
  return words
    .join('-')
    .slice(0, longest - digits - 1)
    .replace(/-$/, '');
}

/** A slug for something with this name, that nobody guesses: `support-k3x09a`. */
export function newSlug(name: string, kind = 'chat'): string {
  const random = Array.from({ length: digits }, () => randomInt(36).toString(36));
  return `${baseOf(name, kind)}-${random.join('')}`;
}
