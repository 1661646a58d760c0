import { randomUUID } from 'node:crypto';
import { publishReading, storeReading, transaction } from '@crmflow/db';
import { type Block, splitDocument } from '@crmflow/db/passages';
import type { Pool } from 'pg';

/** An account that nobody signs in to. */
export async function newAccount(pool: Pool): Promise<string> {
  const id = randomUUID();
  await pool.query(
    `INSERT INTO "User" (id, email, "passwordHash", "updatedAt") VALUES ($1, $1, '', now())`,
    [id],
  );
  return id;
}

/** Stores a document as one that was read, without the engine. */
export async function storeDocument(
  pool: Pool,
  userId: string,
  name: string,
  blocks: readonly Block[],
): Promise<void> {
  const reading = { itemId: randomUUID(), reading: 1 };
  await transaction(pool, async (client) => {
    await client.query(
      `INSERT INTO "KnowledgeItem" (id, "userId", type, name, "updatedAt")
       VALUES ($1, $2, 'manual', $3, now())`,
      [reading.itemId, userId, name],
    );
    await storeReading(client, reading, splitDocument(blocks));
    await publishReading(client, reading);
  });
}
