/** Weakens the first places against each other: a small one, so that they count (ADR 50). */
const k = 10;

/** Something that was found, by a key of its own; `score` is in the ranking's own measure. */
export type Ranked = { key: string; score: number };

/** A ranking with the best first, and how much it counts beside others. */
export type WeightedRanking = { ranking: readonly Ranked[]; weight: number };

/**
 * Joins rankings by reciprocal rank: what stands high in several comes before what stands high in
 * one; of two that stand alike, that of the first ranking. One ranking alone stays as it is.
 * @returns the best first; a score of 1 would be the first place in each ranking
 */
export function fuse(rankings: readonly WeightedRanking[]): Ranked[] {
  const some = rankings.filter(({ ranking, weight }) => ranking.length > 0 && weight > 0);
  const [only] = some;
  if (only && rankings.length === 1) return [...only.ranking];
  const all = some.reduce((sum, { weight }) => sum + weight, 0);
  const scores = new Map<string, number>();
  for (const { ranking, weight } of some) {
    const share = weight / all;
    for (const [rank, { key }] of ranking.entries()) {
      scores.set(key, (scores.get(key) ?? 0) + (share * (k + 1)) / (k + 1 + rank));
    }
  }
  return [...scores].map(([key, score]) => ({ key, score })).sort((a, b) => b.score - a.score);
}
