-- AlterTable
ALTER TABLE "Workflow" ADD COLUMN     "publishedRevision" INTEGER;

-- Which drafts are what was published last.
UPDATE "Workflow" w SET "publishedRevision" = w.revision
  FROM (SELECT DISTINCT ON ("workflowId") "workflowId", graph FROM "WorkflowVersion"
         WHERE number IS NOT NULL ORDER BY "workflowId", number DESC) v
 WHERE v."workflowId" = w.id AND v.graph = jsonb_build_object(
    'variables', w.variables,
    'nodes', (SELECT coalesce(jsonb_agg(jsonb_build_object('id', n.id, 'type', n.type,
                'label', n.label, 'position', jsonb_build_object('x', n.x, 'y', n.y),
                'data', n.data) ORDER BY n."order"), '[]')
                FROM "Node" n WHERE n."workflowId" = w.id),
    'edges', (SELECT coalesce(jsonb_agg(jsonb_build_object('id', e.id, 'source', e.source,
                'sourceHandle', e."sourceHandle", 'target', e.target) ORDER BY e."order"), '[]')
                FROM "Edge" e WHERE e."workflowId" = w.id));
