import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findSchemathesis } from '../../scripts/boot/schemathesis.mjs';
import { useInstallation } from '../support/installation.js';

const site = useInstallation();
const config = fileURLToPath(new URL('../openapi/schemathesis.toml', import.meta.url));
let program: string;
let folder: string;
beforeAll(async () => {
  program = await findSchemathesis();
  folder = mkdtempSync(join(tmpdir(), 'crmflow-schemathesis-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What ends the session that all other operations are asked with. */
const endsSession = ['/api/auth/logout', '/api/auth/sessions/{id}'];

async function run(args: string[]): Promise<{ code: number | null; report: string }> {
  const { url } = site.system;
  const document = `${url}/api/openapi.json`;
  const shared = ['--config-file', config, '--no-color', 'run', document, '--url', url];
  const bounds = ['--checks', 'all', '--mode', 'all', '--seed', '1', '--max-examples', '10'];
  const quiet = ['--warnings', 'off', '--suppress-health-check', 'all', '--no-shrink'];
  const child = spawn(program, [...shared, ...bounds, ...quiet, ...args], { cwd: folder });
  let report = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => (report += chunk.toString()));
  }
  await once(child, 'close');
  return { code: child.exitCode, report };
}

const exclude = endsSession.flatMap((path) => ['--exclude-path', path]);
const include = endsSession.flatMap((path) => ['--include-path', path]);

it('finds nothing that the document does not say, whatever is sent', async () => {
  const session = ['--header', `Authorization: Bearer ${site.client.token}`];
  const phases = ['--phases', 'examples,coverage,fuzzing'];
  const { code, report } = await run([...phases, ...session, ...exclude]);
  expect(code, report).toBe(0);
}, 1_200_000);

it('nor of what ends a session', async () => {
  const { token } = await site.another();
  const session = ['--header', `Authorization: Bearer ${token}`];
  const { code, report } = await run([...session, ...include, '--phases', 'coverage']);
  expect(code, report).toBe(0);
}, 600_000);
