import type { KnowledgeLanguage } from '@crmflow/contracts';
import type pg from 'pg';
import { indexedWords, searchVector } from './search-words.js';

type Row = { generation: number; index: number; text: string; heading: string | null };

/** Reads the words of an item by another language from now on; within a transaction. */
export async function reindexItem(
  client: pg.ClientBase,
  itemId: string,
  language: KnowledgeLanguage,
): Promise<void> {
  const { rows } = await client.query<Row>(
    'SELECT generation, index, text, heading FROM "KnowledgePassage" WHERE "itemId" = $1',
    [itemId],
  );
  await client.query(
    `UPDATE "KnowledgePassage" AS passage SET
       search = ${searchVector('$2')}
      FROM unnest($3::int[], $4::int[], $5::text[], $6::text[])
           AS given (generation, index, words, "headingWords")
     WHERE "itemId" = $1 AND passage.generation = given.generation
       AND passage.index = given.index`,
    [
      ...[itemId, language],
      ...[rows.map(({ generation }) => generation), rows.map(({ index }) => index)],
      ...[rows.map(({ text }) => indexedWords(text))],
      rows.map(({ heading }) => indexedWords(heading ?? '')),
    ],
  );
  await client.query(
    `UPDATE "KnowledgeItem" SET language = $2, "languageFixed" = true, "updatedAt" = now()
      WHERE id = $1`,
    [itemId, language],
  );
}
