import { randomUUID } from 'node:crypto';
import type { SetSecret } from '@crmflow/contracts';
import { bindingOfDeployment, createSecretCipher } from '@crmflow/db';
import type { Ask } from '../ask.js';
import type { Deps } from '../deps.js';
import { invalidFields } from '../errors/app-error.js';
import { last4 } from '../keys/last4.js';

type Config = Deps['config'];

const cipherOf = ({ encryptionKey, previousEncryptionKeys }: Config) =>
  createSecretCipher({ current: encryptionKey, previous: previousEncryptionKeys });

type Sealed = { ciphertext: Buffer<ArrayBuffer>; keyVersion: number; last4: string };

/** @throws AppError `invalid` where no secret ends so */
function takeKept(kept: Sealed[], ending: string, path: string): Sealed {
  const at = kept.findIndex((one) => one.last4 === ending);
  const [found] = at < 0 ? [] : kept.splice(at, 1);
  if (found) return found;
  const message = 'does not match a stored secret';
  throw invalidFields([{ path: `${path}.last4`, message }]);
}

/**
 * Stores these secrets, newest first, in place of those that the deployment has. Those that stay are
 * named by their ends: nobody but the site knows the whole of them.
 * @param sent.at where they were sent: a JSON path
 * @throws AppError `invalid`
 */
export async function storeSecrets(
  tx: Ask,
  config: Config,
  deployment: { id: string; workspaceId: string },
  { secrets, at }: { secrets: readonly SetSecret[]; at: string },
): Promise<void> {
  const cipher = cipherOf(config);
  const binding = bindingOfDeployment(deployment.workspaceId, deployment.id);
  const kept = await tx<Sealed & { position: number }>(
    `DELETE FROM "DeploymentSecret" WHERE "deploymentId" = $1
     RETURNING position, ciphertext, "keyVersion", last4`,
    [deployment.id],
  );
  kept.sort((one, other) => one.position - other.position);
  for (const [position, secret] of secrets.entries()) {
    const { ciphertext, keyVersion, ...sealed } =
      typeof secret === 'string'
        ? { ...cipher.seal(secret, binding), last4: last4(secret) }
        : takeKept(kept, secret.last4, `${at}[${position}]`);
    await tx(
      `INSERT INTO "DeploymentSecret"
         (id, "deploymentId", position, ciphertext, "keyVersion", last4)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [randomUUID(), deployment.id, position, ciphertext, keyVersion, sealed.last4],
    );
  }
}

/**
 * The secrets by which a site signs who its visitors are, or a service what it sends, newest first. What no
 * encryption key opens is left out: it vouches for nobody. They are for checking signatures only.
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
