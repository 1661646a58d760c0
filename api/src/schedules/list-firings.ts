import type { Firing, ListQuery, Page } from '@crmflow/contracts';
import type { Pool } from 'pg';
import { cursorParams, toPage } from '../http/cursor.js';

type Row = Omit<Firing, 'id' | 'scheduledAt' | 'actualAt'> & {
  key: string;
  scheduledAt: Date;
  actualAt: Date | null;
};

const toFiring = ({ key, scheduledAt, actualAt, ...row }: Row): Firing => ({
  id: key,
  ...row,
  scheduledAt: scheduledAt.toISOString(),
  actualAt: actualAt?.toISOString() ?? null,
});

/** What became of the times of a schedule, the newest first. @throws AppError `bad_request` */
export async function listFirings(
  pool: Pool,
  deploymentId: string,
  { cursor, limit }: ListQuery,
): Promise<Page<Firing>> {
  const { at, id } = cursorParams(cursor);
  const { rows } = await pool.query<Row>(
    `SELECT key, kind, "scheduledAt", "actualAt", state, "runId", code, detail
       FROM "ScheduleFiring"
      WHERE "deploymentId" = $1
        AND ($2::timestamptz IS NULL OR ("scheduledAt", key) < ($2, $3))
      ORDER BY "scheduledAt" DESC, key DESC LIMIT $4`,
    [deploymentId, at, id, limit + 1],
  );
  return toPage(rows, limit, ({ scheduledAt, key }) => ({ at: scheduledAt, id: key }), toFiring);
}
