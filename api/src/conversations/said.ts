import { searchedText } from '@crmflow/contracts';
import type { Ask } from '../ask.js';

/** Letters of scripts that write no spaces between words: each is a word, as the database has it. */
const unspaced =
  /[\u0E01-\u0E5B\u0E81-\u0EDF\u1000-\u109F\u1780-\u17FF\u3041-\u30FF\u31F0-\u31FF\u3400-\u4DBF\u4E00-\u9FFF\uF900-\uFAFF]/g;

/** More words than that are no search any more. */
const most = 20;

/**
 * What to look for in the words of messages, as PostgreSQL takes it: all of these words, marked with
 * their workspace as the index has them, the last one maybe only begun. Letters without spaces between
 * them have to follow each other.
 * @returns null where the text has no words
 */
export async function wordsOf(ask: Ask, workspaceId: string, text: string): Promise<string | null> {
  const words = searchedText(text)
    .split(/[\s\p{Zs}]+/u)
    .filter((word) => word !== '')
    .slice(0, most)
    .map((word) => word.replace(unspaced, ' $& '));
  const [row] = await ask<{ words: string | null }>(
    `SELECT regexp_replace(
              string_agg(nullif(phraseto_tsquery('simple', word)::text, ''), ' & ' ORDER BY place),
              '''((?:[^'']|'''')*)''', '''' || word_mark($2) || '\\1''', 'g') || ':*' AS words
       FROM unnest($1::text[]) WITH ORDINALITY AS one(word, place)`,
    [words, workspaceId],
  );
  return row?.words ?? null;
}
