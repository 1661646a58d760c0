import { randomUUID } from 'node:crypto';
import { type JsonObject, limits } from '@crmflow/contracts';
import { knownOfIdentity, transaction } from '@crmflow/db';
import type { Pool } from 'pg';
import { AppError } from '../errors/app-error.js';
import type { Visitor } from './visitors.js';

/**
 * Makes the contact of a visitor at their first message, of what their site has signed and what flows
 * have set before.
 * @throws AppError `over_limit`
 */
export async function ensureContact(
  pool: Pool,
  visitor: Visitor,
  conversationId: string,
): Promise<void> {
  const { workspaceId } = visitor.chat;
  await transaction(pool, async (client) => {
    const { rows } = await client.query<{ contactId: string | null; claims: JsonObject }>(
      `SELECT "contactId", ${knownOfIdentity} AS claims FROM "ContactIdentity" i
        WHERE id = $1 FOR UPDATE`,
      [visitor.id],
    );
    if (!rows[0]) throw new AppError('not_found', 'The visitor was deleted.');
    let { contactId } = rows[0];
    if (contactId === null) {
      const { rows: counted } = await client.query<{ isFull: boolean }>(
        `SELECT count(*) >= $2 AS "isFull"
           FROM (SELECT FROM "Contact" WHERE "workspaceId" = $1 LIMIT $2) contacts`,
        [workspaceId, limits.contacts],
      );
      if (counted[0]?.isFull) {
        const detail = 'This chat takes no new visitors at the moment. Try again later.';
        throw new AppError('over_limit', detail, { retryAfterSeconds: 3_600 });
      }
      contactId = randomUUID();
      const { name = '', email, phone, locale, timezone, tags = [] } = rows[0].claims;
      const { attributes = {}, consent = [] } = rows[0].claims;
      await client.query(
        `INSERT INTO "Contact" (id, "workspaceId", name, email, phone, timezone, tags, attributes,
                                consent, locale)
         VALUES ($1, $2, $3, nullif($4, ''), nullif($5, ''), nullif($6, ''), $7, $8, $9,
                 coalesce(nullif($10, ''), (
           SELECT run.locale FROM "Conversation" c JOIN "Run" run ON run.id = c."currentRunId"
            WHERE c.id = $11)))`,
        [
          ...[contactId, workspaceId, name, email, phone, timezone, tags],
          ...[JSON.stringify(attributes), JSON.stringify(consent), locale, conversationId],
        ],
      );
      await client.query('UPDATE "ContactIdentity" SET "contactId" = $2 WHERE id = $1', [
        visitor.id,
        contactId,
      ]);
    }
    await client.query('UPDATE "Conversation" SET "contactId" = $2 WHERE id = $1', [
      conversationId,
      contactId,
    ]);
  });
}
