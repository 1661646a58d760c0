import type pg from 'pg';
import type { SecretCipher } from './secret-cipher.js';
import { resealSecret, secretColumns, type StoredSecret } from './stored-secret.js';

const pageSize = 200;

/** What a rotation did: how many were encrypted again, and which can no longer be decrypted. */
export type Rotation = { resealed: number; lost: { workspaceId: string; service: string }[] };

async function page(pool: pg.Pool, cipher: SecretCipher, after: string): Promise<StoredSecret[]> {
  const { rows } = await pool.query<StoredSecret>(
    `SELECT ${secretColumns} FROM "ApiKey" k
      WHERE k."keyVersion" <> $1 AND k.id > $2 ORDER BY k.id LIMIT ${pageSize}`,
    [cipher.keyVersion, after],
  );
  return rows;
}

/**
 * Seals by the current key all that previous ones sealed. Several processes may do so at once.
 * What no key opens stays as it is: the right key may come back.
 */
export async function rotateSecrets(pool: pg.Pool, cipher: SecretCipher): Promise<Rotation> {
  const rotation: Rotation = { resealed: 0, lost: [] };
  let after = '';
  for (;;) {
    const rows = await page(pool, cipher, after);
    for (const row of rows) {
      const secret = cipher.open(row, row);
      if (secret === null) {
        rotation.lost.push({ workspaceId: row.workspaceId, service: row.service });
      } else if (await resealSecret(pool, cipher, row, secret)) {
        rotation.resealed += 1;
      }
    }
    const last = rows.at(-1);
    if (!last || rows.length < pageSize) return rotation;
    after = last.id;
  }
}
