import type pg from 'pg';
import type { SecretCipher } from '../keys/secret-cipher.js';
import { bindingOfEndpoint } from '../keys/stored-secret.js';

/**
 * The secrets by which an endpoint checks what it gets, newest first: two while one is being replaced.
 * What no encryption key opens is left out.
 */
export async function openEndpointSecrets(
  pool: pg.Pool,
  cipher: SecretCipher,
  { id, workspaceId }: { id: string; workspaceId: string },
): Promise<string[]> {
  const { rows } = await pool.query<{ ciphertext: Buffer<ArrayBuffer>; keyVersion: number }>({
    name: 'open-endpoint-secrets',
    text: `SELECT ciphertext, "keyVersion" FROM "EndpointSecret"
            WHERE "endpointId" = $1 AND ("expiresAt" IS NULL OR "expiresAt" > now())
            ORDER BY "createdAt" DESC, id`,
    values: [id],
  });
  const binding = bindingOfEndpoint(workspaceId, id);
  return rows.flatMap((row) => cipher.open(row, binding) ?? []);
}
