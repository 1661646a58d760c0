import { randomUUID } from 'node:crypto';
import { publishReading, storeReading, transaction } from '@crmflow/db';
import { type Block, splitDocument } from '@crmflow/db/passages';
import type { Pool } from 'pg';

/** An account that nobody signs in to. */
export async function newAccount(pool: Pool): Promise<string> {
  const id = randomUUID();
  await pool.query(
    `WITH u AS (
       INSERT INTO "User" (id, email, "passwordHash", "updatedAt") VALUES ($1, $1, '', now())
       RETURNING id
     ), o AS (
       INSERT INTO "Workspace" (id, name, "personalOf") SELECT id, 'Personal', id FROM u RETURNING id
     )
     INSERT INTO "Member" ("workspaceId", "userId", role) SELECT id, id, 'owner' FROM o`,
    [id],
  );
  return id;
}

/** Stores a document as one that was read, without the engine. */
export async function storeDocument(
  pool: Pool,
  workspaceId: string,
  name: string,
  blocks: readonly Block[],
): Promise<void> {
  const reading = { itemId: randomUUID(), reading: 1 };
  await transaction(pool, async (client) => {
    await client.query(
      `INSERT INTO "KnowledgeItem" (id, "workspaceId", type, name, "updatedAt")
       VALUES ($1, $2, 'manual', $3, now())`,
      [reading.itemId, workspaceId, name],
    );
    await storeReading(client, reading, splitDocument(blocks));
    await publishReading(client, reading);
  });
}
