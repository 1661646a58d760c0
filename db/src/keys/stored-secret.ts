import type pg from 'pg';
import type { SecretBinding, SecretCipher } from './secret-cipher.js';

/** A row of stored keys, as far as opening it needs. */
export type StoredSecret = {
  id: string;
  workspaceId: string;
  service: string;
  hosts: string[];
  ciphertext: Buffer<ArrayBuffer>;
  keyVersion: number;
};

/** The columns of `StoredSecret`, of the table named `k`. */
export const secretColumns =
  'k.id, k."workspaceId", k.service, k.hosts, k.ciphertext, k."keyVersion"';

/** What the secrets of a deployment are bound to: they are sent nowhere. */
export const bindingOfDeployment = (workspaceId: string, deploymentId: string): SecretBinding => ({
  workspaceId,
  service: `deployment:${deploymentId}`,
  hosts: [],
});

/** What the secrets of an endpoint are bound to: they sign, and are sent nowhere. */
export const bindingOfEndpoint = (workspaceId: string, endpointId: string): SecretBinding => ({
  workspaceId,
  service: `endpoint:${endpointId}`,
  hosts: [],
});

/** Where secrets are stored, each as a table named `k` with the columns of `StoredSecret`. */
export const secretStores = {
  ApiKey: '"ApiKey" k',
  // As `bindingOfDeployment` says it.
  DeploymentSecret: `(
    SELECT s.*, d."workspaceId", 'deployment:' || d.id AS service, '{}'::text[] AS hosts
      FROM "DeploymentSecret" s JOIN "Deployment" d ON d.id = s."deploymentId") k`,
  // As `bindingOfEndpoint` says it.
  EndpointSecret: `(
    SELECT s.*, e."workspaceId", 'endpoint:' || e.id AS service, '{}'::text[] AS hosts
      FROM "EndpointSecret" s JOIN "Endpoint" e ON e.id = s."endpointId") k`,
} as const;

/** The name of a table of secrets. */
export type SecretStore = keyof typeof secretStores;

/**
 * Seals a secret by the current key where another one sealed it. Of several processes that do so
 * at once, and of a user who replaces the key meanwhile, the first wins: what is there still opens.
 * @returns whether it was written
 */
export async function resealSecret(
  pool: pg.Pool,
  cipher: SecretCipher,
  { row, secret, store = 'ApiKey' }: { row: StoredSecret; secret: string; store?: SecretStore },
): Promise<boolean> {
  const { ciphertext, keyVersion } = cipher.seal(secret, row);
  const { rowCount } = await pool.query(
    `UPDATE "${store}" SET ciphertext = $1, "keyVersion" = $2 WHERE id = $3 AND ciphertext = $4`,
    [ciphertext, keyVersion, row.id, row.ciphertext],
  );
  return rowCount === 1;
}
