/** What can be mended by who started us: told in one line, without a stack. */
export class BootError extends Error {
  /** @override */
  name = 'BootError';
}

// Who reads may go away; what runs goes on.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

/** A progress line for people. */
export function say(/** @type {string} */ line) {
  process.stdout.write(`${line}\n`);
}

/** A line for people about something that went wrong and is being mended. */
export function warn(/** @type {string} */ line) {
  process.stderr.write(`${line}\n`);
}

/**
 * Runs a slow step between two progress lines, with a sign of life every ten seconds.
 * @template T
 * @param {string} what
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(what, work) {
  const from = Date.now();
  const seconds = () => `${((Date.now() - from) / 1000).toFixed(1)} s`;
  say(`… ${what}`);
  const alive = setInterval(() => say(`… ${what} (${seconds()}, still at it)`), 10_000);
  try {
    const result = await work();
    say(`✓ ${what} (${seconds()})`);
    return result;
  } finally {
    clearInterval(alive);
  }
}

/**
 * Runs a script's main function: a BootError is told without a stack; exit 1 either way.
 * @param {() => Promise<void>} main
 */
export async function run(main) {
  try {
    await main();
  } catch (error) {
    warn(error instanceof BootError ? error.message : error.stack);
    process.exit(1);
  }
}
