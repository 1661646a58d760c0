import { userOf } from '../../../tests/support/client.js';
import type { Harness } from '../harness.js';

/** How many messages there are, 20 in each conversation. */
const messages = Number(process.env['CRMFLOW_BENCH_MESSAGES'] ?? 1_000_000);
const others = 199;

/** Messages in 200 workspaces; every second conversation is of the one that is measured. */
export type ManyMessages = { workspaceId: string; conversations: number };

/** Words by how many messages have them. The last one is never said in the measured workspace. */
export const words = {
  'in every fifth': 'order',
  'in one of a hundred': 'refund',
  'in one of a thousand': 'voucher',
  'in one of 20,000': 'zephyr',
  'only elsewhere': 'elsewhere',
} as const;

/** Each workspace has a flow and a chat, which share an id. `$1`: the measured workspace. */
const insertChats = `
  WITH w AS (
    INSERT INTO "Workspace" (id, name)
    SELECT 'bench-' || i, 'Workspace ' || i FROM generate_series(1, ${others}) AS i RETURNING id
  ), f AS (
    INSERT INTO "Workflow" (id, "workspaceId", name, "updatedAt")
    SELECT 'chat-' || id, id, 'Measured', now() FROM (SELECT id FROM w UNION ALL SELECT $1) AS own
    RETURNING id, "workspaceId"
  )
  INSERT INTO "Deployment" (id, "workspaceId", "workflowId", kind, name, settings, slug)
  SELECT id, "workspaceId", id, 'chat', 'Chat', '{}', id FROM f`;

const insertContacts = `
  INSERT INTO "Contact" (id, "workspaceId", name, email, "updatedAt")
  SELECT 'bench-' || i, CASE WHEN i % 2 = 0 THEN $1 ELSE 'bench-' || (1 + i / 2 % ${others}) END,
         'Person ' || i, 'person' || i || '@example.com', now()
    FROM generate_series(1, $2::int) AS i`;

const insertIdentities = `
  INSERT INTO "ContactIdentity" (id, "workspaceId", kind, scope, value, "contactId")
  SELECT id, "workspaceId", 'visitor', 'bench', id, id FROM "Contact" WHERE id LIKE 'bench-%'`;

/** Most are closed, as of any team; some wait, are snoozed, or are with the user who is measured. */
const insertConversations = `
  INSERT INTO "Conversation" (id, "workspaceId", "deploymentId", "workflowId", "identityId",
    "contactId", "requestId", "requestHash", "lastSeq", "lastMessageAt", "lastMessage", status,
    "assigneeId", "waitingSince", "snoozedUntil")
  SELECT id, "workspaceId", 'chat-' || "workspaceId", 'chat-' || "workspaceId", id, id, 'bench', '',
         20, at, '{"role": "visitor", "text": "Where is my order?"}',
         CASE WHEN lot < 80 THEN 'closed' WHEN lot < 85 THEN 'waiting' ELSE 'open' END,
         CASE WHEN lot BETWEEN 85 AND 92 AND "workspaceId" = $1 THEN $1 END,
         CASE WHEN lot BETWEEN 80 AND 84 THEN at END,
         CASE WHEN lot > 96 THEN now() + interval '1 day' END
    FROM (SELECT *, now() - row_number() OVER () * interval '1 minute' AS at,
                 (hashtext(id) & 65535) % 100 AS lot
            FROM "Contact" WHERE id LIKE 'bench-%') AS contact`;

/** Nine words each, of 8,000, some more often than others. */
const insertMessages = `
  INSERT INTO "ConversationEvent" ("conversationId", seq, at, type, data)
  SELECT id, seq, "lastMessageAt", 'message', jsonb_build_object('id', 'm' || seq,
           'role', CASE WHEN seq % 2 = 0 THEN 'flow' ELSE 'visitor' END, 'text', said.text)
    FROM "Conversation" c, generate_series(1, 20) AS seq, LATERAL (
      SELECT string_agg('word' || floor(power(random(), 3) * 8000), ' ')
          || CASE WHEN random() < 0.2 THEN ' order' ELSE '' END
          || CASE WHEN random() < 0.01 THEN ' refund' ELSE '' END
          || CASE WHEN random() < 0.001 THEN ' voucher' ELSE '' END
          || CASE WHEN random() < 0.00005 THEN ' zephyr' ELSE '' END
          || CASE WHEN random() < 0.3 AND c."workspaceId" <> $1 THEN ' elsewhere' ELSE '' END AS text
        FROM generate_series(1, 9) WHERE seq > 0) AS said
   WHERE c."requestId" = 'bench'`;

/** Fills the harness's database. */
export async function fillMessages({ user, pool }: Harness): Promise<ManyMessages> {
  const { id: workspaceId } = await userOf(user);
  const conversations = Math.ceil(messages / 20);
  await pool.query(insertChats, [workspaceId]);
  await pool.query(insertContacts, [workspaceId, conversations]);
  await pool.query(insertIdentities);
  await pool.query(insertConversations, [workspaceId]);
  const client = await pool.connect();
  try {
    await client.query('SET statement_timeout = 0');
    await client.query(insertMessages, [workspaceId]);
    for (const table of ['Contact', 'Conversation', 'ConversationEvent']) {
      await client.query(`VACUUM ANALYZE "${table}"`);
    }
  } finally {
    client.release(true);
  }
  return { workspaceId, conversations };
}
