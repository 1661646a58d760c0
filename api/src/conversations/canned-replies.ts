import { randomUUID } from 'node:crypto';
import {
  type CannedReply,
  type CreateCannedReply,
  limits,
  type ListQuery,
  type Page,
  type UpdateCannedReply,
} from '@crmflow/contracts';
import { transaction } from '@crmflow/db';
import type { Pool } from 'pg';
import { audit } from '../access/audit.js';
import type { Access } from '../access/authorize.js';
import { type Ask, askOfClient } from '../ask.js';
import { AppError } from '../errors/app-error.js';
import { cursorParams, toPage } from '../http/cursor.js';

type Row = Omit<CannedReply, 'language' | 'createdAt' | 'updatedAt'> & {
  language: string;
  createdAt: Date;
  updatedAt: Date;
};

const columns = 'id, shortcut, language, text, "createdAt", "updatedAt"';

const toReply = ({ language, createdAt, updatedAt, ...row }: Row): CannedReply => ({
  ...row,
  language: language === '' ? null : language,
  createdAt: createdAt.toISOString(),
  updatedAt: updatedAt.toISOString(),
});

const noSuchReply = () => new AppError('not_found', 'Canned reply not found.');

/** The canned replies of a workspace, the newest first. */
export async function listCannedReplies(
  pool: Pool,
  workspaceId: string,
  { cursor, limit }: ListQuery,
): Promise<Page<CannedReply>> {
  const { at, id } = cursorParams(cursor);
  const { rows } = await pool.query<Row>(
    `SELECT ${columns} FROM "CannedReply"
      WHERE "workspaceId" = $1
        AND ($2::timestamptz IS NULL OR ("createdAt", id) < ($2, $3))
      ORDER BY "createdAt" DESC, id DESC LIMIT $4`,
    [workspaceId, at, id, limit + 1],
  );
  return toPage(rows, limit, (row) => ({ at: row.createdAt, id: row.id }), toReply);
}

/** Changes of one workspace come one after the other, so that all are counted. */
const lockWorkspace = (ask: Ask, workspaceId: string) =>
  ask('SELECT id FROM "Workspace" WHERE id = $1 FOR NO KEY UPDATE', [workspaceId]);

/** @throws AppError `shortcut_taken` */
async function requireFree(
  ask: Ask,
  workspaceId: string,
  { id, shortcut, language }: Pick<Row, 'id' | 'shortcut' | 'language'>,
): Promise<void> {
  const taken = await ask(
    `SELECT id FROM "CannedReply"
      WHERE "workspaceId" = $1 AND shortcut = $2 AND language = $3 AND id <> $4`,
    [workspaceId, shortcut, language, id],
  );
  if (taken.length === 0) return;
  const detail = `Another canned reply has the shortcut “${shortcut}” in this language. Choose another one.`;
  const errors = [{ path: 'shortcut', message: 'is taken' }];
  throw new AppError('shortcut_taken', detail, { errors });
}

/** @throws AppError `canned_replies_full` */
async function requireFew(ask: Ask, workspaceId: string): Promise<void> {
  const [row] = await ask<{ count: number }>(
    'SELECT count(*)::int AS count FROM "CannedReply" WHERE "workspaceId" = $1',
    [workspaceId],
  );
  if ((row?.count ?? 0) < limits.cannedReplies) return;
  const detail = `The workspace has ${limits.cannedReplies} canned replies, which is the limit. Delete some first.`;
  throw new AppError('canned_replies_full', detail);
}

const resourceOf = ({ id, shortcut }: Pick<Row, 'id' | 'shortcut'>) => ({
  kind: 'canned',
  id,
  name: shortcut,
});

/** @throws AppError `shortcut_taken`, `canned_replies_full` */
export function createCannedReply(
  pool: Pool,
  access: Access,
  { shortcut, language, text }: CreateCannedReply,
): Promise<CannedReply> {
  const { workspaceId } = access;
  return transaction(pool, async (client) => {
    const ask = askOfClient(client);
    await lockWorkspace(ask, workspaceId);
    const fresh = { id: randomUUID(), shortcut, language: language ?? '' };
    await requireFree(ask, workspaceId, fresh);
    await requireFew(ask, workspaceId);
    const rows = await ask<Row>(
      `INSERT INTO "CannedReply" (id, "workspaceId", shortcut, language, text)
       VALUES ($1, $2, $3, $4, $5) RETURNING ${columns}`,
      [fresh.id, workspaceId, shortcut, fresh.language, text],
    );
    await audit(ask, access, { action: 'canned.create', resource: resourceOf(fresh) });
    return toReply(rows[0]!);
  });
}

/** Changes a canned reply; what is left out stays. @throws AppError `not_found`, `shortcut_taken` */
export function updateCannedReply(
  pool: Pool,
  access: Access,
  id: string,
  sent: UpdateCannedReply,
): Promise<CannedReply> {
  const { workspaceId } = access;
  return transaction(pool, async (client) => {
    const ask = askOfClient(client);
    await lockWorkspace(ask, workspaceId);
    const [before] = await ask<Row>(`SELECT ${columns} FROM "CannedReply" WHERE id = $1`, [id]);
    if (!before) throw noSuchReply();
    const { shortcut = before.shortcut, text = before.text } = sent;
    const language = sent.language === undefined ? before.language : (sent.language ?? '');
    const after = { id, shortcut, language };
    await requireFree(ask, workspaceId, after);
    const rows = await ask<Row>(
      `UPDATE "CannedReply" SET shortcut = $2, language = $3, text = $4, "updatedAt" = now()
        WHERE id = $1 RETURNING ${columns}`,
      [id, shortcut, language, text],
    );
    const changes = { fields: Object.keys(sent) };
    await audit(ask, access, { action: 'canned.change', resource: resourceOf(after), changes });
    return toReply(rows[0]!);
  });
}

/** @throws AppError `not_found` */
export async function deleteCannedReply(pool: Pool, access: Access, id: string): Promise<void> {
  await transaction(pool, async (client) => {
    const ask = askOfClient(client);
    const [gone] = await ask<Row>(`DELETE FROM "CannedReply" WHERE id = $1 RETURNING ${columns}`, [
      id,
    ]);
    if (!gone) throw noSuchReply();
    await audit(ask, access, { action: 'canned.delete', resource: resourceOf(gone) });
  });
}
