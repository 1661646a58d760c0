import fc from 'fast-check';

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
