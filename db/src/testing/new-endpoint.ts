import { randomUUID } from 'node:crypto';
import { type OutboundType, outboundTypes } from '@crmflow/contracts';
import type pg from 'pg';

/** An endpoint of a workspace, without secrets, that hears of all unless told otherwise. @returns the id */
export async function newEndpoint(
  pool: pg.Pool,
  workspaceId: string,
  types: readonly OutboundType[] = outboundTypes,
  url = 'https://hooks.invalid/',
): Promise<string> {
  const id = randomUUID();
  await pool.query(
    'INSERT INTO "Endpoint" (id, "workspaceId", url, types) VALUES ($1, $2, $3, $4)',
    [id, workspaceId, url, types],
  );
  return id;
}
