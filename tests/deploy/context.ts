import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A pattern of a .dockerignore: it matches a path, and with a folder all that is in it. */
const expressionOf = (pattern: string) =>
  new RegExp(
    `^${pattern
      .split('**/')
      .map((part) => part.replaceAll(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '[^/]*'))
      .join('(?:.*/)?')}(?:/.*)?$`,
  );

/** Whether a .dockerignore keeps a path: the last pattern that matches it decides. */
export function keeper(dockerignore: string): (path: string) => boolean {
  const rules = dockerignore
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => ({
      keeps: line.startsWith('!'),
      expression: expressionOf(line.replace(/^!/, '')),
    }));
  return (path) => rules.findLast(({ expression }) => expression.test(path))?.keeps ?? true;
}

/** Copies what an image is made from out of a checkout, changes and new files included. */
export function contextOf(root: string, into: string): string {
  const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], {
    cwd: root,
    encoding: 'utf8',
  });
  const keeps = keeper(readFileSync(join(root, '.dockerignore'), 'utf8'));
  for (const path of listed.split('\0').filter((one) => one !== '' && keeps(one))) {
    // Deleted, but not yet committed.
    if (!existsSync(join(root, path))) continue;
    mkdirSync(dirname(join(into, path)), { recursive: true });
    cpSync(join(root, path), join(into, path));
  }
  return into;
}
