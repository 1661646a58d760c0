import type { ConversationEvent, VisitorExport } from '@crmflow/contracts';
import { readStory } from '@crmflow/db';
import type { Pool } from 'pg';
import type { Visitor } from './visitors.js';

/** Conversations that are given out at once, and events of each. */
const mostConversations = 200;
const mostEvents = 5_000;

async function wholeStory(pool: Pool, id: string): Promise<ConversationEvent[]> {
  const page = await readStory(pool, id, 0, mostEvents);
  return page?.events ?? [];
}

type ContactRow = Omit<NonNullable<VisitorExport['contact']>, 'createdAt' | 'lastSeenAt'> & {
  createdAt: Date;
  lastSeenAt: Date;
};

/** Everything that is known of a visitor at their chat. */
export async function exportVisitor(pool: Pool, visitor: Visitor): Promise<VisitorExport> {
  const { rows: contacts } = await pool.query<ContactRow>(
    `SELECT name, email, phone, locale, timezone, attributes, consent, "createdAt", "lastSeenAt"
       FROM "Contact" WHERE id = $1`,
    [visitor.contactId],
  );
  const { rows } = await pool.query<{ id: string; createdAt: Date; rating: unknown }>(
    `SELECT id, "createdAt", rating FROM "Conversation"
      WHERE "identityId" = $1 AND "deploymentId" = $2 ORDER BY "createdAt" DESC LIMIT $3`,
    [visitor.id, visitor.chat.id, mostConversations],
  );
  const conversations: VisitorExport['conversations'] = [];
  for (const { id, createdAt, rating } of rows) {
    const events = await wholeStory(pool, id);
    conversations.push({ id, createdAt: createdAt.toISOString(), rating, events });
  }
  const [contact] = contacts;
  return {
    visitorId: visitor.id,
    verified: visitor.isVerified,
    contact: contact
      ? {
          ...contact,
          createdAt: contact.createdAt.toISOString(),
          lastSeenAt: contact.lastSeenAt.toISOString(),
        }
      : null,
    conversations,
  };
}
