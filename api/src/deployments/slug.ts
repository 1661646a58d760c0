import { randomInt } from 'node:crypto';

/** Letters that do not come apart into one of ASCII and a mark. */
const folded: Record<string, string> = {
  ...{ ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i' },
};

const longest = 60;
const digits = 6;

/** What the address of something with this name begins with; `chat` where no letter is left of it. */
function baseOf(name: string): string {
  const ascii = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{ASCII}]/gu, (letter) => folded[letter] ?? '-');
  const words = ascii.match(/[a-z0-9]+/g) ?? ['chat'];
  return words
    .join('-')
    .slice(0, longest - digits - 1)
    .replace(/-$/, '');
}

/** A slug for something with this name, that nobody guesses: `support-k3x09a`. */
export function newSlug(name: string): string {
  const random = Array.from({ length: digits }, () => randomInt(36).toString(36));
  return `${baseOf(name)}-${random.join('')}`;
}
