import type { KnowledgeLanguage } from '@crmflow/contracts';
import type pg from 'pg';
import { thesaurus } from './thesaurus.js';

/** For each language of the thesaurus its groups, each as the text of a tsquery. */
export type Synonyms = { [Language in KnowledgeLanguage]?: string[] };

const read = new WeakMap<pg.Pool, Promise<Synonyms>>();

async function readStems(pool: pg.Pool): Promise<Synonyms> {
  const { rows } = await pool.query<{ language: KnowledgeLanguage; query: string }>(
    `SELECT language,
            string_agg(DISTINCT phraseto_tsquery(language::regconfig, word)::text, ' | ') AS query
       FROM jsonb_each($1) AS given (language, lines),
            jsonb_array_elements(lines) WITH ORDINALITY AS line_of (words, line),
            jsonb_array_elements_text(words) AS word
      WHERE numnode(phraseto_tsquery(language::regconfig, word)) > 0
      GROUP BY language, line`,
    [JSON.stringify(thesaurus)],
  );
  const synonyms: Synonyms = {};
  for (const { language, query } of rows) (synonyms[language] ??= []).push(query);
  return synonyms;
}

/** The thesaurus with its words brought to their stems by the database; asked for once. */
export function readSynonyms(pool: pg.Pool): Promise<Synonyms> {
  const known = read.get(pool);
  if (known) return known;
  const asked = readStems(pool);
  read.set(pool, asked);
  // An outage is not remembered.
  asked.catch(() => read.delete(pool));
  return asked;
}
