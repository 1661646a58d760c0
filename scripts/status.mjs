import { statSync } from 'node:fs';
import { join } from 'node:path';
import { dataDirOf } from './boot/paths.mjs';
import { runningPart } from './boot/process.mjs';
import { run, say } from './boot/say.mjs';

const parts = ['supervisor', 'postgres', 'temporal', 'worker', 'api'];

function upFor(dataDir, part) {
  const from = statSync(join(dataDir, 'run', `${part}.pid`)).mtimeMs;
  const seconds = Math.round((Date.now() - from) / 1000);
  return seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}

await run(async () => {
  const dataDir = dataDirOf();
  const external = { postgres: process.env.DATABASE_URL, temporal: process.env.TEMPORAL_ADDRESS };
  let isWhole = true;
  say(`Data: ${dataDir}`);
  for (const part of parts) {
    const identity = runningPart(dataDir, part);
    if (identity) {
      say(`${part.padEnd(11)} runs     pid ${String(identity.pid).padEnd(8)} up ${upFor(dataDir, part)}`);
    } else if (external[part]) {
      say(`${part.padEnd(11)} external`);
    } else {
      isWhole = false;
      say(`${part.padEnd(11)} is down`);
    }
  }
  process.exitCode = isWhole ? 0 : 1;
});
