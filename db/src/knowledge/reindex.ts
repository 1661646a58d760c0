import type { KnowledgeLanguage } from '@crmflow/contracts';
import type pg from 'pg';

/** Reads the words of an item by another language from now on; within a transaction. */
export async function reindexItem(
  client: pg.ClientBase,
  itemId: string,
  language: KnowledgeLanguage,
): Promise<void> {
  await client.query(
    `UPDATE "KnowledgePassage" SET
       search = setweight(to_tsvector($2::regconfig, coalesce(heading, '')), 'A') ||
                setweight(to_tsvector($2::regconfig, text), 'D')
     WHERE "itemId" = $1`,
    [itemId, language],
  );
  await client.query(
    `UPDATE "KnowledgeItem" SET language = $2, "languageFixed" = true, "updatedAt" = now()
      WHERE id = $1`,
    [itemId, language],
  );
}
