import { randomBytes, randomUUID } from 'node:crypto';
import { createUrlRule } from '@crmflow/activities/judge-url';
import {
  type CreateEndpoint,
  type Endpoint,
  limits,
  type ListQuery,
  type NewEndpoint,
  type Page,
  type UpdateEndpoint,
} from '@crmflow/contracts';
import { createAllowList } from '@crmflow/contracts/egress';
import { bindingOfEndpoint, createSecretCipher, transaction } from '@crmflow/db';
import type { Pool } from 'pg';
import { audit } from '../access/audit.js';
import type { Access } from '../access/authorize.js';
import { type Ask, askOfClient } from '../ask.js';
import type { Deps } from '../deps.js';
import { AppError, invalidFields } from '../errors/app-error.js';
import { cursorParams, toPage } from '../http/cursor.js';
import { last4 } from '../keys/last4.js';

/** What endpoints need. */
type EndpointDeps = Pick<Deps, 'pool' | 'config'>;

type Row = Omit<Endpoint, 'failingSince' | 'deliveredAt' | 'createdAt'> & {
  failingSince: Date | null;
  deliveredAt: Date | null;
  createdAt: Date;
};

const columns = `
  e.id, e.url, e.types, e.enabled, e."disabledBecause", e."failingSince", e."deliveredAt", e."createdAt",
  (SELECT count(*)::int FROM "EventDelivery" d
    WHERE d."endpointId" = e.id AND d.status = 'pending') AS pending,
  (SELECT coalesce(jsonb_agg(jsonb_build_object(
            'last4', s.last4, 'createdAt', s."createdAt", 'expiresAt', s."expiresAt")
            ORDER BY s."createdAt" DESC, s.id), '[]')
     FROM "EndpointSecret" s
    WHERE s."endpointId" = e.id AND (s."expiresAt" IS NULL OR s."expiresAt" > now())) AS secrets`;

const iso = (at: string | Date) => new Date(at).toISOString();

const toEndpoint = ({ failingSince, deliveredAt, createdAt, secrets, ...row }: Row): Endpoint => ({
  ...row,
  secrets: secrets.map(({ expiresAt, ...secret }) => ({
    ...secret,
    createdAt: iso(secret.createdAt),
    expiresAt: expiresAt && iso(expiresAt),
  })),
  failingSince: failingSince?.toISOString() ?? null,
  deliveredAt: deliveredAt?.toISOString() ?? null,
  createdAt: createdAt.toISOString(),
});

/** The endpoints of a workspace, the newest first. */
export async function listEndpoints(
  pool: Pool,
  workspaceId: string,
  { cursor, limit }: ListQuery,
): Promise<Page<Endpoint>> {
  const { at, id } = cursorParams(cursor);
  const { rows } = await pool.query<Row>(
    `SELECT ${columns} FROM "Endpoint" e
      WHERE e."workspaceId" = $1
        AND ($2::timestamptz IS NULL OR (e."createdAt", e.id) < ($2, $3))
      ORDER BY e."createdAt" DESC, e.id DESC LIMIT $4`,
    [workspaceId, at, id, limit + 1],
  );
  return toPage(rows, limit, (row) => ({ at: row.createdAt, id: row.id }), toEndpoint);
}

/** @throws AppError `not_found` */
async function readEndpoint(ask: Ask, workspaceId: string, id: string): Promise<Endpoint> {
  const [row] = await ask<Row>(
    `SELECT ${columns} FROM "Endpoint" e WHERE e."workspaceId" = $1 AND e.id = $2`,
    [workspaceId, id],
  );
  if (!row) throw new AppError('not_found', 'Endpoint not found.');
  return toEndpoint(row);
}

/**
 * An address that events may be sent to: by https, unless the administrator opened the door to its host.
 * @throws AppError `invalid`, `egress_refused`
 */
function requireUrl({ egressAllow }: Deps['config'], text: string): string {
  const judged = createUrlRule(egressAllow)(text);
  if ('refused' in judged) throw new AppError('egress_refused', judged.refused);
  const { url } = judged;
  if (url.protocol === 'https:' || createAllowList(egressAllow)(url)) return url.href;
  throw invalidFields([{ path: 'url', message: 'must begin with https://' }]);
}

/** As the audit log names it: the rest of a URL may be a secret. */
const resourceOf = ({ id, url }: Pick<Endpoint, 'id' | 'url'>) => ({
  kind: 'endpoint',
  id,
  name: new URL(url).host,
});

const secretBytes = 32;
const newSecret = () => `whsec_${randomBytes(secretBytes).toString('base64')}`;

async function storeSecret(
  ask: Ask,
  { encryptionKey, previousEncryptionKeys }: Deps['config'],
  endpoint: { id: string; workspaceId: string },
  secret: string,
): Promise<void> {
  const cipher = createSecretCipher({ current: encryptionKey, previous: previousEncryptionKeys });
  const binding = bindingOfEndpoint(endpoint.workspaceId, endpoint.id);
  const { ciphertext, keyVersion } = cipher.seal(secret, binding);
  await ask(
    `INSERT INTO "EndpointSecret" (id, "endpointId", ciphertext, "keyVersion", last4, "createdAt")
     VALUES ($1, $2, $3, $4, $5, clock_timestamp())`,
    [randomUUID(), endpoint.id, ciphertext, keyVersion, last4(secret)],
  );
}

/** Makes an endpoint. Its secret is told once. @throws AppError `invalid`, `egress_refused`, `endpoints_full` */
export async function createEndpoint(
  deps: EndpointDeps,
  access: Access,
  { url: text, types, secret = newSecret() }: CreateEndpoint,
): Promise<NewEndpoint> {
  const { workspaceId } = access;
  const url = requireUrl(deps.config, text);
  const id = randomUUID();
  return transaction(deps.pool, async (client) => {
    const ask = askOfClient(client);
    await ask('SELECT id FROM "Workspace" WHERE id = $1 FOR NO KEY UPDATE', [workspaceId]);
    const made = await ask(
      `INSERT INTO "Endpoint" (id, "workspaceId", url, types)
       SELECT $1, $2, $3, $4
        WHERE $5 > (SELECT count(*) FROM "Endpoint" WHERE "workspaceId" = $2) RETURNING id`,
      [id, workspaceId, url, types, limits.endpoints],
    );
    if (made.length === 0) {
      const detail = `The workspace has ${limits.endpoints} endpoints, which is the limit. Delete one first.`;
      throw new AppError('endpoints_full', detail);
    }
    await storeSecret(ask, deps.config, { id, workspaceId }, secret);
    const resource = resourceOf({ id, url });
    await audit(ask, access, { action: 'endpoint.create', resource, changes: { types } });
    return { ...(await readEndpoint(ask, workspaceId, id)), secret };
  });
}

/** What was changed, for the audit log; of an address only where it leads. */
function changesOf(before: Endpoint, { url, types, enabled }: UpdateEndpoint) {
  const host = (text: string) => new URL(text).host;
  return {
    ...(url !== undefined && { url: { from: host(before.url), to: host(url) } }),
    ...(types && { types: { from: before.types, to: types } }),
    ...(enabled !== undefined && { enabled: { from: before.enabled, to: enabled } }),
  };
}

/**
 * Changes an endpoint. One that is enabled again, or gets another address, is tried at once.
 * @throws AppError `not_found`, `invalid`, `egress_refused`
 */
export async function updateEndpoint(
  deps: EndpointDeps,
  access: Access,
  id: string,
  { url: text, ...change }: UpdateEndpoint,
): Promise<Endpoint> {
  const { workspaceId } = access;
  const before = await readEndpoint(askOfClient(deps.pool), workspaceId, id);
  const url = text === undefined ? undefined : requireUrl(deps.config, text);
  const { types = null, enabled = null } = change;
  return transaction(deps.pool, async (client) => {
    const ask = askOfClient(client);
    await ask(
      `UPDATE "Endpoint" SET
         url = coalesce($3, url), types = coalesce($4, types), enabled = coalesce($5, enabled),
         "disabledBecause" = CASE WHEN $5 IS NULL THEN "disabledBecause" END,
         "failingSince" = CASE WHEN $5 OR $3 IS NOT NULL THEN NULL ELSE "failingSince" END,
         "restsUntil" = CASE WHEN $5 OR $3 IS NOT NULL THEN NULL ELSE "restsUntil" END,
         "updatedAt" = now()
        WHERE "workspaceId" = $1 AND id = $2`,
      [workspaceId, id, url ?? null, types, enabled],
    );
    const changes = changesOf(before, { ...change, ...(url !== undefined && { url }) });
    await audit(ask, access, { action: 'endpoint.change', resource: resourceOf(before), changes });
    return readEndpoint(ask, workspaceId, id);
  });
}

/** Removes an endpoint with its deliveries. @throws AppError `not_found` */
export async function deleteEndpoint(pool: Pool, access: Access, id: string): Promise<void> {
  await transaction(pool, async (client) => {
    const ask = askOfClient(client);
    const [gone] = await ask<{ url: string }>(
      'DELETE FROM "Endpoint" WHERE "workspaceId" = $1 AND id = $2 RETURNING url',
      [access.workspaceId, id],
    );
    if (!gone) throw new AppError('not_found', 'Endpoint not found.');
    const resource = resourceOf({ id, url: gone.url });
    await audit(ask, access, { action: 'endpoint.delete', resource });
  });
}

/**
 * Gives an endpoint a new secret. The one before signs too, for a day; an older one no longer does.
 * @throws AppError `not_found`
 */
export function rotateSecret(deps: EndpointDeps, access: Access, id: string): Promise<NewEndpoint> {
  const { workspaceId } = access;
  const secret = newSecret();
  return transaction(deps.pool, async (client) => {
    const ask = askOfClient(client);
    await ask('SELECT id FROM "Endpoint" WHERE id = $1 FOR NO KEY UPDATE', [id]);
    const endpoint = await readEndpoint(ask, workspaceId, id);
    await ask(`DELETE FROM "EndpointSecret" WHERE "endpointId" = $1 AND "expiresAt" IS NOT NULL`, [
      id,
    ]);
    await ask(
      `UPDATE "EndpointSecret" SET "expiresAt" = now() + interval '1 day' WHERE "endpointId" = $1`,
      [id],
    );
    await storeSecret(ask, deps.config, { id, workspaceId }, secret);
    await audit(ask, access, { action: 'endpoint.rotate', resource: resourceOf(endpoint) });
    return { ...(await readEndpoint(ask, workspaceId, id)), secret };
  });
}
