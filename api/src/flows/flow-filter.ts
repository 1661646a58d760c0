import type { FlowState, ListFlows } from '@crmflow/contracts';
import { Prisma } from '@crmflow/db';

/** Whether the draft of the flow `w` is another one than its newest version `v`. */
export const isChanged = Prisma.sql`(
  v.id IS NOT NULL AND w."publishedRevision" IS DISTINCT FROM w.revision)`;

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
