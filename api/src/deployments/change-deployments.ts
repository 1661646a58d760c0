import { randomUUID } from 'node:crypto';
import {
  type CreateDeployment,
  type Deployment,
  type DeploymentKind,
  type Json,
  limits,
  type UpdateAnyDeployment,
} from '@crmflow/contracts';
import { transaction } from '@crmflow/db';
import { audit } from '../access/audit.js';
import type { Access } from '../access/authorize.js';
import { type Ask, askOfClient } from '../ask.js';
import type { Deps } from '../deps.js';
import { AppError } from '../errors/app-error.js';
import { isTaken } from '../errors/database.js';
import { noSuchFlow } from '../flows/flow-errors.js';
import { noSuchDeployment, readDeployment } from './read-deployments.js';
import { addSchedule, changeSchedule, endSchedule, requireScheduleRoom } from './schedule-rows.js';
import { changesTimes } from './schedule-settings.js';
import { storeSecrets } from './secrets.js';
import {
  secretsAt,
  settingsAfter,
  settingsForAudit,
  settingsOfNew,
  type StoredSettings,
} from './settings.js';
import { newSlug } from './slug.js';

type Needed = Pick<Deps, 'pool' | 'config'>;

const slugTaken = () => {
  const detail = 'Another deployment has this address. Choose another slug.';
  return new AppError('slug_taken', detail, { errors: [{ path: 'slug', message: 'is taken' }] });
};

/** A deployment as the audit log names it. */
const asResource = ({ id, name }: { id: string; name: string }) => ({
  kind: 'deployment',
  id,
  name,
});

/** What was set, for the audit log. */
const changesOf = ({ settings, ...changes }: UpdateAnyDeployment): Record<string, Json> => ({
  ...changes,
  ...(settings && { settings: settingsForAudit(settings) }),
});

/** The number of a version as it is stored: null for the newest. */
const numberOf = (version: Deployment['version']) => (version === 'latest' ? null : version);

/** @throws AppError `no_version` where the flow has none, or none with this number */
async function requireVersion(ask: Ask, workflowId: string, number: number | null): Promise<void> {
  const found = await ask(
    `SELECT FROM "WorkflowVersion"
      WHERE "workflowId" = $1 AND number IS NOT NULL AND number = coalesce($2, number) LIMIT 1`,
    [workflowId, number],
  );
  if (found.length > 0) return;
  throw new AppError(
    'no_version',
    number === null
      ? 'The flow has not been published. Publish it first.'
      : `The flow has no version ${number}. GET its versions for those that exist.`,
  );
}

/**
 * Keeps others from adding a deployment to a flow until the transaction ends.
 * @returns the name of the flow
 * @throws AppError `not_found`, `deployments_full`
 */
async function requireRoom(ask: Ask, workflowId: string, workspaceId: string): Promise<string> {
  const [flow] = await ask<{ name: string }>(
    'SELECT name FROM "Workflow" WHERE id = $1 AND "workspaceId" = $2 FOR NO KEY UPDATE',
    [workflowId, workspaceId],
  );
  if (!flow) throw noSuchFlow();
  const [row] = await ask<{ count: number }>(
    `SELECT count(*)::int AS count FROM "Deployment"
      WHERE "workflowId" = $1 AND "deletedAt" IS NULL`,
    [workflowId],
  );
  if ((row?.count ?? 0) < limits.deployments) return flow.name;
  const detail = `The flow has ${limits.deployments} deployments, which is the limit. Delete some first.`;
  throw new AppError('deployments_full', detail);
}

/**
 * Makes a deployment of a flow.
 * @throws AppError `invalid`, `not_found`, `no_version`, `slug_taken`, `deployments_full`
 */
export async function createDeployment(
  { pool, config }: Needed,
  access: Access,
  workflowId: string,
  sent: CreateDeployment,
): Promise<Deployment> {
  const { workspaceId } = access;
  const { settings, secrets = [] } = settingsOfNew(sent);
  return transaction(pool, async (client) => {
    const ask = askOfClient(client);
    const flowName = await requireRoom(ask, workflowId, workspaceId);
    const { kind, enabled, version, name = flowName.slice(0, 100).toWellFormed() } = sent;
    await requireVersion(ask, workflowId, numberOf(version));
    if (kind === 'schedule') await requireScheduleRoom(ask, workspaceId);
    const insert = (slug: string) =>
      ask<{ id: string; slug: string }>(
        `INSERT INTO "Deployment"
           (id, "workspaceId", "workflowId", kind, name, enabled, version, settings, slug)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         ON CONFLICT (slug) DO NOTHING RETURNING id, slug`,
        [
          ...[randomUUID(), workspaceId, workflowId, kind, name, enabled, numberOf(version)],
          ...[JSON.stringify(settings), slug],
        ],
      );
    let [made] = await insert(sent.slug ?? newSlug(name, kind));
    if (!made && sent.slug === undefined) [made] = await insert(newSlug(name, kind));
    if (!made) throw slugTaken();
    const { id, slug } = made;
    if (kind === 'schedule') await addSchedule(ask, id, access.principal.userId);
    await storeSecrets(ask, config, { id, workspaceId }, { secrets, at: secretsAt(kind) });
    const changes = changesOf({ enabled, version, slug, settings: sent.settings });
    const resource = asResource({ id, name });
    await audit(ask, access, { action: 'deployment.create', resource, changes });
    return readDeployment(ask, config, id);
  });
}

type Stored = {
  workflowId: string;
  kind: DeploymentKind;
  name: string;
  enabled: boolean;
  settings: StoredSettings;
  /** How many. */
  secrets: number;
};

/** @throws AppError `not_found` */
async function lockDeployment(ask: Ask, id: string): Promise<Stored> {
  const [row] = await ask<Stored>(
    `SELECT "workflowId", kind, name, enabled, settings,
            (SELECT count(*)::int FROM "DeploymentSecret" WHERE "deploymentId" = d.id) AS secrets
       FROM "Deployment" d
      WHERE id = $1 AND "deletedAt" IS NULL FOR NO KEY UPDATE`,
    [id],
  );
  if (!row) throw noSuchDeployment();
  return row;
}

/**
 * Changes a deployment; what is left out stays. Conversations stay on the version they began with.
 * @throws AppError `not_found`, `invalid`, `no_version`, `slug_taken`
 */
export async function updateDeployment(
  { pool, config }: Needed,
  access: Access,
  id: string,
  sent: UpdateAnyDeployment,
): Promise<Deployment> {
  const { name, enabled, version, slug } = sent;
  return transaction(pool, async (client) => {
    const ask = askOfClient(client);
    const stored = await lockDeployment(ask, id);
    if (version !== undefined) await requireVersion(ask, stored.workflowId, numberOf(version));
    const { settings, secrets } = settingsAfter(stored, sent.settings ?? {});
    await ask(
      `UPDATE "Deployment"
          SET name = coalesce($2, name), enabled = coalesce($3, enabled),
              version = CASE WHEN $4 THEN $5 ELSE version END, slug = coalesce($6, slug),
              settings = $7, "updatedAt" = now()
        WHERE id = $1`,
      [
        ...[id, name ?? null, enabled ?? null],
        ...[version !== undefined, numberOf(version ?? 'latest'), slug ?? null],
        JSON.stringify(settings),
      ],
    ).catch((error: unknown) => {
      throw isTaken(error) ? slugTaken() : error;
    });
    if (stored.kind === 'schedule') {
      const { userId } = access.principal;
      const isTimed = changesTimes(sent.settings);
      await changeSchedule(client, id, stored, { isTimed, enabled, userId });
    }
    if (secrets) {
      const of = { id, workspaceId: access.workspaceId };
      await storeSecrets(ask, config, of, { secrets, at: secretsAt(stored.kind) });
    }
    const resource = asResource({ id, name: name ?? stored.name });
    await audit(ask, access, { action: 'deployment.change', resource, changes: changesOf(sent) });
    return readDeployment(ask, config, id);
  });
}

/**
 * Deletes a deployment: nothing begins there from now on, what has begun continues. Its row and its slug
 * stay, so that links to it lead to no other. What services have sent goes with it, and what became of times.
 * @throws AppError `not_found`
 */
export async function deleteDeployment(
  { pool }: Pick<Deps, 'pool'>,
  access: Access,
  id: string,
): Promise<void> {
  await transaction(pool, async (client) => {
    const ask = askOfClient(client);
    const { name } = await lockDeployment(ask, id);
    await ask('UPDATE "Deployment" SET "deletedAt" = now(), "updatedAt" = now() WHERE id = $1', [
      id,
    ]);
    await ask('DELETE FROM "HookDelivery" WHERE "deploymentId" = $1', [id]);
    await endSchedule(ask, id);
    await audit(ask, access, { action: 'deployment.delete', resource: asResource({ id, name }) });
  });
}
