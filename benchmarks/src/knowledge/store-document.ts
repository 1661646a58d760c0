import { randomUUID } from 'node:crypto';
import { publishReading, storeReading, transaction } from '@crmflow/db';
import { type Block, splitDocument } from '@crmflow/db/passages';
import type { Pool } from 'pg';

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
