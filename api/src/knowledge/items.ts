import type {
  ChangeKnowledge,
  KnowledgeDetail,
  KnowledgeItem,
  KnowledgePassage,
  ListQuery,
  Page,
} from '@crmflow/contracts';
import type { Prisma } from '@crmflow/db';
import { audit } from '../access/audit.js';
import type { Access } from '../access/authorize.js';
import { askOf } from '../ask.js';
import type { Deps } from '../deps.js';
import { AppError } from '../errors/app-error.js';
import { decodeCursor, toPage } from '../http/cursor.js';
import type { Extraction } from './extraction.js';
import { itemColumns, toItem } from './resource.js';

const passagesAtOnce = 200;

function after(cursor: string | undefined): Prisma.KnowledgeItemWhereInput {
  if (cursor === undefined) return {};
  const { at, id } = decodeCursor(cursor);
  return { OR: [{ createdAt: { lt: at } }, { createdAt: at, id: { lt: id } }] };
}

const missing = () => new AppError('not_found', 'Knowledge source not found.');

/** What users look up, as they manage it; each throws AppError `not_found` where an item is gone. */
export function createItems({
  db,
  pool,
  extraction,
}: Pick<Deps, 'db' | 'pool'> & { extraction: Extraction }) {
  async function find(id: string): Promise<KnowledgeItem> {
    const row = await db.knowledgeItem.findUnique({ where: { id }, select: itemColumns });
    if (!row) throw missing();
    return toItem(row);
  }

  async function passagesOf(id: string, from: number): Promise<KnowledgePassage[]> {
    const { rows } = await pool.query<{
      index: number;
      text: string;
      page: number | null;
      heading: string | null;
    }>(
      `SELECT index, text, page, heading FROM "KnowledgePassage" AS passage
         JOIN "KnowledgeItem" AS item ON item.id = "itemId" AND item.generation = passage.generation
        WHERE "itemId" = $1 AND index >= $2 ORDER BY index LIMIT $3`,
      [id, from, passagesAtOnce + 1],
    );
    return rows.map(({ page, heading, ...rest }) => ({
      ...rest,
      ...(page !== null && { page }),
      ...(heading !== null && { heading }),
    }));
  }

  return {
    /** The newest first. */
    async list(workspaceId: string, { cursor, limit }: ListQuery): Promise<Page<KnowledgeItem>> {
      const rows = await db.knowledgeItem.findMany({
        where: { workspaceId, ...after(cursor) },
        orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
        take: limit + 1,
        select: itemColumns,
      });
      return toPage(rows, limit, ({ createdAt, id }) => ({ at: createdAt, id }), toItem);
    },
    /** With what was read of it, from the passage of that index on. */
    async read(id: string, from: number): Promise<KnowledgeDetail> {
      const item = await find(id);
      const passages = await passagesOf(id, from);
      const shown = passages.slice(0, passagesAtOnce);
      const nextIndex = passages.length > passagesAtOnce ? (passages.at(-1)?.index ?? null) : null;
      return { ...item, passages: shown, nextIndex };
    },
    async change(id: string, { language, name, enabled }: ChangeKnowledge): Promise<KnowledgeItem> {
      const { count } = await db.knowledgeItem.updateMany({
        where: { id },
        data: {
          ...(name !== undefined && { name }),
          ...(enabled !== undefined && { enabled }),
        },
      });
      if (count === 0) throw missing();
      if (language !== undefined) {
        await extraction.reindex(id, language);
      }
      return find(id);
    },
    remove: (access: Access, id: string): Promise<void> =>
      db.$transaction(async (tx) => {
        const [row] = await tx.$queryRaw<{ name: string }[]>`
          DELETE FROM "KnowledgeItem" WHERE id = ${id} RETURNING name`;
        if (!row) throw missing();
        const resource = { kind: 'source', id, name: row.name };
        await audit(askOf(tx), access, { action: 'knowledge.delete', resource });
      }),
    /** Reads it again; where it is being read it goes on with that. */
    async refresh({ workspaceId }: Access, id: string): Promise<KnowledgeItem> {
      const { rowCount } = await pool.query(
        `UPDATE "KnowledgeItem" SET reading = reading + 1, status = 'waiting', progress = 0,
                error = NULL, "updatedAt" = now()
          WHERE id = $1 AND status IN ('ready', 'failed')`,
        [id],
      );
      if (rowCount) await extraction.begin(workspaceId);
      return find(id);
    },
  };
}
