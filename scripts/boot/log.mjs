/** An error that the user can fix: printed in one line, without a stack. */
export class BootError extends Error {
  /** @override */
  name = 'BootError';
}

// The reader of our output may exit before we do.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

/** Prints a progress line. */
export function log(/** @type {string} */ line) {
  process.stdout.write(`${line}\n`);
}

/** Prints a line about an error, to stderr. */
export function warn(/** @type {string} */ line) {
  process.stderr.write(`${line}\n`);
}

/**
 * Runs a slow step between two progress lines, and prints a line every ten seconds meanwhile.
 * @template T
 * @param {string} what
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(what, work) {
  const from = Date.now();
  const seconds = () => `${((Date.now() - from) / 1000).toFixed(1)} s`;
  log(`… ${what}`);
  const alive = setInterval(() => log(`… ${what} (${seconds()}, still running)`), 10_000);
  try {
    const result = await work();
    log(`✓ ${what} (${seconds()})`);
    return result;
  } finally {
    clearInterval(alive);
  }
}

/**
 * Runs a script's main function. Errors exit with 1; a BootError is printed without its stack.
 * @param {() => Promise<void>} main
 */
export async function run(main) {
  try {
    await main();
  } catch (error) {
    const isFull = error.code === 'ENOSPC' || error.code === 'EDQUOT';
    if (isFull)
      warn(`The disk is full (${error.path ?? error.message}). Free some space and try again.`);
    else warn(error instanceof BootError ? error.message : error.stack);
    process.exit(1);
  }
}
