import { type FlowState, type ListFlows, openStatuses } from '@crmflow/contracts';
import { Prisma } from '@crmflow/db';
import { patternOf } from '../search-pattern.js';

/** Whether the draft of the flow `w` is another one than its newest version `v`. */
export const isChanged = Prisma.sql`(
  v.id IS NOT NULL AND w."publishedRevision" IS DISTINCT FROM w.revision)`;

function hasState(state: FlowState, workspaceId: string): Prisma.Sql {
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
         WHERE o."workflowId" = w.id AND o."workspaceId" = ${workspaceId}
           AND o.status IN (${Prisma.join(openStatuses)}))`;
  }
}

// The database itself may know no letters but those of English.
const column = (name: 'name' | 'description') =>
  Prisma.sql`normalize(w.${Prisma.raw(`"${name}"`)}, NFKC) COLLATE "und-x-icu"`;

/** Whether the name of the flow `w` contains a text, however both are composed. */
export const isNamed = (text: string) => Prisma.sql`${column('name')} ILIKE ${patternOf(text)}`;

const hasText = (text: string) => Prisma.sql`(
  ${isNamed(text)} OR ${column('description')} ILIKE ${patternOf(text)})`;

/** Conditions on the flow `w`, its newest version `v` and its last run `r`. */
export function conditionsOf(
  workspaceId: string,
  { id, q, status, ...only }: Pick<ListFlows, 'id' | 'q' | 'status' | 'public' | 'template'>,
): Prisma.Sql[] {
  return [
    only.public ? Prisma.sql`w."isPublic"` : Prisma.sql`w."workspaceId" = ${workspaceId}`,
    ...(id === undefined ? [] : [Prisma.sql`w.id = ${id}`]),
    ...(only.template ? [Prisma.sql`w."isTemplate"`] : []),
    ...(q ? [hasText(q)] : []),
    ...(status ? [hasState(status, workspaceId)] : []),
  ];
}
