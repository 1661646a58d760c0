import type { ConversationCounts } from '@crmflow/contracts';
import type { Pool } from 'pg';
import type { Access } from '../access/authorize.js';
import { views } from './read-conversations.js';

/** Counting stops here, because it would cost more the fuller a view is. */
const most = 100;

/** How many conversations are in the views that a team works through, as far as that is cheap to know. */
export async function countViews(pool: Pool, access: Access): Promise<ConversationCounts> {
  const count = (view: keyof typeof views) => `
    (SELECT count(*)::int FROM (
       SELECT FROM "Conversation" c
        WHERE c."workspaceId" = $1 AND c."contactId" IS NOT NULL AND c."lastMessageAt" IS NOT NULL
          AND ${views[view](() => '$2')} LIMIT ${most}) counted) AS ${view}`;
  const { rows } = await pool.query<Omit<ConversationCounts, 'most'>>(
    `SELECT ${(['mine', 'unassigned', 'waiting', 'snoozed'] as const).map(count).join(',')}`,
    [access.workspaceId, access.principal.userId],
  );
  return { mine: 0, unassigned: 0, waiting: 0, snoozed: 0, ...rows[0], most };
}
