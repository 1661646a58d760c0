// npm run status: prints the status of each part; exit code 0 if all are responding.
import { statSync } from 'node:fs';
import { dataDirOf } from './boot/paths.mjs';
import { loadEnvFile } from './boot/environment.mjs';
import { pidFileOf, runningPart } from './boot/pid-file.mjs';
import { readEndpoints } from './boot/endpoints.mjs';
import { isPartResponding } from './boot/responding.mjs';
import { run, log } from './boot/log.mjs';

const parts = ['supervisor', 'postgres', 'temporal', 'worker', 'api'];
/** How long a part may take to respond. */
const limitMs = 3_000;

/** @param {string} dataDir @param {string} part */
function upFor(dataDir, part) {
  const from = statSync(pidFileOf(dataDir, part)).mtimeMs;
  const seconds = Math.round((Date.now() - from) / 1000);
  return seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}

const line = (/** @type {string[]} */ ...cells) =>
  log(
    cells
      .map((cell, i) => cell.padEnd([12, 16, 9, 9, 0][i] ?? 0))
      .join('')
      .trimEnd(),
  );

await run(async () => {
  loadEnvFile();
  const dataDir = dataDirOf();
  const endpoints = readEndpoints(dataDir);
  const found = await Promise.all(
    parts.map(async (part) => ({
      part,
      identity: runningPart(dataDir, part),
      isResponding: await isPartResponding(part, endpoints, limitMs),
    })),
  );
  let isComplete = true;
  log(`Data: ${dataDir}`);
  line('PART', 'STATE', 'PID', 'UP FOR', 'ADDRESS');
  for (const { part, identity, isResponding } of found) {
    const endpoint = endpoints[part] ?? '';
    const isExternal = endpoint.endsWith('(external)');
    if (!identity && !isExternal) line(part, 'down');
    else if (!isResponding) line(part, 'not responding', `${identity?.pid ?? ''}`, '', endpoint);
    else if (isExternal) line(part, 'external', '', '', endpoint);
    else if (identity) line(part, 'running', `${identity.pid}`, upFor(dataDir, part), endpoint);
    if (!isResponding || (!identity && !isExternal)) isComplete = false;
  }
  if (endpoints.temporalUi) log(`Temporal UI: ${endpoints.temporalUi}`);
  process.exitCode = isComplete ? 0 : 1;
  // A connection that does not respond must not keep us.
  process.exit();
});
