import type pg from 'pg';
import { isUseNew, noteUse } from './note-use.js';
import type { SecretCipher } from './secret-cipher.js';
import { resealSecret, secretColumns, type StoredSecret } from './stored-secret.js';

/** A stored key, opened; `sealed` where none of our encryption keys opens it. */
export type SecretFound = { secret: string; hosts: string[] } | 'missing' | 'sealed';

/** A key that somebody is about to use, and whether that is worth noting. */
type UsedSecret = StoredSecret & { isUseNew: boolean };

const columns = `${secretColumns}, ${isUseNew} AS "isUseNew"`;

async function opened(
  pool: pg.Pool,
  cipher: SecretCipher,
  row: UsedSecret | undefined,
): Promise<SecretFound> {
  if (!row) return 'missing';
  const secret = cipher.open(row, row);
  if (secret === null) return 'sealed';
  if (row.keyVersion !== cipher.keyVersion) await resealSecret(pool, cipher, { row, secret });
  if (row.isUseNew) await noteUse(pool, row.id);
  return { secret, hosts: row.hosts };
}

/** Reads the key that the workspace of a run stored for a service. It stays in the caller's hands. */
export async function readSecretOfRun(
  pool: pg.Pool,
  cipher: SecretCipher,
  { runId, service }: { runId: string; service: string },
): Promise<SecretFound> {
  const { rows } = await pool.query<UsedSecret>({
    name: 'read-secret-of-run',
    text: `
      SELECT ${columns} FROM "Run" r
        JOIN "ApiKey" k ON k."workspaceId" = r."workspaceId" AND k.service = $2
       WHERE r.id = $1`,
    values: [runId, service],
  });
  return opened(pool, cipher, rows[0]);
}

/** As `readSecretOfRun`, of a workspace that is known already. */
export async function readSecretOfWorkspace(
  pool: pg.Pool,
  cipher: SecretCipher,
  { workspaceId, service }: { workspaceId: string; service: string },
): Promise<SecretFound> {
  const { rows } = await pool.query<UsedSecret>({
    name: 'read-secret-of-workspace',
    text: `SELECT ${columns} FROM "ApiKey" k WHERE k."workspaceId" = $1 AND k.service = $2`,
    values: [workspaceId, service],
  });
  return opened(pool, cipher, rows[0]);
}
