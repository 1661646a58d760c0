import type { KnowledgeItem, LeftOut, RunError } from '@crmflow/contracts';
import type { Prisma } from '@crmflow/db';

/** The columns that make an item as its workspace sees it. */
export const itemColumns = {
  id: true,
  type: true,
  name: true,
  url: true,
  question: true,
  enabled: true,
  status: true,
  progress: true,
  error: true,
  characters: true,
  chunks: true,
  pages: true,
  leftOut: true,
  embedded: true,
  language: true,
  createdAt: true,
  updatedAt: true,
  readAt: true,
} as const satisfies Prisma.KnowledgeItemSelect;

type Row = Prisma.KnowledgeItemGetPayload<{ select: typeof itemColumns }>;

/** An item as its workspace sees it. */
export function toItem(row: Row): KnowledgeItem {
  const { url, question, error, pages, leftOut, readAt, createdAt, updatedAt, ...rest } = row;
  return {
    ...(rest as Omit<typeof rest, 'type' | 'status' | 'language'> &
      Pick<KnowledgeItem, 'type' | 'status' | 'language'>),
    ...(url !== null && { url }),
    ...(question !== null && { question }),
    ...(error !== null && { error: error as Omit<RunError, 'nodeId'> }),
    ...(pages !== null && { pages }),
    ...(leftOut !== null && { leftOut: leftOut as LeftOut[] }),
    ...(readAt !== null && { readAt: readAt.toISOString() }),
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}
