import { type Delivery, type Json, type JsonObject, limits, type Page } from '@crmflow/contracts';
import type { Pool } from 'pg';
import { AppError } from '../errors/app-error.js';

/** A delivery as it is written down. */
export type NewDelivery = {
  deploymentId: string;
  at: Date;
  method: string;
  query: JsonObject;
  headers: JsonObject;
  /** Undefined where nothing is kept of it. */
  body?: Json | undefined;
  bytes: number;
  isVerified: boolean;
  key: string | null;
  /** Null while the sender waits. */
  status: number | null;
  code: string | null;
  detail: string | null;
  runId: string | null;
};

/** Stores a delivery, and removes the oldest beyond the limit. @returns its number */
export async function keepDelivery(pool: Pool, one: NewDelivery): Promise<string> {
  const { deploymentId, at, method, bytes, isVerified, key, status, code, detail, runId } = one;
  const most = isVerified ? limits.deliveries : limits.refusedDeliveries;
  const { rows } = await pool.query<{ id: string }>({
    name: 'keep-delivery',
    text: `WITH old AS (
             DELETE FROM "HookDelivery" WHERE "deploymentId" = $1 AND "isVerified" = $8 AND id <=
               (SELECT id FROM "HookDelivery" WHERE "deploymentId" = $1 AND "isVerified" = $8
                 ORDER BY id DESC OFFSET $14 LIMIT 1))
           INSERT INTO "HookDelivery"
             ("deploymentId", at, method, query, headers, body, bytes, "isVerified", key, status, code,
              detail, "runId")
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) RETURNING id`,
    values: [
      ...[deploymentId, at, method, JSON.stringify(one.query), JSON.stringify(one.headers)],
      ...[one.body === undefined ? null : JSON.stringify(one.body), bytes, isVerified, key, status],
      ...[code, detail, runId, most - 1],
    ],
  });
  return rows[0]!.id;
}

/** Notes the status of the answer to a sender who waited. */
export async function noteAnswer(pool: Pool, id: string, status: number): Promise<void> {
  await pool.query('UPDATE "HookDelivery" SET status = $2 WHERE id = $1', [id, status]);
}

type Row = Omit<Delivery, 'n' | 'at'> & { id: string; at: Date };

const columns = `id, at, method, query, headers, body, bytes, "isVerified", key, status, code, detail,
  "runId"`;

const toDelivery = ({ id, at, ...row }: Row): Delivery => ({
  n: Number(id),
  at: at.toISOString(),
  ...row,
});

/** Of all deliveries on a page. */
const pageBytes = limits.logPageBytes;

const newest = `
  SELECT d.*, sum(pg_column_size(d.body) + pg_column_size(d.headers) + pg_column_size(d.query))
                OVER (ORDER BY id DESC) AS size
    FROM (SELECT *, row_number() OVER (PARTITION BY "isVerified" ORDER BY id DESC) AS place
            FROM "HookDelivery" WHERE "deploymentId" = $1) d
   WHERE place <= CASE WHEN "isVerified" THEN ${limits.deliveries} ELSE ${limits.refusedDeliveries} END`;

/**
 * The newest deliveries of a webhook, the newest first; fewer on a page where they are large.
 * @param before the number of the last that is known
 */
export async function listDeliveries(
  pool: Pool,
  deploymentId: string,
  { before, limit }: { before: string | null; limit: number },
): Promise<Page<Delivery>> {
  const { rows } = await pool.query<Row & { size: string }>(
    `SELECT ${columns}, size::text
       FROM (${newest} AND ($2::bigint IS NULL OR id < $2)) kept
      ORDER BY kept.id DESC LIMIT $3`,
    [deploymentId, before, limit + 1],
  );
  const fit = rows.filter(({ size }, index) => index === 0 || Number(size) <= pageBytes);
  const page = fit.slice(0, limit);
  const last = page.at(-1);
  const hasMore = last !== undefined && page.length < rows.length;
  return {
    items: page.map(({ size: _, ...row }) => toDelivery(row)),
    nextCursor: hasMore ? last.id : null,
  };
}

/** @throws AppError `not_found` */
export async function readDelivery(pool: Pool, deploymentId: string, n: string): Promise<Delivery> {
  const { rows } = await pool.query<Row>(
    `SELECT ${columns} FROM "HookDelivery" WHERE "deploymentId" = $1 AND id = $2`,
    [deploymentId, n],
  );
  if (!rows[0]) throw new AppError('not_found', 'Delivery not found. Only the newest are kept.');
  return toDelivery(rows[0]);
}
