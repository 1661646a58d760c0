import type pg from 'pg';
import type { SecretCipher } from './secret-cipher.js';

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

/**
 * Seals a secret by the current key where another one sealed it. Of several processes that do so
 * at once, and of a user who replaces the key meanwhile, the first wins: what is there still opens.
 * @returns whether it was written
 */
export async function resealSecret(
  pool: pg.Pool,
  cipher: SecretCipher,
  row: StoredSecret,
  secret: string,
): Promise<boolean> {
  const { ciphertext, keyVersion } = cipher.seal(secret, row);
  const { rowCount } = await pool.query(
    'UPDATE "ApiKey" SET ciphertext = $1, "keyVersion" = $2 WHERE id = $3 AND ciphertext = $4',
    [ciphertext, keyVersion, row.id, row.ciphertext],
  );
  return rowCount === 1;
}
