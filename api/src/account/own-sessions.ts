import type { ListQuery, Page, SessionSummary } from '@crmflow/contracts';
import type { Db } from '@crmflow/db';
import type { PoolClient } from 'pg';
import { publishEnded } from '../access/memberships.js';
import { decodeCursor, type Position, toPage } from '../http/cursor.js';
import type { UserPrincipal } from '../access/principal.js';

const after = ({ at, id }: Position) => ({
  OR: [{ createdAt: { lt: at } }, { createdAt: at, id: { lt: id } }],
});

/** The principal's valid sessions, the newest first. The ids are hashes and open nothing. */
export async function listSessions(
  db: Db,
  { userId, sessionId }: UserPrincipal,
  { cursor, limit }: ListQuery,
): Promise<Page<SessionSummary>> {
  const rows = await db.session.findMany({
    where: {
      userId,
      expiresAt: { gt: new Date() },
      ...(cursor !== undefined && after(decodeCursor(cursor))),
    },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: limit + 1,
  });
  return toPage(
    rows,
    limit,
    ({ createdAt, id }) => ({ at: createdAt, id }),
    ({ id, createdAt, lastSeenAt, expiresAt, userAgent, ip }) => ({
      id,
      createdAt: createdAt.toISOString(),
      ...(lastSeenAt && { lastSeenAt: lastSeenAt.toISOString() }),
      expiresAt: expiresAt.toISOString(),
      ...(userAgent && { userAgent }),
      ...(ip && { ip }),
      current: id === sessionId,
    }),
  );
}

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
  await publishEnded(
    client,
    rows.map(({ id }) => id),
  );
  return rows.length;
}
