import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';

/** A chat of a new flow, as its id: the flow, its only version and the deployment share it. */
export async function newChat(pool: Pool, workspaceId: string): Promise<string> {
  const id = randomUUID();
  await pool.query(
    `WITH w AS (INSERT INTO "Workflow" (id, "workspaceId", name, "updatedAt")
                VALUES ($1, $2, 'Flow', now()) RETURNING id),
          v AS (INSERT INTO "WorkflowVersion" (id, "workflowId", number, "contentHash", graph)
                SELECT id, id, 1, 'hash', '{}' FROM w)
     INSERT INTO "Deployment" (id, "workspaceId", "workflowId", kind, name, settings, slug)
     SELECT id, $2, id, 'chat', 'Chat', '{}', id FROM w`,
    [id, workspaceId],
  );
  return id;
}

/** What a test's conversation is, besides what all are. */
export type NewConversation = {
  workspaceId: string;
  deploymentId: string;
  /** Null: nothing was said yet. */
  contactId: string | null;
  /** The identity of an earlier one; a new visitor's unless given. */
  identityId?: string;
  /** What visitor and flow said in turn. */
  said?: string[];
  /** Columns of the conversation. */
  row?: Record<string, unknown>;
};

/**
 * A conversation with one run and what was said in it, as the public side writes it.
 * @returns its id, that of its run, and that of the identity
 */
export async function newConversation(
  pool: Pool,
  { workspaceId, deploymentId, contactId, said = [], row = {}, ...given }: NewConversation,
): Promise<{ id: string; runId: string; identityId: string }> {
  const [id, runId] = [randomUUID(), randomUUID()];
  const { identityId = randomUUID() } = given;
  await pool.query(
    `INSERT INTO "ContactIdentity" (id, "workspaceId", kind, scope, value, "contactId")
     VALUES ($1, $2, 'visitor', $3, $1, $4) ON CONFLICT DO NOTHING`,
    [identityId, workspaceId, deploymentId, contactId],
  );
  const columns: Record<string, unknown> = {
    ...{ id, workspaceId, deploymentId, workflowId: deploymentId, identityId, contactId },
    ...{ currentRunId: runId, requestId: id, requestHash: '', lastSeq: said.length },
    ...(contactId !== null && { lastMessageAt: new Date() }),
    ...row,
  };
  const names = Object.keys(columns);
  await pool.query(
    `INSERT INTO "Conversation" (${names.map((name) => `"${name}"`).join(', ')})
     VALUES (${names.map((_, index) => `$${index + 1}`).join(', ')})`,
    Object.values(columns),
  );
  await pool.query(
    `INSERT INTO "Run" (id, "workflowId", "versionId", "workspaceId", "conversationId")
     VALUES ($1, $2, $2, $3, $4)`,
    [runId, deploymentId, workspaceId, id],
  );
  for (const [index, text] of said.entries()) {
    const role = index % 2 === 0 ? 'visitor' : 'flow';
    await pool.query(
      `INSERT INTO "ConversationEvent" ("conversationId", seq, at, type, data)
       VALUES ($1, $2, now(), 'message', $3)`,
      [id, index + 1, JSON.stringify({ id: `m${index}`, role, text })],
    );
  }
  return { id, runId, identityId };
}
