/** What a user can mend: its message is one clear line, and its stack is nobody's business. */
export class Failure extends Error {
  name = 'Failure';
}

/**
 * Runs a script's main function. A `Failure` is told in one line; either way the exit code is 1.
 * @param {() => Promise<void>} main
 */
export async function runMain(main) {
  try {
    await main();
  } catch (error) {
    const text = error instanceof Failure ? error.message : error.stack;
    process.stderr.write(`${text}\n`);
    process.exitCode = 1;
  }
}
