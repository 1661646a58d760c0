import { type KnowledgeLanguage, knowledgeLanguages } from '@crmflow/contracts';
import type pg from 'pg';

const sampleLength = 4_000;
/** The share of a text's words that must be small words of a language for it to be in that. */
const enough = 0.12;

/**
 * Tells the language of a text by the one whose small words (the, of, und, que …) it has most of:
 * the stop words of the very dictionaries by which it will be searched. Works for short texts too.
 * @param fallback for texts in which there are none, such as a list of numbers
 */
export async function detectLanguage(
  pool: pg.Pool | pg.ClientBase,
  text: string,
  fallback: KnowledgeLanguage = 'english',
): Promise<KnowledgeLanguage> {
  const { rows } = await pool.query<{ language: KnowledgeLanguage; kept: number }>({
    name: 'detect-language',
    text: `SELECT language, coalesce((SELECT sum(cardinality(positions))
                    FROM unnest(to_tsvector(language::regconfig, $2))), 0)::int AS kept
             FROM unnest($1::text[]) AS language ORDER BY kept`,
    values: [knowledgeLanguages, text.slice(0, sampleLength)],
  });
  const words = rows.find(({ language }) => language === 'simple')?.kept ?? 0;
  const least = rows[0]?.kept ?? 0;
  if (words === 0 || (words - least) / words < enough) return fallback;
  const best = rows.filter(({ kept }) => kept === least).map(({ language }) => language);
  return [fallback, 'english' as const].find((one) => best.includes(one)) ?? best[0] ?? fallback;
}
