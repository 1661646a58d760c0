import {
  type Deployment,
  limits,
  type ListQuery,
  type Page,
  type SchedulePause,
} from '@crmflow/contracts';
import type { Ask } from '../ask.js';
import type { Deps } from '../deps.js';
import { AppError } from '../errors/app-error.js';
import { cursorParams, toPage } from '../http/cursor.js';
import { installationUrl } from '../mail/installation-url.js';
import { chatSettingsOf } from './settings.js';
import { scheduleSettingsOf } from './schedule-settings.js';
import { webhookSettingsOf } from './webhook-settings.js';

/** The error for a deployment that does not exist or was deleted. */
export const noSuchDeployment = () => new AppError('not_found', 'Deployment not found.');

type Row = {
  id: string;
  workflowId: string;
  kind: Deployment['kind'];
  name: string;
  enabled: boolean;
  version: number | null;
  settings: unknown;
  slug: string;
  createdAt: Date;
  updatedAt: Date;
  secrets: string[];
  hasVersion: boolean;
  lastActivityAt: Date | null;
  modelTokensToday: number;
  pausedBecause: SchedulePause | null;
};

const columns = `
  d.id, d."workflowId", d.kind, d.name, d.enabled, d.version, d.settings, d.slug, d."createdAt",
  d."updatedAt",
  ARRAY(SELECT last4 FROM "DeploymentSecret" WHERE "deploymentId" = d.id ORDER BY position)
    AS secrets,
  EXISTS (SELECT FROM "WorkflowVersion" v
           WHERE v."workflowId" = d."workflowId" AND v.number IS NOT NULL
             AND v.number = coalesce(d.version, v.number)) AS "hasVersion",
  CASE d.kind
    WHEN 'chat'
    THEN (SELECT max("lastMessageAt") FROM "Conversation" WHERE "deploymentId" = d.id)
    WHEN 'webhook'
    THEN (SELECT max(at) FROM "HookDelivery" WHERE "deploymentId" = d.id AND "isVerified")
    ELSE (SELECT "actualAt" FROM "ScheduleFiring"
           WHERE "deploymentId" = d.id AND "actualAt" IS NOT NULL
           ORDER BY "scheduledAt" DESC LIMIT 1)
  END AS "lastActivityAt",
  (SELECT "pausedBecause" FROM "Schedule" WHERE "deploymentId" = d.id) AS "pausedBecause",
  coalesce((SELECT tokens FROM "TokenUse"
             WHERE day = (now() AT TIME ZONE 'UTC')::date AND scope = 'deployment' AND id = d.id),
           0)::float8 AS "modelTokensToday"`;

const withoutVersion = (version: number | null): string =>
  version === null
    ? 'The flow has no published version. Publish it.'
    : `The flow has no version ${version}. Choose another version for this deployment.`;

const pauses: Record<SchedulePause, string> = {
  owner_gone:
    'Paused automatically: the person who set up this schedule is no longer a member of the workspace. Resume it to take it over.',
  failing: `Paused automatically: ${limits.failuresInARow} runs in a row have failed. Fix the flow, then resume the schedule.`,
};

function healthOf({
  enabled,
  hasVersion,
  version,
  lastActivityAt,
  pausedBecause,
}: Row): Deployment['health'] {
  const state = !enabled ? 'paused' : hasVersion ? 'live' : 'error';
  return {
    state,
    ...(state === 'error' && { detail: withoutVersion(version) }),
    ...(state === 'paused' && pausedBecause && { detail: pauses[pausedBecause] }),
    ...(lastActivityAt && { lastActivityAt: lastActivityAt.toISOString() }),
  };
}

function toDeployment(config: Deps['config'], row: Row): Deployment {
  const { id, workflowId, kind, name, enabled, slug, secrets } = row;
  const common = {
    ...{ id, workflowId, name, enabled, slug },
    version: row.version ?? ('latest' as const),
    health: healthOf(row),
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
  const base = installationUrl(config);
  if (kind === 'chat') {
    const settings = { ...chatSettingsOf(row.settings), secrets };
    const { modelTokensToday } = row;
    return { ...common, kind, url: `${base}/c/${slug}`, settings, modelTokensToday };
  }
  if (kind === 'schedule') {
    const { pausedBecause } = row;
    const settings = scheduleSettingsOf(row.settings);
    return {
      ...common,
      kind,
      url: `${base}/flows/${workflowId}/share/${id}`,
      settings,
      pausedBecause,
    };
  }
  const { auth, ...settings } = webhookSettingsOf(row.settings);
  const withEnds = { ...settings, auth: { ...auth, secrets } };
  return { ...common, kind, url: `${base}/hooks/${slug}`, settings: withEnds };
}

/** The deployments of a flow, the newest first. */
export async function listDeployments(
  { pool, config }: Pick<Deps, 'pool' | 'config'>,
  workflowId: string,
  { cursor, limit }: ListQuery,
): Promise<Page<Deployment>> {
  const { at, id } = cursorParams(cursor);
  const { rows } = await pool.query<Row>(
    `SELECT ${columns} FROM "Deployment" d
      WHERE d."workflowId" = $1 AND d."deletedAt" IS NULL
        AND ($2::timestamptz IS NULL OR (d."createdAt", d.id) < ($2, $3))
      ORDER BY d."createdAt" DESC, d.id DESC LIMIT $4`,
    [workflowId, at, id, limit + 1],
  );
  const position = ({ createdAt, id: last }: Row) => ({ at: createdAt, id: last });
  return toPage(rows, limit, position, (row) => toDeployment(config, row));
}

/** @throws AppError `not_found` */
export async function readDeployment(
  ask: Ask,
  config: Deps['config'],
  id: string,
): Promise<Deployment> {
  const [row] = await ask<Row>(
    `SELECT ${columns} FROM "Deployment" d WHERE d.id = $1 AND d."deletedAt" IS NULL`,
    [id],
  );
  if (!row) throw noSuchDeployment();
  return toDeployment(config, row);
}
