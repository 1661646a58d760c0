import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ESLint, type Linter } from 'eslint';
import { beforeAll, describe, expect, it } from 'vitest';
import tseslint from 'typescript-eslint';
import { apiRooms } from '../../api/rooms.js';
import { contractsRooms } from '../../contracts/rooms.js';
import { webRooms } from '../../web/rooms.js';

const root = new URL('../..', import.meta.url).pathname;
let eslint: ESLint;

/** The rules that a file with this text would break, were it there. */
async function broken(filePath: string, text: string): Promise<string[]> {
  const [result] = await eslint.lintText(text, { filePath: `${root}${filePath}` });
  return (result?.messages ?? [])
    .map(({ ruleId, message }) => ruleId ?? message)
    .filter((rule) => !rule.includes('no-unused-vars'));
}

function importing(specifier: string): string {
  return `import * as it from '${specifier}';\nexport { it };\n`;
}

beforeAll(() => {
  // Type-aware rules want files that exist; the rules under test need no types.
  const overrideConfig = tseslint.configs.disableTypeChecked as Linter.Config;
  eslint = new ESLint({ cwd: root, overrideConfig });
}, 60_000);

describe('the import table', () => {
  it.each([
    ['contracts/src/x.ts', '@crmflow/expressions'],
    ['expressions/src/x.ts', '@crmflow/db'],
    ['workflows/src/x.ts', '@crmflow/db'],
    ['workflows/src/x.ts', '@crmflow/activities'],
    ['db/src/x.ts', '@crmflow/expressions'],
    ['temporal-config/src/x.ts', '@crmflow/db'],
    ['activities/src/x.ts', '@crmflow/workflows'],
    ['api/src/x.ts', '@crmflow/activities'],
    ['api/src/x.ts', '@crmflow/workflows/core'],
    ['api/src/x.ts', '../../workflows/src/core/advance.js'],
    ['worker/src/x.ts', '../../api/src/app.js'],
    ['web/src/x.ts', '@crmflow/db'],
    ['web/src/x.ts', '../../api/src/app.js'],
    ['contracts/src/flow/x.ts', '../../../db/src/index.js'],
    ['api/src/x.ts', '../../tests/support/until.js'],
    ['web/src/ui/x.ts', '../session/session.js'],
    ['web/src/api/x.ts', '../editor/model/record.js'],
    ['web/src/chat/x.ts', '../session/session.js'],
    ['contracts/src/nodes/x.ts', '../flow/flow.js'],
    ['contracts/src/knowledge/x.ts', '../run/parts.js'],
    ['api/src/http/x.ts', '../account/authenticate.js'],
    ['web/src/chat/x.ts', '../runs/run/run-page.js'],
    ['web/src/editor/studio/x.ts', '../../runs/run/run-page.js'],
    ['web/src/editor/check/x.ts', '../inspector/inspector.js'],
    ['web/src/editor/test-run/x.ts', '../inspector/inspector.js'],
    ['web/src/editor/notes/x.ts', '../rete/create-canvas.js'],
    ['web/src/editor/generate/x.ts', '../studio/studio.js'],
  ])('%s may not import %s', async (file, specifier) => {
    expect(await broken(file, importing(specifier))).toContain('import-x/no-restricted-paths');
    const typesOnly = `import type * as it from '${specifier}';\nexport type X = typeof it;\n`;
    expect(await broken(file, typesOnly)).toContain('import-x/no-restricted-paths');
  });

  it.each([
    ['expressions/src/x.ts', '@crmflow/contracts'],
    ['workflows/src/x.ts', '@crmflow/expressions'],
    ['activities/src/x.ts', '@crmflow/db'],
    ['api/src/x.ts', '@crmflow/workflows'],
    ['worker/src/x.ts', '@crmflow/workflows/run-flow'],
    ['web/src/x.ts', '@crmflow/contracts/limits'],
    ['web/src/editor/test-run/x.ts', '../../chat/watch-run.js'],
    ['web/src/runs/canvas/x.ts', '../../editor/rete/flow-view.js'],
    ['api/src/x.test.ts', '../../tests/support/until.js'],
    ['tests/crash/x.test.ts', '../../api/src/app.js'],
  ])('%s may import %s', async (file, specifier) => {
    expect(await broken(file, importing(specifier))).toEqual([]);
  });
});

it.each([
  ['contracts', contractsRooms, ['globals.d.ts']],
  ['api', apiRooms, ['deps.ts', 'testing']],
  ['web', webRooms, []],
])('every file of %s belongs to one room', (name, rooms, unlisted) => {
  const files = readdirSync(`${root}${name}/src`, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.i?test\./.test(entry.name))
    .map(({ parentPath, name: file }) => relative(`${root}${name}/src`, join(parentPath, file)));
  const isIn = (path: string) => (file: string) => file === path || file.startsWith(`${path}/`);
  const roomsOf = (file: string) =>
    [...rooms, unlisted].filter((room) => room.some((path) => isIn(path)(file)));
  expect(files.filter((file) => roomsOf(file).length !== 1)).toEqual([]);
});

it('pages take types of what has schemas, and no values', async () => {
  const rule = '@typescript-eslint/no-restricted-imports';
  for (const specifier of ['@crmflow/contracts', '@crmflow/expressions']) {
    expect(await broken('web/src/x.ts', importing(specifier))).toEqual([rule]);
    const typesOnly = `import type * as it from '${specifier}';\nexport type X = typeof it;\n`;
    expect(await broken('web/src/x.ts', typesOnly)).toEqual([]);
  }
});

describe('the workflow sandbox', () => {
  it.each([
    ['workflows/src/x.ts', 'node:fs'],
    ['workflows/src/core/x.ts', 'crypto'],
    ['workflows/src/x.ts', 'fs/promises'],
    ['workflows/src/x.ts', '@temporalio/client'],
    ['workflows/src/shell/x.ts', '@temporalio/activity'],
    ['workflows/src/core/x.ts', '@temporalio/workflow'],
    ['workflows/src/core/nodes/x.ts', '@temporalio/common'],
    ['expressions/src/cel/x.ts', 'node:util'],
    ['expressions/src/x.ts', '@temporalio/workflow'],
    ['contracts/src/x.ts', 'node:crypto'],
  ])('%s may not import %s', async (file, specifier) => {
    expect(await broken(file, importing(specifier))).toEqual(['no-restricted-imports']);
  });

  it.each([
    ['workflows/src/x.ts', '@temporalio/workflow'],
    ['workflows/src/core/x.test.ts', 'node:fs'],
    ['activities/src/x.ts', 'node:fs'],
  ])('%s may import %s', async (file, specifier) => {
    expect(await broken(file, importing(specifier))).toEqual([]);
  });

  it.each([
    ['Date.now()', 'no-restricted-properties'],
    ['Math.random()', 'no-restricted-properties'],
    ['new Date()', 'no-restricted-syntax'],
    ['Date()', 'no-restricted-syntax'],
    ['setTimeout(() => {}, 1)', 'no-restricted-globals'],
    ['crypto.randomUUID()', 'no-restricted-globals'],
  ])('%s is no part of what must be the same on replay', async (code, rule) => {
    for (const folder of ['workflows/src/core', 'expressions/src', 'contracts/src']) {
      expect(await broken(`${folder}/x.ts`, `export const x = ${code};\n`)).toEqual([rule]);
    }
    expect(await broken('activities/src/x.ts', `export const x = ${code};\n`)).toEqual([]);
  });

  it('takes dates that are made from inputs', async () => {
    const code =
      'export const at = (ms: number) => new Date(ms).toISOString() + Date.UTC(2026, 0);\n';
    expect(await broken('workflows/src/core/x.ts', code)).toEqual([]);
  });
});

describe('cycles', () => {
  it('are found', async () => {
    const text = "import { advance } from './advance.js';\nexport const turn = advance;\n";
    // advance.ts imports turn.ts already.
    expect(await broken('workflows/src/core/turn.ts', text)).toContain('import-x/no-cycle');
  });
});
