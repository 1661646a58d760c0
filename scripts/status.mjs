// npm run status: prints the status of each part; exit code 0 if all are running.
import { statSync } from 'node:fs';
import { dataDirOf } from './boot/paths.mjs';
import { loadEnvFile } from './boot/environment.mjs';
import { pidFileOf, runningPart } from './boot/pid-file.mjs';
import { readEndpoints } from './boot/endpoints.mjs';
import { run, log } from './boot/log.mjs';

const parts = ['supervisor', 'postgres', 'temporal', 'worker', 'api'];

/** @param {string} dataDir @param {string} part */
function upFor(dataDir, part) {
  const from = statSync(pidFileOf(dataDir, part)).mtimeMs;
  const seconds = Math.round((Date.now() - from) / 1000);
  return seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}

const line = (/** @type {string[]} */ ...cells) =>
  log(
    cells
      .map((cell, i) => cell.padEnd([12, 10, 9, 9, 0][i] ?? 0))
      .join('')
      .trimEnd(),
  );

await run(async () => {
  loadEnvFile();
  const dataDir = dataDirOf();
  const endpoints = readEndpoints(dataDir);
  let isComplete = true;
  log(`Data: ${dataDir}`);
  line('PART', 'STATE', 'PID', 'UP FOR', 'ADDRESS');
  for (const part of parts) {
    const identity = runningPart(dataDir, part);
    const endpoint = endpoints[part] ?? '';
    if (identity) line(part, 'running', String(identity.pid), upFor(dataDir, part), endpoint);
    else if (endpoint.endsWith('(external)')) line(part, 'external', '', '', endpoint);
    else {
      isComplete = false;
      line(part, 'down');
    }
  }
  if (endpoints.temporalUi) log(`Temporal UI: ${endpoints.temporalUi}`);
  process.exitCode = isComplete ? 0 : 1;
});
