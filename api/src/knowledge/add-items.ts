import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { type KnowledgeItem, limits, type ManualEntry } from '@crmflow/contracts';
import type { Judgement } from '@crmflow/activities/judge-url';
import { transaction } from '@crmflow/db';
import type pg from 'pg';
import type { Deps } from '../deps.js';
import { AppError } from '../errors/app-error.js';
import type { Upload } from '../http/read-upload.js';
import type { Extraction } from './extraction.js';
import { notPdfReason } from './is-pdf.js';
import { audit } from '../access/audit.js';
import type { Access } from '../access/authorize.js';
import { askOfClient } from '../ask.js';
import { itemColumns, toItem } from './resource.js';

type NewItem = {
  type: KnowledgeItem['type'];
  name: string;
  url?: string;
  question?: string;
  language?: KnowledgeItem['language'] | undefined;
  /** What it is read from, where that cannot be fetched again. */
  file?: Uint8Array;
};

/** What adding knowledge needs. */
export type AddDeps = Pick<Deps, 'db' | 'pool' | 'budgets'> & {
  extraction: Extraction;
  judgeUrl: (url: string) => Promise<Judgement>;
};

async function insert(
  client: pg.ClientBase,
  workspaceId: string,
  { type, name, url, question, language, file }: NewItem,
): Promise<string> {
  const id = randomUUID();
  await client.query(
    `INSERT INTO "KnowledgeItem"
       (id, "workspaceId", type, name, url, question, language, "languageFixed", "updatedAt")
     VALUES ($1, $2, $3, $4, $5, $6, coalesce($7, 'simple'), $7 IS NOT NULL, now())`,
    [id, workspaceId, type, name, url ?? null, question ?? null, language ?? null],
  );
  if (file) {
    await client.query('INSERT INTO "KnowledgeFile" ("itemId", bytes) VALUES ($1, $2)', [id, file]);
  }
  return id;
}

const patienceMs = 5_000;
const lookEveryMs = 100;

/** Waits a little for an item to be read: who has typed something in looks for it next. */
async function settled(pool: Deps['pool'], id: string): Promise<void> {
  const end = Date.now() + patienceMs;
  while (Date.now() < end) {
    const { rowCount } = await pool.query(
      `SELECT FROM "KnowledgeItem"
        WHERE id = $1 AND generation < reading AND status <> 'failed'`,
      [id],
    );
    if (rowCount === 0) return;
    await setTimeout(lookEveryMs);
  }
}

/** Adds what can be looked up. Each begins to be read, and answers with the item at once. */
export function createAddItems(deps: AddDeps) {
  const { db, pool, budgets, extraction } = deps;

  async function add(access: Access, item: NewItem): Promise<KnowledgeItem> {
    const { workspaceId } = access;
    const room = { knowledge: 1, knowledgeStorage: item.file?.length ?? 0 };
    await budgets.requireInstallation();
    const id = await transaction(pool, async (client) => {
      await budgets.requireRoom(askOfClient(client), workspaceId, room);
      const added = await insert(client, workspaceId, item);
      const resource = { kind: 'source', id: added, name: item.name };
      await audit(askOfClient(client), access, { action: 'knowledge.add', resource });
      return added;
    });
    const read = () => db.knowledgeItem.findUnique({ where: { id }, select: itemColumns });
    const stored = await read();
    await extraction.begin(workspaceId);
    if (item.type === 'manual') await settled(pool, id);
    // It was added, even if it has been deleted meanwhile.
    const newest = (await read()) ?? stored;
    if (!newest) throw new AppError('not_found', 'The knowledge source was deleted meanwhile.');
    return toItem(newest);
  }

  return {
    /** @throws AppError `not_a_pdf`, `knowledge_full` */
    async pdf(access: Access, { name: given, bytes }: Upload): Promise<KnowledgeItem> {
      const name = given.trim().slice(0, limits.knowledgeNameLength) || 'PDF';
      const fault = notPdfReason(bytes);
      if (fault !== null) throw new AppError('not_a_pdf', `${name} is not a PDF: ${fault}.`);
      return add(access, { type: 'pdf', name, file: bytes });
    },
    /** @throws AppError `egress_refused`, `knowledge_full` */
    async page(access: Access, text: string): Promise<KnowledgeItem> {
      const judged = await deps.judgeUrl(text);
      if ('refused' in judged) throw new AppError('egress_refused', judged.refused);
      const { href } = judged.url;
      return add(access, { type: 'url', name: href, url: href });
    },
    /** Answers when the entry can be found, or after a few seconds. @throws AppError `knowledge_full` */
    async entry(access: Access, entry: ManualEntry): Promise<KnowledgeItem> {
      const [name, content] =
        'question' in entry ? [entry.question, entry.answer] : [entry.name, entry.content];
      const item: NewItem = {
        ...{ type: 'manual', name, language: entry.language, file: Buffer.from(content) },
        ...('question' in entry && { question: entry.question }),
      };
      return add(access, item);
    },
  };
}
