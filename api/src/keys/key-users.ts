import { geminiService } from '@crmflow/activities/ai';
import { type Key, kindIds, limits, nodeKinds, type NodeKind } from '@crmflow/contracts';
import type { Db } from '@crmflow/db';

type Row = { service: string } & Key['usedBy'];

/** Which nodes use which key, for `jsonb_to_recordset`: a node's data names its service, or not. */
const uses = kindIds.flatMap((id) => {
  const { wire, key }: Pick<NodeKind<never>, 'wire' | 'key'> = nodeKinds[id];
  if (!key) return [];
  const nodes = { type: wire.type, kind: wire.kind ?? null, isDefault: wire.isDefault ?? false };
  const isModel = key.of === 'model';
  return {
    ...nodes,
    service: isModel ? geminiService : null,
    path: isModel ? null : key.at,
    when: (isModel && key.when) || {},
  };
});

/**
 * The flows of a user that use each of these keys, in their drafts or newest versions: those whose
 * requests name it, and for the key of Gemini those that ask the model.
 * @returns by service; a key that no flow uses is missing
 */
export async function keyUsers(
  db: Pick<Db, '$queryRaw'>,
  workspaceId: string,
  services: readonly string[],
): Promise<Map<string, Key['usedBy']>> {
  const rows = await db.$queryRaw<Row[]>`
    WITH node AS (
      SELECT w.id, w.name, n.type, n.data
        FROM "Workflow" w JOIN "Node" n ON n."workflowId" = w.id
       WHERE w."workspaceId" = ${workspaceId}
      UNION ALL
      SELECT w.id, w.name, n->>'type', n->'data'
        FROM "Workflow" w,
             LATERAL (SELECT graph FROM "WorkflowVersion"
                       WHERE "workflowId" = w.id AND number IS NOT NULL
                       ORDER BY number DESC LIMIT 1) v,
             jsonb_array_elements(v.graph->'nodes') n
       WHERE w."workspaceId" = ${workspaceId}),
    used AS (
      SELECT DISTINCT node.id, node.name, coalesce(use.service, node.data #>> use.path) AS service
        FROM node
        JOIN jsonb_to_recordset(${JSON.stringify(uses)}::jsonb)
          AS use(type text, kind text, "isDefault" boolean, path text[], service text, "when" jsonb)
          ON node.type = use.type AND node.data @> use."when"
         AND (use.kind IS NULL OR node.data->>'kind' = use.kind
              OR use."isDefault" AND node.data->>'kind' IS NULL))
    SELECT service, count(*)::int AS count,
           to_jsonb((array_agg(jsonb_build_object('id', id, 'name', name)
                               ORDER BY lower(name), id))[:${limits.keyUsersListed}::int]) AS flows
      FROM used WHERE service = ANY(${[...services]}) GROUP BY service`;
  return new Map(rows.map(({ service, ...users }) => [service, users]));
}
