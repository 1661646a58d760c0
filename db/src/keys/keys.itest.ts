import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { newRun } from '../testing/new-run.js';
import { useDatabase } from '../testing/scratch-database.js';
import { readSecretOfRun } from './read-secret.js';
import { rotateSecrets } from './rotate-secrets.js';
import { createSecretCipher, type SecretCipher } from './secret-cipher.js';
import { bindingOfDeployment } from './stored-secret.js';

const database = useDatabase();
let pool: pg.Pool;
const newKey = () => randomBytes(32).toString('base64');

beforeAll(() => {
  ({ pool } = database);
});

const hosts = ['api.example.com'];

/** Stores a key for the owner of a run; `newRun` gives both the same id. */
async function store(cipher: SecretCipher, workspaceId: string, service: string, secret: string) {
  const { ciphertext, keyVersion } = cipher.seal(secret, { workspaceId, service, hosts });
  await pool.query(
    `INSERT INTO "ApiKey" (id, "workspaceId", service, ciphertext, "keyVersion", last4, hosts, "updatedAt")
     VALUES ($1 || $2, $1, $2, $3, $4, '', $5, now())
     ON CONFLICT (id) DO UPDATE SET ciphertext = $3, "keyVersion" = $4`,
    [workspaceId, service, ciphertext, keyVersion, hosts],
  );
}

const versionsOf = async (workspaceId: string) => {
  const { rows } = await pool.query<{ keyVersion: number }>(
    'SELECT DISTINCT "keyVersion" FROM "ApiKey" WHERE "workspaceId" = $1',
    [workspaceId],
  );
  return rows.map((row) => row.keyVersion);
};

describe('the key of a run', () => {
  it("is its owner's, by service", async () => {
    const cipher = createSecretCipher({ current: newKey() });
    const [runId, other] = [await newRun(pool), await newRun(pool)];
    await store(cipher, runId, 'crm', 'mine');
    await store(cipher, other, 'crm', 'theirs');
    const read = (run: string, service: string) =>
      readSecretOfRun(pool, cipher, { runId: run, service });
    expect(await read(runId, 'crm')).toEqual({ secret: 'mine', hosts });
    expect(await read(other, 'crm')).toEqual({ secret: 'theirs', hosts });
    expect(await read(runId, 'CRM')).toBe('missing');
    expect(await read('no-such-run', 'crm')).toBe('missing');
  });

  it('does not open where its row was moved to someone or somewhere else', async () => {
    const cipher = createSecretCipher({ current: newKey() });
    const [runId, thief] = [await newRun(pool), await newRun(pool)];
    const read = (run: string) => readSecretOfRun(pool, cipher, { runId: run, service: 'crm' });
    await store(cipher, runId, 'crm', 'mine');
    await pool.query('UPDATE "ApiKey" SET "workspaceId" = $1 WHERE "workspaceId" = $2', [
      thief,
      runId,
    ]);
    expect(await read(thief)).toBe('sealed');
    await pool.query('UPDATE "ApiKey" SET "workspaceId" = $2 WHERE "workspaceId" = $1', [
      thief,
      runId,
    ]);
    expect(await read(runId)).toMatchObject({ secret: 'mine' });
    await pool.query(`UPDATE "ApiKey" SET hosts = '{evil.example}' WHERE "workspaceId" = $1`, [
      runId,
    ]);
    expect(await read(runId)).toBe('sealed');
  });

  it('is sealed anew when it is used after the key was changed', async () => {
    const old = newKey();
    const runId = await newRun(pool);
    await store(createSecretCipher({ current: old }), runId, 'crm', 'mine');
    const rotated = createSecretCipher({ current: newKey(), previous: [old] });
    const read = () => readSecretOfRun(pool, rotated, { runId, service: 'crm' });
    expect(await read()).toMatchObject({ secret: 'mine' });
    expect(await versionsOf(runId)).toEqual([rotated.keyVersion]);
    expect(await read()).toMatchObject({ secret: 'mine' });
  });
});

describe('when a key was used last', () => {
  const usedAt = async (workspaceId: string, service: string) => {
    const { rows } = await pool.query<{ lastUsedAt: Date | null }>(
      'SELECT "lastUsedAt" FROM "ApiKey" WHERE "workspaceId" = $1 AND service = $2',
      [workspaceId, service],
    );
    return rows[0]?.lastUsedAt ?? null;
  };
  const setBack = (workspaceId: string, age: string) =>
    pool.query(`UPDATE "ApiKey" SET "lastUsedAt" = now() - $2::interval WHERE "workspaceId" = $1`, [
      workspaceId,
      age,
    ]);

  it('is kept at most once a minute, of what was opened only', async () => {
    const cipher = createSecretCipher({ current: newKey() });
    const runId = await newRun(pool);
    await store(cipher, runId, 'crm', 'mine');
    await store(createSecretCipher({ current: newKey() }), runId, 'lost', 'gone');
    const use = (service: string) => readSecretOfRun(pool, cipher, { runId, service });
    await use('lost');
    await use('crm');
    expect(await usedAt(runId, 'lost')).toBeNull();
    expect(await usedAt(runId, 'crm')).not.toBeNull();

    await setBack(runId, '50 seconds');
    const fresh = await usedAt(runId, 'crm');
    await use('crm');
    expect(await usedAt(runId, 'crm')).toEqual(fresh);

    await setBack(runId, '70 seconds');
    const stale = await usedAt(runId, 'crm');
    await Promise.all([use('crm'), use('crm'), use('crm')]);
    expect(await usedAt(runId, 'crm')).not.toEqual(stale);
  });
});

describe('a rotation', () => {
  it('by several processes at once seals all anew, and leaves what nobody can open', async () => {
    await pool.query('DELETE FROM "ApiKey"');
    const [old, lost] = [newKey(), newKey()];
    const runId = await newRun(pool);
    const services = Array.from({ length: 450 }, (_, i) => `service-${i}`);
    const before = createSecretCipher({ current: old });
    for (const service of services) await store(before, runId, service, `secret of ${service}`);
    const unlucky = await newRun(pool);
    await store(createSecretCipher({ current: lost }), unlucky, 'crm', 'gone');

    const keys = { current: newKey(), previous: [old] };
    const processes = [1, 2, 3].map(() => createSecretCipher(keys));
    const rotations = await Promise.all(processes.map((cipher) => rotateSecrets(pool, cipher)));
    expect(rotations.reduce((sum, one) => sum + one.resealed, 0)).toBe(services.length);
    for (const { lost: left } of rotations) {
      expect(left).toEqual([{ workspaceId: unlucky, service: 'crm' }]);
    }
    const after = createSecretCipher({ current: keys.current });
    expect(await versionsOf(runId)).toEqual([after.keyVersion]);
    for (const service of services) {
      const found = await readSecretOfRun(pool, after, { runId, service });
      expect(found).toMatchObject({ secret: `secret of ${service}` });
    }
    expect(await rotateSecrets(pool, after)).toMatchObject({ resealed: 0 });
    expect(await readSecretOfRun(pool, after, { runId: unlucky, service: 'crm' })).toBe('sealed');
  });

  it('seals the secrets of deployments anew, too', async () => {
    const [old, lost] = [newKey(), newKey()];
    const id = await newRun(pool);
    // A run's id is its workspace's and its flow's too.
    await pool.query(
      `INSERT INTO "Deployment" (id, "workspaceId", "workflowId", kind, name, settings, slug)
       VALUES ($1, $1, $1, 'chat', 'Chat', '{}', $1)`,
      [id],
    );
    const binding = bindingOfDeployment(id, id);
    for (const [position, current] of [old, lost].entries()) {
      const { ciphertext, keyVersion } = createSecretCipher({ current }).seal(
        'of the site',
        binding,
      );
      await pool.query(
        `INSERT INTO "DeploymentSecret" (id, "deploymentId", position, ciphertext, "keyVersion", last4)
         VALUES (gen_random_uuid(), $1, $2, $3, $4, '')`,
        [id, position, ciphertext, keyVersion],
      );
    }
    const rotated = createSecretCipher({ current: newKey(), previous: [old] });
    const { resealed, lost: left } = await rotateSecrets(pool, rotated);
    expect(resealed).toBe(1);
    expect(left).toContainEqual({ workspaceId: id, service: `deployment:${id}` });
    const { rows } = await pool.query<{ ciphertext: Buffer<ArrayBuffer>; keyVersion: number }>(
      'SELECT ciphertext, "keyVersion" FROM "DeploymentSecret" ORDER BY position',
    );
    expect(rows[0]?.keyVersion).toBe(rotated.keyVersion);
    expect(rows.map((row) => rotated.open(row, binding))).toEqual(['of the site', null]);
  });
});
