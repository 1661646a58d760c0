const heartbeatMs = 10_000;

/** Tells the user one line. @param {string} line */
export const say = (line) => void process.stdout.write(`${line}\n`);

/**
 * Does slow work under one progress line; every ten seconds another line says that it lives.
 * @template T
 * @param {string} title what is done, as in "Installing packages"
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(title, work) {
  say(`${title} …`);
  const since = Date.now();
  const heartbeat = setInterval(
    () => say(`${title} … ${Math.round((Date.now() - since) / 1000)} s`),
    heartbeatMs,
  );
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
  }
}
