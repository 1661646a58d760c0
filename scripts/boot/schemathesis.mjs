import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { execute } from './command.mjs';
import { canInstallOfDebian, installOfDebian } from './debian.mjs';
import { withLock } from './lock.mjs';
import { cacheFolder, root } from './paths.mjs';
import { findOnPath, isProgram } from './programs.mjs';
import { BootError, step } from './log.mjs';

const requirements = join(root, 'tests/openapi/requirements.txt');
const howTo =
  'The tests of the API need Python 3.10 or newer with its venv module. On Debian: apt-get install python3-venv. Or set CRMFLOW_SCHEMATHESIS to the path of a schemathesis program.';

/** A folder for exactly these versions, shared by clones. */
function folderOf(/** @type {string} */ versions) {
  const name = createHash('sha256').update(versions).digest('hex').slice(0, 16);
  return cacheFolder(`schemathesis-${name}`);
}

async function makeVenv(/** @type {string} */ folder) {
  const python = findOnPath('python3');
  if (!python) throw new BootError('python3 is not installed');
  await execute(python, ['-m', 'venv', folder], { what: 'python3 -m venv' });
}

async function make(/** @type {string} */ folder) {
  rmSync(folder, { recursive: true, force: true });
  try {
    await makeVenv(folder);
  } catch (error) {
    if (!(error instanceof BootError)) throw error;
    if (!canInstallOfDebian()) throw new BootError(howTo);
    await installOfDebian('python3-venv');
    rmSync(folder, { recursive: true, force: true });
    await makeVenv(folder);
  }
  const pip = ['-m', 'pip', 'install', '--quiet', '--no-input', '--disable-pip-version-check'];
  await execute(join(folder, 'bin/python'), [...pip, '--requirement', requirements], {
    what: 'pip install schemathesis',
  });
  writeFileSync(join(folder, 'complete'), '');
}

/**
 * Schemathesis for the tests: named, or of the pinned versions in a virtual environment in the
 * user's cache folder, made when it is first asked for.
 * @returns {Promise<string>} the program
 * @throws {BootError} that says how to get one
 */
export async function findSchemathesis() {
  const named = process.env.CRMFLOW_SCHEMATHESIS;
  if (named) {
    if (isProgram(named)) return named;
    throw new BootError(`CRMFLOW_SCHEMATHESIS is set to ${named}, which is not a program.`);
  }
  const folder = folderOf(readFileSync(requirements, 'utf8'));
  mkdirSync(join(folder, '..'), { recursive: true });
  await withLock(`${folder}.lock`, 'installing schemathesis', async () => {
    if (existsSync(join(folder, 'complete'))) return;
    await step('Installing schemathesis', () => make(folder));
  });
  return join(folder, 'bin/schemathesis');
}

/**
 * The checker of Kubernetes manifests that is installed with it.
 * @returns {Promise<string>} the program
 */
export const findKubernetesValidate = async () =>
  join(dirname(await findSchemathesis()), 'kubernetes-validate');
