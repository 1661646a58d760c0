import { randomUUID } from 'node:crypto';
import { bindingOfDeployment, createSecretCipher } from '@crmflow/db';
import type { Ask } from '../ask.js';
import type { Deps } from '../deps.js';
import { last4 } from '../keys/last4.js';

type Config = Deps['config'];

const cipherOf = ({ encryptionKey, previousEncryptionKeys }: Config) =>
  createSecretCipher({ current: encryptionKey, previous: previousEncryptionKeys });

/** Stores these secrets, newest first, in place of those that the deployment has. */
export async function storeSecrets(
  tx: Ask,
  config: Config,
  deployment: { id: string; workspaceId: string },
  secrets: readonly string[],
): Promise<void> {
  const cipher = cipherOf(config);
  await tx('DELETE FROM "DeploymentSecret" WHERE "deploymentId" = $1', [deployment.id]);
  for (const [position, secret] of secrets.entries()) {
    const binding = bindingOfDeployment(deployment.workspaceId, deployment.id);
    const { ciphertext, keyVersion } = cipher.seal(secret, binding);
    await tx(
      `INSERT INTO "DeploymentSecret"
         (id, "deploymentId", position, ciphertext, "keyVersion", last4)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [randomUUID(), deployment.id, position, ciphertext, keyVersion, last4(secret)],
    );
  }
}

/**
 * The secrets by which a site signs who its visitors are, newest first. What no encryption key opens
 * is left out: it vouches for nobody. They are for checking signatures only.
 */
export async function openSecrets(
  { pool, config }: Pick<Deps, 'pool' | 'config'>,
  deploymentId: string,
  workspaceId: string,
): Promise<string[]> {
  const { rows } = await pool.query<{ ciphertext: Buffer<ArrayBuffer>; keyVersion: number }>({
    name: 'open-deployment-secrets',
    text: `SELECT ciphertext, "keyVersion" FROM "DeploymentSecret"
            WHERE "deploymentId" = $1 ORDER BY position`,
    values: [deploymentId],
  });
  const cipher = cipherOf(config);
  const binding = bindingOfDeployment(workspaceId, deploymentId);
  return rows.flatMap((row) => cipher.open(row, binding) ?? []);
}
