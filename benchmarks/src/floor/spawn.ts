import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { root } from '../../../scripts/boot/paths.mjs';
import type { FloorWorker } from './worker.js';

/** Starts the floor's worker in a process of its own, and waits until it polls. */
export async function spawnFloorWorker(place: {
  address: string;
  taskQueue: string;
}): Promise<FloorWorker> {
  const script = join(root, 'benchmarks/src/floor/child.mjs');
  const child = fork(script, [place.address, place.taskQueue], { cwd: root });
  const [word] = (await Promise.race([once(child, 'message'), once(child, 'exit')])) as unknown[];
  if (word !== 'up') throw new Error("the floor's worker ended before it was up; see above");
  return {
    async stop() {
      child.disconnect();
      await once(child, 'exit');
    },
  };
}
