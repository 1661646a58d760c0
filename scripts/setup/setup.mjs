import { withLock } from '../system/lock.mjs';
import { Failure } from '../system/failure.mjs';
import { inRoot } from '../system/root.mjs';
import { build } from './build.mjs';
import { install } from './install.mjs';

const oldest = [20, 19];

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) return;
  throw new Failure(
    `CRMFlow needs Node ${oldest.join('.')} or later, this is ${process.versions.node}: install a newer one from https://nodejs.org`,
  );
}

/** Makes a checkout ready to run: packages, generated code, builds. Quick where nothing changed. */
export async function setUp() {
  checkNode();
  await withLock(inRoot('.cache', 'setup.lock'), 'installs and builds here', async () => {
    await install();
    await build();
  });
}
