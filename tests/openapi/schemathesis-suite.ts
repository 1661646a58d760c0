import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findSchemathesis } from '../../scripts/boot/schemathesis.mjs';
import { useInstallation } from '../support/installation.js';
import { runProgram } from '../support/run-program.js';

const config = fileURLToPath(new URL('schemathesis.toml', import.meta.url));

/** What ends the session that all other operations are asked with. */
const endsSession = ['/api/auth/logout', '/api/auth/sessions/{id}'];
const exclude = endsSession.flatMap((path) => ['--exclude-path', path]);
const include = endsSession.flatMap((path) => ['--include-path', path]);

/** How much is sent: the phases of Schemathesis, and how many examples of each operation fuzzing has. */
export type SchemathesisSize = { phases: string; examples: number };

/** Sends what the API's document allows and forbids, and compares the answers with the document. */
export function testDocument({ phases, examples }: SchemathesisSize): void {
  describe(`Schemathesis, ${phases}`, () => {
    const site = useInstallation();
    let program: string;
    let folder: string;
    beforeAll(async () => {
      program = await findSchemathesis();
      folder = mkdtempSync(join(tmpdir(), 'crmflow-schemathesis-'));
    });
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    async function run(token: string, args: string[]) {
      const { url } = site.system;
      const document = `${url}/api/openapi.json`;
      const shared = ['--config-file', config, '--no-color', 'run', document, '--url', url];
      const bounds = ['--checks', 'all', '--mode', 'all', '--seed', '1'];
      const quiet = ['--warnings', 'off', '--suppress-health-check', 'all', '--no-shrink'];
      const session = ['--header', `Authorization: Bearer ${token}`];
      const { code, stdout, stderr } = await runProgram(
        program,
        [...shared, ...bounds, '--max-examples', String(examples), ...quiet, ...session, ...args],
        { cwd: folder },
      );
      return { code, report: stdout + stderr };
    }

    it('finds nothing that the document does not say', async () => {
      const { code, report } = await run(site.client.token, ['--phases', phases, ...exclude]);
      expect(code, report).toBe(0);
    }, 1_200_000);

    it('finds nothing about the operations that end a session either', async () => {
      const { token } = await site.another();
      const { code, report } = await run(token, ['--phases', 'coverage', ...include]);
      expect(code, report).toBe(0);
    }, 600_000);
  });
}
