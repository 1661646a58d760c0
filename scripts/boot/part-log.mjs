import {
  closeSync,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

const maxBytes = 10_000_000;
const tailBytes = 8_000;
const tailLines = 8;

/** Copies what a log file holds to a file of its own. */
function copy(/** @type {number} */ from, /** @type {string} */ to) {
  const target = openSync(`${to}.new`, 'w', 0o600);
  try {
    const buffer = Buffer.alloc(64 * 1024);
    for (let at = 0, read = -1; read !== 0; at += read) {
      read = readSync(from, buffer, 0, buffer.length, at);
      writeSync(target, buffer, 0, read);
    }
  } finally {
    closeSync(target);
  }
  renameSync(`${to}.new`, to);
}

/**
 * The log of a part: a file, so that the part can outlive us. Nothing here throws: a full disk or a
 * missing folder costs lines, never a part.
 * @param {string} file
 */
export function partLog(file) {
  /** The file as the part that runs writes it, also where somebody has removed it. @type {number | undefined} */
  let open;
  let startedAt = 0;

  const size = () => (open === undefined ? 0 : fstatSync(open).size);

  return {
    file,

    /**
     * Opens the file for the next process.
     * @returns {number | undefined} undefined if it cannot be opened
     */
    next() {
      if (open !== undefined) closeSync(open);
      open = undefined;
      try {
        mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
        open = openSync(file, 'a+', 0o600);
        startedAt = size();
      } catch {
        // The part runs without a log.
      }
      return open;
    },

    note(/** @type {string} */ line) {
      try {
        if (open !== undefined) {
          writeSync(open, `${new Date().toISOString()} supervisor: ${line}\n`);
        }
      } catch {
        // It is printed, too.
      }
    },

    /**
     * Moves the lines to `<file>.1` and goes on with an empty file where there are too many. The
     * part appends to the same file, so it does not notice.
     */
    keepBounded() {
      try {
        if (open === undefined || size() <= maxBytes) return;
        try {
          copy(open, `${file}.1`);
        } catch {
          // On a full disk, the lines are what makes room.
          rmSync(`${file}.1.new`, { force: true });
        }
        ftruncateSync(open, 0);
        startedAt = 0;
      } catch {
        // The next look tries again.
      }
    },

    /** The last lines of the process that was started last. */
    tail() {
      if (open === undefined) return '(there is no log)';
      const end = size();
      const from = Math.max(startedAt, end - tailBytes);
      const buffer = Buffer.alloc(Math.max(0, end - from));
      readSync(open, buffer, 0, buffer.length, from);
      return buffer.toString('utf8').trimEnd().split('\n').slice(-tailLines).join('\n');
    },

    close() {
      if (open !== undefined) closeSync(open);
      open = undefined;
    },
  };
}
