import type { KnowledgeLanguage } from '@crmflow/contracts';
import type pg from 'pg';
import type { Passage } from './block.js';
import { detectLanguage } from './detect-language.js';
import type { ReadDocument } from './passages.js';
import type { Reading } from './reading.js';
import { indexedWords, searchVector } from './search-words.js';

type Owned = { workspaceId: string; language: KnowledgeLanguage; languageFixed: boolean };

/** The language that most of a workspace's other knowledge is in. */
async function usualLanguage(
  client: pg.ClientBase,
  workspaceId: string,
): Promise<KnowledgeLanguage> {
  const { rows } = await client.query<{ language: KnowledgeLanguage }>(
    `SELECT language FROM "KnowledgeItem" WHERE "workspaceId" = $1 AND generation > 0
        AND language <> 'simple' GROUP BY language ORDER BY sum(characters) DESC LIMIT 1`,
    [workspaceId],
  );
  return rows[0]?.language ?? 'english';
}

async function insertPassages(
  client: pg.ClientBase,
  { itemId, reading }: Reading,
  { workspaceId, language }: Owned,
  passages: readonly Passage[],
): Promise<void> {
  await client.query('DELETE FROM "KnowledgePassage" WHERE "itemId" = $1 AND generation = $2', [
    itemId,
    reading,
  ]);
  await client.query(
    `INSERT INTO "KnowledgePassage"
       ("itemId", generation, index, "workspaceId", text, heading, page, search)
     SELECT $1, $2, at - 1, $3, text, heading, page,
            ${searchVector('$4')}
       FROM unnest($5::text[], $6::text[], $7::int[], $8::text[], $9::text[])
            WITH ORDINALITY AS passage (text, heading, page, words, "headingWords", at)`,
    [
      itemId,
      reading,
      workspaceId,
      language,
      passages.map(({ text }) => text),
      passages.map(({ heading }) => heading ?? null),
      passages.map(({ page }) => page ?? null),
      passages.map(({ text }) => indexedWords(text)),
      passages.map(({ heading }) => indexedWords(heading ?? '')),
    ],
  );
}

/**
 * Stores what a reading found, beside what is found so far: `publishReading` puts it in its place.
 * Safe to repeat; within a transaction.
 * @returns how many passages there are, or null where the item is gone or is read again since
 */
export async function storeReading(
  client: pg.ClientBase,
  reading: Reading,
  { passages, characters, pages, name, leftOut }: ReadDocument,
): Promise<number | null> {
  const { rows } = await client.query<Owned>(
    `SELECT "workspaceId", language, "languageFixed" FROM "KnowledgeItem"
      WHERE id = $1 AND reading = $2 FOR UPDATE`,
    [reading.itemId, reading.reading],
  );
  const [owned] = rows;
  if (!owned) return null;
  if (!owned.languageFixed) {
    const sample = passages.map(({ text }) => text).join(' ');
    owned.language = await detectLanguage(
      client,
      sample,
      await usualLanguage(client, owned.workspaceId),
    );
  }
  await insertPassages(client, reading, owned, passages);
  // The language belongs to the passages: until these are found it stays that of the ones before.
  await client.query(
    `UPDATE "KnowledgeItem" SET staged = $3, "updatedAt" = now() WHERE id = $1 AND reading = $2`,
    [
      reading.itemId,
      reading.reading,
      JSON.stringify({
        language: owned.language,
        characters,
        chunks: passages.length,
        pages: pages ?? null,
        name: name ?? null,
        leftOut: leftOut ?? null,
      }),
    ],
  );
  return passages.length;
}
