/** A hot path and its floor, measured in turns so that the machine's moods hit both alike. */
export type Pair = { path: number[]; floor: number[] };

/** The middle of some samples. */
export function median(samples: readonly number[]): number {
  const sorted = [...samples].sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  const upper = sorted[half] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? upper) + upper) / 2;
}

/** How long something takes, in milliseconds. */
export async function took(work: () => unknown): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}

/**
 * Takes samples of both in turns: path, floor, floor, path, path, floor, …
 * The first `warmUps` rounds are not counted.
 */
export async function inTurns(
  rounds: number,
  sample: { path: () => Promise<number>; floor: () => Promise<number> },
  warmUps = 1,
): Promise<Pair> {
  const pair: Pair = { path: [], floor: [] };
  for (let round = 0; round < rounds + warmUps; round += 1) {
    const order = round % 2 === 0 ? (['path', 'floor'] as const) : (['floor', 'path'] as const);
    for (const one of order) {
      const value = await sample[one]();
      if (round >= warmUps) pair[one].push(value);
    }
  }
  return pair;
}
