import { publish } from '@crmflow/db';
import type { PoolClient } from 'pg';

/** So many ids fit into one message of the bus. */
const perMessage = 50;

/**
 * Ends the sessions of a user and tells every process when that commits, so that their sockets end.
 * @param only which of them: all, all but one, or one
 * @returns how many
 */
export async function endSessions(
  client: PoolClient,
  userId: string,
  only: { except?: string; id?: string } = {},
): Promise<number> {
  const { rows } = await client.query<{ id: string }>(
    `DELETE FROM "Session"
      WHERE "userId" = $1 AND id <> COALESCE($2, '') AND id = COALESCE($3, id)
      RETURNING id`,
    [userId, only.except ?? null, only.id ?? null],
  );
  const sessionIds = rows.map(({ id }) => id);
  for (let at = 0; at < sessionIds.length; at += perMessage) {
    const batch = sessionIds.slice(at, at + perMessage);
    await publish(client, { kind: 'session-ended', sessionIds: batch });
  }
  return sessionIds.length;
}
