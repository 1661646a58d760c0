import { randomUUID } from 'node:crypto';
import type pg from 'pg';

/** A run of a new flow of a new user. @returns the runId */
export async function newRun(pool: pg.Pool): Promise<string> {
  const id = randomUUID();
  await pool.query(
    `WITH u AS (
       INSERT INTO "User" (id, email, "passwordHash", "updatedAt")
       VALUES ($1, $1 || '@example.com', 'x', now()) RETURNING id
     ), o AS (
       INSERT INTO "Workspace" (id, name, "personalOf") SELECT id, 'Personal', id FROM u RETURNING id
     ), m AS (
       INSERT INTO "Member" ("workspaceId", "userId", role) SELECT id, id, 'owner' FROM o
     ), w AS (
       INSERT INTO "Workflow" (id, "workspaceId", "createdBy", name, "updatedAt")
       SELECT id, id, id, 'Flow', now() FROM o RETURNING id
     ), v AS (
       INSERT INTO "WorkflowVersion" (id, "workflowId", "contentHash", graph)
       SELECT id, id, 'hash', '{}' FROM w RETURNING id
     )
     INSERT INTO "Run" (id, "workflowId", "versionId", "workspaceId")
     SELECT $1, w.id, v.id, u.id FROM u, w, v`,
    [id],
  );
  return id;
}
