import type { WebhookSettings } from '@crmflow/contracts';
import type { Pool } from 'pg';
import { slugPattern } from '../deployments/slug.js';
import { webhookSettingsOf } from '../deployments/webhook-settings.js';
import { AppError } from '../errors/app-error.js';

/** A webhook that services reach by its slug. */
export type Hook = {
  id: string;
  workspaceId: string;
  workflowId: string;
  enabled: boolean;
  /** For new runs; null for the newest. */
  version: number | null;
  settings: WebhookSettings;
};

const noSuchHook = () => new AppError('not_found', 'This webhook does not exist.');

/**
 * The webhook at an address.
 * @param slug any text
 * @throws AppError `not_found`
 */
export async function readHook(pool: Pool, slug: string): Promise<Hook> {
  if (!slugPattern.test(slug)) throw noSuchHook();
  const { rows } = await pool.query<Omit<Hook, 'settings'> & { settings: unknown }>({
    name: 'find-hook',
    text: `SELECT d.id, d."workspaceId", d."workflowId", d.enabled, d.version, d.settings
             FROM "Deployment" d
             JOIN "Workspace" w ON w.id = d."workspaceId" AND w."deletingSince" IS NULL
            WHERE d.slug = $1 AND d.kind = 'webhook' AND d."deletedAt" IS NULL`,
    values: [slug],
  });
  const [row] = rows;
  if (!row) throw noSuchHook();
  return { ...row, settings: webhookSettingsOf(row.settings) };
}
