import type pg from 'pg';

/** Whether the key of the table named `k` was not used in the last minute. */
export const isUseNew = `(k."lastUsedAt" IS NULL OR k."lastUsedAt" < now() - interval '1 minute')`;

/** Keeps when a key was used, at most once a minute, however many ask at once. */
export async function noteUse(pool: pg.Pool, id: string): Promise<void> {
  await pool.query({
    name: 'note-key-use',
    text: `UPDATE "ApiKey" AS k SET "lastUsedAt" = now() WHERE k.id = $1 AND ${isUseNew}`,
    values: [id],
  });
}
