import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { System } from '../../../tests/support/system.js';

/** The parts that are measured. */
export const parts = ['postgres', 'temporal', 'api', 'worker'] as const;

/** In MB: the memory of each part with all that it has started, and what the data folder takes. */
export type Footprint = { memory: Record<(typeof parts)[number], number>; disk: number };

const kilobyte = 1024;
const megabyte = 1024 * kilobyte;

function childrenOf(pid: number): number[] {
  try {
    const tasks = readdirSync(`/proc/${pid}/task`);
    return tasks.flatMap((task) =>
      readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').map(Number),
    );
  } catch {
    return [];
  }
}

/** Its share of memory (PSS), so that what processes share counts once. */
function memoryOf(pid: number): number {
  if (!pid) return 0;
  let own = 0;
  try {
    const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
    own = Number(/^Pss:\s+(\d+)/m.exec(text)?.[1] ?? 0) * kilobyte;
  } catch {
    // It ended meanwhile.
  }
  return childrenOf(pid).reduce((sum, child) => sum + memoryOf(child), own);
}

function sizeOf(path: string): number {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) return 0;
  if (!found.isDirectory()) return found.size;
  return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0);
}

/** What an installation takes at this moment. */
export function footprintOf(system: System): Footprint {
  const memory = parts.map((part) => [part, memoryOf(system.pidOf(part) ?? 0) / megabyte]);
  return {
    memory: Object.fromEntries(memory) as Footprint['memory'],
    disk: sizeOf(system.dataDir) / megabyte,
  };
}
