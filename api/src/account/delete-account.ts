import { transaction } from '@crmflow/db';
import type { Client } from '@temporalio/client';
import type { Pool } from 'pg';
import { endSessions } from './end-sessions.js';
import { forgetRun } from './forget-run.js';

const runsAtOnce = 20;

/**
 * Marks an account as deleted, for good: nobody signs in, all its sockets end, and its address is
 * free at once. `removeAccount` does the rest, whatever dies meanwhile.
 */
export async function markDeleted(pool: Pool, userId: string): Promise<void> {
  await transaction(pool, async (client) => {
    await client.query(
      `UPDATE "User" SET "deletingSince" = COALESCE("deletingSince", now()), email = id,
              name = '', personality = '', "updatedAt" = now()
        WHERE id = $1`,
      [userId],
    );
    await client.query('DELETE FROM "UserToken" WHERE "userId" = $1', [userId]);
    await client.query('DELETE FROM "ApiKey" WHERE "userId" = $1', [userId]);
    await endSessions(client, userId);
  });
}

/**
 * Removes an account that was marked, with all it owns: its runs from Temporal and the database,
 * and then everything else. Safe to repeat, and to break off anywhere.
 * @throws where Temporal or the database does not answer; what was removed until then stays so
 */
export async function removeAccount(
  { pool, temporal }: { pool: Pool; temporal: Client },
  userId: string,
): Promise<void> {
  for (;;) {
    const { rows } = await pool.query<{ id: string }>(
      'SELECT id FROM "Run" WHERE "ownerId" = $1 ORDER BY "startedAt" LIMIT $2',
      [userId, runsAtOnce],
    );
    if (rows.length === 0) break;
    await Promise.all(rows.map(({ id }) => forgetRun(temporal, id)));
    await pool.query('DELETE FROM "Run" WHERE id = ANY($1)', [rows.map(({ id }) => id)]);
  }
  await pool.query('DELETE FROM "User" WHERE id = $1 AND "deletingSince" IS NOT NULL', [userId]);
}
