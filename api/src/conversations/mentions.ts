import type { NamedMember } from '../access/members-with.js';

/** The end of a name: no letter or digit follows. */
const ends = /^(?![\p{L}\p{N}])/u;

/**
 * Whom a note tells: the members whose name or address follows an `@` in it. Of names that begin alike
 * the longest counts; all members with the same name are told.
 * @returns their ids
 */
export function mentionsIn(text: string, members: readonly NamedMember[]): string[] {
  const called = members
    .flatMap(({ id, name, email }) =>
      [name, email].map((word) => ({ id, word: word.toLowerCase() })),
    )
    .filter(({ word }) => word !== '');
  const found = new Set<string>();
  const lower = text.toLowerCase();
  for (let at = lower.indexOf('@'); at >= 0; at = lower.indexOf('@', at + 1)) {
    // In an email address, the @ follows a letter or digit.
    if (/[\p{L}\p{N}]$/u.test(lower.slice(0, at))) continue;
    const rest = lower.slice(at + 1);
    const fitting = called.filter(
      ({ word }) => rest.startsWith(word) && ends.test(rest.slice(word.length)),
    );
    const longest = Math.max(...fitting.map(({ word }) => word.length));
    for (const { id, word } of fitting) if (word.length === longest) found.add(id);
  }
  return [...found];
}
