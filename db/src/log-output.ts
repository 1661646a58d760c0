import { writeSync } from 'node:fs';

const attempts = 20;
const pauseMs = 5;

const isBusy = (error: unknown) =>
  error instanceof Error && 'code' in error && error.code === 'EAGAIN';

/**
 * Where API and worker write their logs: a destination for pino. When the disk is full, pino's own
 * destination throws and then retries forever, so that the process neither works nor ends. Here
 * lines that cannot be written are dropped, and counted in the next line that can.
 * @param name of the process, for that line
 * @param fd standard output unless said
 */
export function createLogOutput(
  name: string,
  fd = 1,
  write: (fd: number, bytes: Uint8Array) => number = writeSync,
): { write(line: string): void } {
  let dropped = 0;
  let isTorn = false;
  const pause = new Int32Array(new SharedArrayBuffer(4));

  function put(text: string): void {
    let rest: Uint8Array = Buffer.from(isTorn ? `\n${text}` : text);
    for (let attempt = 1; rest.length > 0;) {
      try {
        rest = rest.subarray(write(fd, rest));
        isTorn = rest.length > 0;
      } catch (error) {
        // A pipe whose reader is slow. Waited for once, not for each line.
        if (!isBusy(error) || dropped > 0 || attempt >= attempts) throw error;
        attempt += 1;
        Atomics.wait(pause, 0, 0, pauseMs);
      }
    }
  }

  return {
    write(line) {
      try {
        if (dropped > 0) {
          const time = new Date().toISOString();
          const msg = 'Log lines were dropped because they could not be written';
          put(`${JSON.stringify({ level: 40, time, name, dropped, msg })}\n`);
          dropped = 0;
        }
        put(line);
      } catch {
        dropped += 1;
      }
    },
  };
}
