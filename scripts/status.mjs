// npm run status: how each part of the installation is; exit code 0 where all of them run.
import { statSync } from 'node:fs';
import { dataDirOf } from './boot/paths.mjs';
import { loadEnvFile } from './boot/environment.mjs';
import { pidFileOf, runningPart } from './boot/pid-file.mjs';
import { readPlaces } from './boot/places.mjs';
import { run, say } from './boot/say.mjs';

const parts = ['supervisor', 'postgres', 'temporal', 'worker', 'api'];

/** @param {string} dataDir @param {string} part */
function upFor(dataDir, part) {
  const from = statSync(pidFileOf(dataDir, part)).mtimeMs;
  const seconds = Math.round((Date.now() - from) / 1000);
  return seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}

const line = (/** @type {string[]} */ ...cells) =>
  say(
    cells
      .map((cell, i) => cell.padEnd([12, 10, 9, 9, 0][i] ?? 0))
      .join('')
      .trimEnd(),
  );

await run(async () => {
  loadEnvFile();
  const dataDir = dataDirOf();
  const places = readPlaces(dataDir);
  let isWhole = true;
  say(`Data: ${dataDir}`);
  line('PART', 'STATE', 'PID', 'UP FOR', 'ADDRESS');
  for (const part of parts) {
    const identity = runningPart(dataDir, part);
    const place = places[part] ?? '';
    if (identity) line(part, 'running', String(identity.pid), upFor(dataDir, part), place);
    else if (place.endsWith('(external)')) line(part, 'external', '', '', place);
    else {
      isWhole = false;
      line(part, 'down');
    }
  }
  process.exitCode = isWhole ? 0 : 1;
});
