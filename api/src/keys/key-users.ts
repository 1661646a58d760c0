import { geminiService } from '@crmflow/activities/ai';
import { type Key, limits } from '@crmflow/contracts';
import type { Db } from '@crmflow/db';

type Row = { service: string } & Key['usedBy'];

/**
 * The flows of a user that use each of these keys, in their drafts or newest versions: those whose
 * requests name it, and for the key of Gemini those that ask the model.
 * @returns by service; a key that no flow uses is missing
 */
export async function keyUsers(
  db: Pick<Db, '$queryRaw'>,
  userId: string,
  services: readonly string[],
): Promise<Map<string, Key['usedBy']>> {
  const rows = await db.$queryRaw<Row[]>`
    WITH node AS (
      SELECT w.id, w.name, n.type, n.data
        FROM "Workflow" w JOIN "Node" n ON n."workflowId" = w.id
       WHERE w."ownerId" = ${userId}
      UNION ALL
      SELECT w.id, w.name, n->>'type', n->'data'
        FROM "Workflow" w,
             LATERAL (SELECT graph FROM "WorkflowVersion"
                       WHERE "workflowId" = w.id AND number IS NOT NULL
                       ORDER BY number DESC LIMIT 1) v,
             jsonb_array_elements(v.graph->'nodes') n
       WHERE w."ownerId" = ${userId}),
    used AS (
      SELECT DISTINCT id, name,
             CASE WHEN type = 'integration' THEN data->'auth'->>'secret'
                  WHEN type = 'ai' OR type = 'speak' AND data->>'mode' = 'ai'
                  THEN ${geminiService} END AS service
        FROM node)
    SELECT service, count(*)::int AS count,
           to_jsonb((array_agg(jsonb_build_object('id', id, 'name', name)
                               ORDER BY lower(name), id))[:${limits.keyUsersListed}::int]) AS flows
      FROM used WHERE service = ANY(${[...services]}) GROUP BY service`;
  return new Map(rows.map(({ service, ...users }) => [service, users]));
}
