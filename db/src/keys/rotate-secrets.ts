import type pg from 'pg';
import type { SecretCipher } from './secret-cipher.js';
import {
  resealSecret,
  secretColumns,
  type SecretStore,
  secretStores,
  type StoredSecret,
} from './stored-secret.js';

const pageSize = 200;

/** What a rotation did: how many were encrypted again, and which can no longer be decrypted. */
export type Rotation = { resealed: number; lost: { workspaceId: string; service: string }[] };

async function page(
  pool: pg.Pool,
  cipher: SecretCipher,
  { store, after }: { store: SecretStore; after: string },
): Promise<StoredSecret[]> {
  const { rows } = await pool.query<StoredSecret>(
    `SELECT ${secretColumns} FROM ${secretStores[store]}
      WHERE k."keyVersion" <> $1 AND k.id > $2 ORDER BY k.id LIMIT ${pageSize}`,
    [cipher.keyVersion, after],
  );
  return rows;
}

async function rotateStore(
  pool: pg.Pool,
  cipher: SecretCipher,
  { store, rotation }: { store: SecretStore; rotation: Rotation },
): Promise<void> {
  let after = '';
  for (;;) {
    const rows = await page(pool, cipher, { store, after });
    for (const row of rows) {
      const secret = cipher.open(row, row);
      if (secret === null) {
        rotation.lost.push({ workspaceId: row.workspaceId, service: row.service });
      } else if (await resealSecret(pool, cipher, { row, secret, store })) {
        rotation.resealed += 1;
      }
    }
    const last = rows.at(-1);
    if (!last || rows.length < pageSize) return;
    after = last.id;
  }
}

/**
 * Seals by the current key all that previous ones sealed. Several processes may do so at once.
 * What no key opens stays as it is: the right key may come back.
 */
export async function rotateSecrets(pool: pg.Pool, cipher: SecretCipher): Promise<Rotation> {
  const rotation: Rotation = { resealed: 0, lost: [] };
  for (const store of Object.keys(secretStores) as SecretStore[]) {
    await rotateStore(pool, cipher, { store, rotation });
  }
  return rotation;
}
