import fc from 'fast-check';
import type { System } from '../support/system.js';
import { until } from '../support/until.js';

/** The parts of an installation that may be killed. */
export const killable = ['worker', 'api', 'temporal', 'postgres'] as const;

/** A part that may be killed. */
export type Killable = (typeof killable)[number];

/**
 * Which part is killed next, so that each is killed `times` times, in an order that depends on
 * nothing but the seed.
 */
export function killPlan(seed: number, times: number): Killable[] {
  const all = killable.flatMap((part) => Array.from({ length: times }, () => part));
  const shuffled = fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length });
  return fc.sample(shuffled, { seed, numRuns: 1 })[0] ?? [];
}

/** What goes on while parts are killed, and how many events it has in all. */
type Work = { going: Promise<unknown>; eventsSoFar: () => number; total: number };

/**
 * Kills by progress: the next part after so many events of all conversations together.
 * @returns the parts that were killed before the work was over
 */
export async function killMeanwhile(
  plan: readonly Killable[],
  system: System,
  { going, eventsSoFar, total }: Work,
): Promise<Killable[]> {
  let isOver = false;
  const ended = going.finally(() => (isOver = true));
  const every = Math.floor((total * 0.9) / plan.length);
  const kill = async () => {
    const killed: Killable[] = [];
    for (const [index, part] of plan.entries()) {
      const due = every * (index + 1);
      await until(`event ${due}`, () => isOver || eventsSoFar() >= due, { timeoutMs: 150_000 });
      if (isOver) break;
      await system.kill(part);
      killed.push(part);
    }
    return killed;
  };
  const [killed] = await Promise.all([kill(), ended]);
  return killed;
}
