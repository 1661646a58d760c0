import type { Pool } from 'pg';
import type { Logger } from 'pino';
import { inboxesIn } from './open-conversations.js';
import type { Rooms } from './rooms.js';
import type { RealtimeServer } from './sockets.js';

/** How late somebody may hear that a snooze is over. */
const everyMs = 1_000;
/** Of more than these at once, the inbox shows a part only. */
const most = 500;

type Over = { workspaceId: string; conversationId: string };

/**
 * Tells those who watch an inbox in this process when a snooze there ends by its time. Nothing depends on it:
 * whoever looks sees the same.
 * @returns ends it
 */
export function tellSnoozes(
  io: RealtimeServer,
  { pool, rooms, logger }: { pool: Pool; rooms: Rooms; logger: Pick<Logger, 'warn'> },
): () => void {
  let since: Date | null = null;
  let timer: ReturnType<typeof setTimeout>;

  async function look(): Promise<void> {
    const watched = inboxesIn(io.sockets.adapter.rooms.keys());
    if (watched.length === 0) {
      since = null;
      return;
    }
    const { rows } = await pool.query<{ at: Date; over: Over[] }>({
      name: 'snoozes-over',
      text: `
        SELECT now() AS at, coalesce(jsonb_agg(over), '[]') AS over
          FROM (SELECT "workspaceId", id AS "conversationId" FROM "Conversation"
                 WHERE "workspaceId" = ANY($1) AND status <> 'closed'
                   AND "snoozedUntil" > $2 AND "snoozedUntil" <= now() LIMIT ${most}) over`,
      values: [watched, since],
    });
    const [{ at, over } = { at: null, over: [] }] = rows;
    since = at;
    for (const one of over) rooms.hear({ kind: 'inbox', ...one });
  }

  const next = () => {
    timer = setTimeout(() => {
      look()
        .catch((error: unknown) =>
          logger.warn({ err: error }, 'No snooze could be told to be over'),
        )
        .finally(next);
    }, everyMs);
  };
  next();
  return () => clearTimeout(timer);
}
