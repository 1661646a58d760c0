import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { blocksOfText, splitDocument } from '../knowledge/passages.js';
import { publishReading } from '../knowledge/publish-reading.js';
import { storeReading } from '../knowledge/store-reading.js';
import { transaction } from '../transaction.js';

/** An account of a test's own, with its workspace. @returns the id of both */
export async function newUserRow(pool: pg.Pool): Promise<string> {
  const id = randomUUID();
  await pool.query(
    `WITH u AS (
       INSERT INTO "User" (id, email, "passwordHash", "updatedAt") VALUES ($1, $2, '', now())
       RETURNING id
     ), o AS (
       INSERT INTO "Workspace" (id, name, "personalOf") SELECT id, 'Personal', id FROM u RETURNING id
     )
     INSERT INTO "Member" ("workspaceId", "userId", role) SELECT id, id, 'owner' FROM o`,
    [id, `${id}@example.com`],
  );
  return id;
}

/** An item that nothing was read from yet. @returns its id */
export async function newItemRow(
  pool: pg.Pool,
  { workspaceId, name, type = 'manual' }: { workspaceId: string; name: string; type?: string },
): Promise<string> {
  const id = randomUUID();
  await pool.query(
    `INSERT INTO "KnowledgeItem" (id, "workspaceId", type, name, "updatedAt") VALUES ($1, $2, $3, $4, now())`,
    [id, workspaceId, type, name],
  );
  return id;
}

/** Reads a plain text into an item, and lets it be found. */
export async function readInto(
  pool: pg.Pool,
  itemId: string,
  text: string,
  { title, reading = 1 }: { title?: string; reading?: number } = {},
): Promise<void> {
  const blocks = blocksOfText(text);
  if (title !== undefined) blocks.unshift({ kind: 'heading', level: 0, text: title });
  await transaction(pool, async (client) => {
    await storeReading(client, { itemId, reading }, splitDocument(blocks));
    await publishReading(client, { itemId, reading });
  });
}
