import type { ListQuery, Page, SessionSummary } from '@crmflow/contracts';
import type { Db } from '@crmflow/db';
import type { Principal } from './principal.js';
import { decodeCursor, type Position, toPage } from '../http/cursor.js';

const after = ({ at, id }: Position) => ({
  OR: [{ createdAt: { lt: at } }, { createdAt: at, id: { lt: id } }],
});

/** The principal's valid sessions, the newest first. The ids are hashes and open nothing. */
export async function listSessions(
  db: Db,
  { userId, sessionId }: Principal,
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
