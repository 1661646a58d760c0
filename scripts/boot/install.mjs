import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { execute } from './command.mjs';
import { locked } from './lock.mjs';
import { root } from './paths.mjs';
import { BootError, step } from './say.mjs';
import { contentHash, isStamped, stamp } from './stamp.mjs';

const oldest = [20, 19];

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) return;
  throw new BootError(
    `Node ${process.versions.node} is too old. Install Node ${oldest.join('.')} or later.`,
  );
}

/** The npm that runs us, or the one on the PATH. */
function npm() {
  const script = process.env.npm_execpath;
  return script && existsSync(script) && /\.c?js$/.test(script)
    ? [process.execPath, [script]]
    : ['npm', []];
}

/**
 * Installs the packages where package-lock.json has changed since the last time. Their install
 * scripts are not run: they would download what is not needed, and take a minute to fail where
 * that is not to be had.
 */
export async function install() {
  checkNode();
  const stampFile = join(root, 'node_modules/.crmflow-installed');
  const isDone = () => isStamped(stampFile, contentHash(join(root, 'package-lock.json')));
  if (isDone()) return;
  await locked(join(root, '.cache/install.lock'), 'installing packages', async () => {
    if (isDone()) return;
    const [command, args] = npm();
    await step('Installing packages', () =>
      execute(command, [...args, 'ci', '--include=dev', '--ignore-scripts', '--no-progress'], {
        cwd: root,
      }),
    );
    stamp(stampFile, contentHash(join(root, 'package-lock.json')));
  });
}
