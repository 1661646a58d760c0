import type { FlowState, ListFlows } from '@crmflow/contracts';
import { Prisma } from '@crmflow/db';

/**
 * Whether the draft of the flow `w` is another one than its version `v`. Who has saved nothing
 * since need not be compared; the minute is for the clocks of those who save and publish.
 */
export const isChanged = Prisma.sql`(
  v.id IS NOT NULL AND w."updatedAt" > v."createdAt" - interval '1 minute' AND
  (SELECT graph FROM "WorkflowVersion" WHERE id = v.id) IS DISTINCT FROM jsonb_build_object(
    'variables', w.variables,
    'nodes', (SELECT coalesce(jsonb_agg(jsonb_build_object('id', n.id, 'type', n.type,
                'label', n.label, 'position', jsonb_build_object('x', n.x, 'y', n.y),
                'data', n.data) ORDER BY n."order"), '[]')
                FROM "Node" n WHERE n."workflowId" = w.id),
    'edges', (SELECT coalesce(jsonb_agg(jsonb_build_object('id', e.id, 'source', e.source,
                'sourceHandle', e."sourceHandle", 'target', e.target) ORDER BY e."order"), '[]')
                FROM "Edge" e WHERE e."workflowId" = w.id)))`;

function hasState(state: FlowState, userId: string): Prisma.Sql {
  switch (state) {
    case 'draft':
      return Prisma.sql`v.id IS NULL`;
    case 'published':
      return Prisma.sql`v.id IS NOT NULL`;
    case 'changed':
      return isChanged;
    case 'failed':
      return Prisma.sql`r.status = 'failed'`;
    case 'running':
      return Prisma.sql`EXISTS (
        SELECT 1 FROM "Run" o
         WHERE o."workflowId" = w.id AND o."ownerId" = ${userId}
           AND o.status IN ('running', 'waiting', 'paused'))`;
  }
}

// The database itself may know no letters but those of English.
const hasText = (pattern: string) => Prisma.sql`(
  w.name COLLATE "und-x-icu" ILIKE ${`%${pattern}%`} OR
  w.description COLLATE "und-x-icu" ILIKE ${`%${pattern}%`})`;

/** Conditions on the flow `w`, its newest version `v` and its last run `r`. */
export function conditionsOf(
  userId: string,
  { q, status, ...only }: Pick<ListFlows, 'q' | 'status' | 'public' | 'template'>,
): Prisma.Sql[] {
  const has = (q ?? '').replace(/[\\%_]/g, '\\$&');
  return [
    only.public ? Prisma.sql`w."isPublic"` : Prisma.sql`w."ownerId" = ${userId}`,
    ...(only.template ? [Prisma.sql`w."isTemplate"`] : []),
    ...(has ? [hasText(has)] : []),
    ...(status ? [hasState(status, userId)] : []),
  ];
}
