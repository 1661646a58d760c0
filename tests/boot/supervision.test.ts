import { lstatSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { register } from '../support/client.js';
import { isAlive, type OwnSystem, startSystem } from '../support/system.js';
import { until } from '../support/until.js';
import { askAs, listeningPorts } from './ports.js';
import { everyPart, newFolder, pidsIn, runScript } from './processes.js';

const isReady = async (url: string) => {
  try {
    return (await fetch(`${url}/ready`)).status === 200;
  } catch {
    return false;
  }
};

const keys = { GEMINI_API_KEY: 'of-the-model', METRICS_TOKEN: 'of-the-metrics-000' };

describe('an installation that runs', () => {
  let system: OwnSystem;
  beforeAll(async () => {
    system = await startSystem({ env: keys });
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
      expect.stringMatching(/^ {2}Temporal UI: http:\/\/127\.0\.0\.1:\d+/),
    );
  });

  it('shows the Temporal UI to whoever has its link', async () => {
    const { stdout } = await runScript('status', { CRMFLOW_DATA_DIR: system.dataDir });
    const link = /^Temporal UI: (.*)$/m.exec(stdout)?.[1] ?? '';
    expect(system.output()).toContain(`  Temporal UI: ${link}\n`);
    const signedIn = await fetch(link, { redirect: 'manual' });
    const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? '';
    const namespaces = new URL('/api/v1/namespaces', link);
    expect((await fetch(namespaces)).status).toBe(401);
    const answer = await fetch(namespaces, { headers: { cookie } });
    expect(await answer.text()).toContain('"default"');
  });

  it('answers no web page whose own name leads to this machine', async () => {
    const ports = listeningPorts(system.pidOf('temporal') ?? 0, '127.0.0.1');
    expect(ports.length).toBeGreaterThan(1);
    const link = /Temporal UI: (\S+)/.exec(system.output())?.[1] ?? '';
    for (const port of [...ports, Number(new URL(link).port)]) {
      const answer = await askAs('evil.example', port, '/api/v1/namespaces');
      expect([port, answer.includes('namespaceInfo')]).toEqual([port, false]);
    }
  });

  it('notes the process of each part', () => {
    expect(pidsIn(system.dataDir).every(isAlive)).toBe(true);
  });

  it('has a database of Temporal that gives back what is deleted', () => {
    // Of SQLite's header, the field that is not 0 with auto_vacuum.
    const header = readFileSync(join(system.dataDir, 'temporal.db')).subarray(0, 100);
    expect(header.readUInt32BE(52)).toBeGreaterThan(0);
  });

  it('lets other users of the machine read nothing', () => {
    // As root, the account that PostgreSQL runs as must get through the folder itself.
    expect(statSync(system.dataDir).mode & 0o066).toBe(0);
    const names = readdirSync(system.dataDir, { recursive: true, encoding: 'utf8' });
    expect(names).toEqual(expect.arrayContaining(['temporal.db', join('logs', 'api.log')]));
    for (const name of names) {
      // PostgreSQL removes files while we look.
      const found = lstatSync(join(system.dataDir, name), { throwIfNoEntry: false });
      if (found && !found.isSymbolicLink()) expect([name, found.mode & 0o077]).toEqual([name, 0]);
    }
  });

  it.each(['postgres', 'temporal'] as const)('keeps its keys from %s', (part) => {
    const environment = readFileSync(`/proc/${system.pidOf(part)}/environ`, 'utf8');
    expect(environment).toContain('LC_ALL=C');
    for (const name of Object.keys(keys)) expect(environment).not.toContain(name);
  });

  it('shows the state of each part', async () => {
    const { code, stdout } = await runScript('status', { CRMFLOW_DATA_DIR: system.dataDir });
    expect(code).toBe(0);
    for (const part of everyPart) {
      expect(stdout).toMatch(new RegExp(`^${part} +running +${system.pidOf(part)} `, 'm'));
    }
  });

  it.each(['api', 'temporal', 'postgres'] as const)(
    'says of %s that it runs but does not respond',
    async (part) => {
      const pid = system.pidOf(part) ?? 0;
      process.kill(pid, 'SIGSTOP');
      try {
        const { code, stdout } = await runScript('status', { CRMFLOW_DATA_DIR: system.dataDir });
        expect(code).toBe(1);
        expect(stdout).toMatch(new RegExp(`^${part} +not responding +${pid} `, 'm'));
      } finally {
        process.kill(pid, 'SIGCONT');
      }
      await until('everything to answer', () => isReady(system.url));
    },
  );

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

  it('restarts after all parts are killed at once, repeatedly', async () => {
    for (let round = 0; round < 2; round += 1) {
      const parts = ['postgres', 'temporal', 'worker', 'api'] as const;
      const before = parts.map((part) => system.pidOf(part));
      await Promise.all(parts.map((part) => system.kill(part)));
      await Promise.all(parts.map((part, i) => runningAgain(part, before[i])));
      await until('everything to answer', () => isReady(system.url));
    }
  });

  it('runs next to another installation', async () => {
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
