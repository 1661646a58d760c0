/** Weakens the first places against each other: the constant that the method was published with. */
const k = 60;

/** Something that was found, by a key of its own; `score` is in the ranking's own measure. */
export type Ranked = { key: string; score: number };

/**
 * Joins rankings by reciprocal rank: what stands high in several comes before what stands high in
 * one; of two that stand alike, that of the first ranking. One ranking alone stays as it is.
 * @param rankings each with the best first
 * @returns the best first; a score of 1 would be the first place in each ranking
 */
export function fuse(rankings: readonly (readonly Ranked[])[]): Ranked[] {
  const some = rankings.filter((ranking) => ranking.length > 0);
  const [only] = some;
  if (only && rankings.length === 1) return [...only];
  const scores = new Map<string, number>();
  for (const ranking of some) {
    for (const [rank, { key }] of ranking.entries()) {
      scores.set(key, (scores.get(key) ?? 0) + (k + 1) / (k + 1 + rank) / some.length);
    }
  }
  return [...scores].map(([key, score]) => ({ key, score })).sort((a, b) => b.score - a.score);
}
