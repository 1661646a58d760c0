import { statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { register } from '../support/client.js';
import { isAlive, type OwnSystem, startSystem } from '../support/system.js';
import { until } from '../support/until.js';
import { everyPart, newFolder, pidsIn, runScript } from './processes.js';

const isReady = async (url: string) => {
  try {
    return (await fetch(`${url}/ready`)).status === 200;
  } catch {
    return false;
  }
};

describe('an installation that runs', () => {
  let system: OwnSystem;
  beforeAll(async () => {
    system = await startSystem();
  });
  afterAll(() => system?.stop());

  const runningAgain = (part: (typeof everyPart)[number], before: number | undefined) =>
    until(`another ${part}`, () => {
      const pid = system.pidOf(part);
      return pid !== undefined && pid !== before && isAlive(pid);
    });

  it('says where it is, on lines of their own', () => {
    const lines = system.output().split('\n');
    expect(lines).toContain(`CRMFlow is ready at ${system.url}`);
    expect(lines).toContainEqual(
      expect.stringMatching(/^ {2}Temporal UI: http:\/\/127\.0\.0\.1:\d+$/),
    );
  });

  it('notes the process of each part', () => {
    expect(pidsIn(system.dataDir).every(isAlive)).toBe(true);
  });

  it('keeps its secrets from others', () => {
    for (const name of ['encryption.key', 'postgres.password']) {
      expect(statSync(join(system.dataDir, name)).mode & 0o777).toBe(0o600);
    }
  });

  it('tells how each part is', async () => {
    const { code, stdout } = await runScript('status', { CRMFLOW_DATA_DIR: system.dataDir });
    expect(code).toBe(0);
    for (const part of everyPart) {
      expect(stdout).toMatch(new RegExp(`^${part} +running +${system.pidOf(part)} `, 'm'));
    }
  });

  it.each(['api', 'worker', 'temporal', 'postgres'] as const)(
    'starts %s again when it was killed, and answers as before',
    async (part) => {
      const client = await register(system.url);
      const before = system.pidOf(part);
      await system.kill(part);
      await runningAgain(part, before);
      await until('everything to answer', () => isReady(system.url));
      expect((await client.call('GET', '/api/auth/me')).status).toBe(200);
    },
  );

  it('comes back when all parts are killed at once, again and again', async () => {
    for (let round = 0; round < 2; round += 1) {
      const parts = ['postgres', 'temporal', 'worker', 'api'] as const;
      const before = parts.map((part) => system.pidOf(part));
      await Promise.all(parts.map((part) => system.kill(part)));
      await Promise.all(parts.map((part, i) => runningAgain(part, before[i])));
      await until('everything to answer', () => isReady(system.url));
    }
  });

  it('bears another installation beside it', async () => {
    const other = await startSystem();
    try {
      expect(await isReady(other.url)).toBe(true);
      expect(await isReady(system.url)).toBe(true);
      const mine = await register(system.url);
      const answer = await fetch(`${other.url}/api/auth/me`, {
        headers: { authorization: `Bearer ${mine.token}` },
      });
      expect(answer.status).toBe(401);
    } finally {
      await other.stop();
    }
  });

  it('refuses a second supervisor on the same data folder', async () => {
    const { code, stderr } = await runScript('start', { CRMFLOW_DATA_DIR: system.dataDir });
    expect(code).toBe(1);
    expect(stderr).toContain(`CRMFlow is already running on ${system.dataDir}`);
    expect(await isReady(system.url)).toBe(true);
  });

  it('refuses a port that is taken', async () => {
    const folder = newFolder();
    const { code, stderr } = await runScript('start', {
      CRMFLOW_DATA_DIR: folder.path,
      PORT: String(system.port),
    });
    expect(code).toBe(1);
    expect(stderr.trimEnd()).toBe(
      `Port ${system.port} on 127.0.0.1 is in use by another program. Stop that program, or set PORT to a free port.`,
    );
    folder.remove();
  });
});
