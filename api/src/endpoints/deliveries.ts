import { randomUUID } from 'node:crypto';
import type {
  JsonObject,
  ListOutboundDeliveries,
  OutboundDelivery,
  OutboundType,
  Page,
} from '@crmflow/contracts';
import { eventBody, transaction } from '@crmflow/db';
import type { Pool } from 'pg';
import { type Ask, askOfClient } from '../ask.js';
import { AppError } from '../errors/app-error.js';
import { sampleOf } from './samples.js';

type Row = Omit<OutboundDelivery, 'body' | 'createdAt' | 'nextAttemptAt'> & {
  createdAt: Date;
  nextAttemptAt: Date | null;
  at: Date;
  data: JsonObject;
};

const toDelivery = ({ at, data, createdAt, nextAttemptAt, ...row }: Row): OutboundDelivery => ({
  ...row,
  createdAt: createdAt.toISOString(),
  nextAttemptAt: row.status === 'pending' ? (nextAttemptAt?.toISOString() ?? null) : null,
  body: eventBody({ type: row.type, at, data }),
});

const columns = `d.id::text AS id, d."eventId", event.type, event."isTest", d.status, d.reason,
  d."createdAt", d."nextAttemptAt", d.attempts, event.at, event.data`;

const from = `"EventDelivery" d
  JOIN "Endpoint" e ON e.id = d."endpointId"
  JOIN "OutboundEvent" event ON event.id = d."eventId"`;

/** @throws AppError `not_found` */
async function requireEndpoint(ask: Ask, workspaceId: string, id: string) {
  const [endpoint] = await ask<{ types: OutboundType[]; enabled: boolean }>(
    'SELECT types, enabled FROM "Endpoint" WHERE "workspaceId" = $1 AND id = $2',
    [workspaceId, id],
  );
  if (!endpoint) throw new AppError('not_found', 'Endpoint not found.');
  return endpoint;
}

function requireEnabled({ enabled }: { enabled: boolean }): void {
  if (enabled) return;
  throw new AppError('endpoint_disabled', 'The endpoint is disabled. Enable it first.');
}

/** What an endpoint was sent and will be, the newest first. @throws AppError `not_found` */
export async function listOutboundDeliveries(
  pool: Pool,
  workspaceId: string,
  endpointId: string,
  { cursor, limit, status }: ListOutboundDeliveries,
): Promise<Page<OutboundDelivery>> {
  await requireEndpoint(askOfClient(pool), workspaceId, endpointId);
  const { rows } = await pool.query<Row>(
    `SELECT ${columns} FROM ${from}
      WHERE d."endpointId" = $1 AND ($2::bigint IS NULL OR d.id < $2)
        AND ($3::text IS NULL OR d.status = $3)
      ORDER BY d.id DESC LIMIT $4`,
    [endpointId, cursor ?? null, status ?? null, limit + 1],
  );
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(toDelivery),
    nextCursor: rows.length > limit && last ? last.id : null,
  };
}

async function readDelivery(ask: Ask, endpointId: string, id: string): Promise<OutboundDelivery> {
  const [row] = await ask<Row>(
    `SELECT ${columns} FROM ${from} WHERE d."endpointId" = $1 AND d.id = $2`,
    [endpointId, id],
  );
  if (!row) throw new AppError('not_found', 'Delivery not found.');
  return toDelivery(row);
}

/**
 * Sends an event again, or one that waits at once: the same event with the same id, apart from the line.
 * @throws AppError `not_found`, `endpoint_disabled`
 */
export function resend(
  pool: Pool,
  workspaceId: string,
  { endpointId, id }: { endpointId: string; id: string },
): Promise<OutboundDelivery> {
  return transaction(pool, async (client) => {
    const ask = askOfClient(client);
    const endpoint = await requireEndpoint(ask, workspaceId, endpointId);
    await readDelivery(ask, endpointId, id);
    requireEnabled(endpoint);
    await ask(
      `UPDATE "EventDelivery"
          SET status = 'pending', reason = NULL, "inLine" = false, tries = 0, "nextAttemptAt" = now()
        WHERE "endpointId" = $1 AND id = $2`,
      [endpointId, id],
    );
    // Where it was the first in line, the others wait for it no more.
    await ask('UPDATE "Endpoint" SET "restsUntil" = NULL WHERE id = $1', [endpointId]);
    return readDelivery(ask, endpointId, id);
  });
}

/** Sends a sample to an endpoint, once. @throws AppError `not_found`, `endpoint_disabled` */
export function sendTest(
  pool: Pool,
  workspaceId: string,
  endpointId: string,
  wanted: OutboundType | undefined,
): Promise<OutboundDelivery> {
  return transaction(pool, async (client) => {
    const ask = askOfClient(client);
    const endpoint = await requireEndpoint(ask, workspaceId, endpointId);
    requireEnabled(endpoint);
    const type = wanted ?? endpoint.types[0] ?? 'message.created';
    const eventId = `evt_${randomUUID().replaceAll('-', '')}`;
    await ask(
      `INSERT INTO "OutboundEvent" (id, "workspaceId", type, at, data, "isTest")
       VALUES ($1, $2, $3, now(), $4, true)`,
      [eventId, workspaceId, type, JSON.stringify(sampleOf(type))],
    );
    const [made] = await ask<{ id: string }>(
      `INSERT INTO "EventDelivery" ("endpointId", "eventId", "inLine", "nextAttemptAt")
       VALUES ($1, $2, false, now()) RETURNING id::text AS id`,
      [endpointId, eventId],
    );
    return readDelivery(ask, endpointId, made!.id);
  });
}
