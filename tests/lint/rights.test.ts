import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hasRight, type Right, rights, roles } from '@crmflow/contracts';
import { expect, it } from 'vitest';

const root = new URL('../../api/src', import.meta.url).pathname;

/** Where rights are decided, and where roles and memberships are kept. */
const keepers = ['access/', 'workspaces/', 'account/', 'testing/'];

/** What only they may look at: a role, a membership, or whether somebody is the one who made it. */
const decisions = [/"Member"/, /\bhasRight\(/, /\.role [!=]==/, /"(createdBy|startedBy)" (=|<>)/];

it('rights are decided in one place', () => {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
    (file) =>
      file.endsWith('.ts') &&
      !/\.i?test\.ts$/.test(file) &&
      !keepers.some((folder) => file.startsWith(folder)),
  );
  expect(files.length).toBeGreaterThan(100);
  const found = files.flatMap((file) => {
    const text = readFileSync(join(root, file), 'utf8');
    return decisions.filter((one) => one.test(text)).map((one) => `${file}: ${one.source}`);
  });
  // The sweep of sockets looks whether memberships are still there, and decides nothing.
  expect(found).toEqual(['realtime/socket-access.ts: "Member"']);
});

it('the guide says which role may do what', () => {
  const guide = readFileSync(new URL('../../docs/guides/teams.md', import.meta.url), 'utf8');
  for (const right of Object.keys(rights) as Right[]) {
    const row = guide.split('\n').find((line) => line.includes(`(\`${right}\`)`)) ?? '';
    const cells = row.split('|').slice(2, 6);
    const said = roles.map((role) => {
      if (hasRight(role, right)) return 'yes';
      return hasRight(role, right, { viewersReadTranscripts: true }) ? 'by setting' : '';
    });
    expect([right, ...cells.map((cell) => cell.trim())]).toEqual([right, ...said]);
  }
});
