import type { AuditEntry, ListAudit, Page } from '@crmflow/contracts';
import { transaction } from '@crmflow/db';
import { stringify } from 'csv-stringify/sync';
import type { Pool } from 'pg';
import { audit } from '../access/audit.js';
import type { Access } from '../access/authorize.js';
import { askOfClient } from '../ask.js';
import { cursorParams, toPage } from '../http/cursor.js';

type Named = AuditEntry['actor'];
type Row = {
  id: string;
  actor: Named;
  action: string;
  resource: Named;
  at: Date;
  requestId: string | null;
  changes: Record<string, unknown>;
};

/** Entries that one file has at most. */
const mostInFile = 50_000;

type Filter = Pick<ListAudit, 'actor' | 'action' | 'cursor'>;

async function readRows(
  pool: Pool,
  workspaceId: string,
  { actor, action, cursor }: Filter,
  limit: number,
): Promise<Row[]> {
  const { at, id } = cursorParams(cursor);
  const { rows } = await pool.query<Row>(
    `SELECT id, actor, action, resource, at, "requestId", changes FROM "AuditEntry"
      WHERE "workspaceId" = $1 AND ($2::text IS NULL OR actor->>'id' = $2)
        AND ($3::text IS NULL OR action = $3 OR right($3, 1) = '.' AND starts_with(action, $3))
        AND ($4::timestamptz IS NULL OR (at, id) < ($4, $5))
      ORDER BY at DESC, id DESC LIMIT $6`,
    [workspaceId, actor ?? null, action ?? null, at, id, limit],
  );
  return rows;
}

const toEntry = ({ at, ...row }: Row): AuditEntry => ({ ...row, at: at.toISOString() });

/** What was done in a workspace, the newest first. */
export async function listAudit(
  pool: Pool,
  workspaceId: string,
  { limit, ...filter }: Filter & { limit: number },
): Promise<Page<AuditEntry>> {
  const rows = await readRows(pool, workspaceId, filter, limit + 1);
  return toPage(rows, limit, ({ at, id }) => ({ at, id }), toEntry);
}

/** The newest 50,000 entries as CSV (RFC 4180, with formulas disarmed). That is an act, too. */
export async function exportAudit(pool: Pool, access: Access, filter: Filter): Promise<string> {
  const rows = await readRows(pool, access.workspaceId, filter, mostInFile);
  await transaction(pool, (client) => {
    const resource = { kind: 'audit', id: access.workspaceId, name: 'Audit log' };
    return audit(askOfClient(client), access, { action: 'audit.export', resource });
  });
  const table = rows.map(({ at, actor, action, resource, requestId, changes }) => ({
    at: at.toISOString(),
    ...{ actorKind: actor.kind, actorId: actor.id, actor: actor.name, action },
    ...{ resourceKind: resource.kind, resourceId: resource.id, resource: resource.name },
    ...{ requestId, changes: JSON.stringify(changes) },
  }));
  const columns = ['at', 'actorKind', 'actorId', 'actor', 'action', 'resourceKind', 'resourceId'];
  return stringify(table, {
    header: true,
    columns: [...columns, 'resource', 'requestId', 'changes'],
    escape_formulas: true,
    record_delimiter: 'windows',
  });
}
