/**
 * Remembers an answer for a while; a failure never.
 * @param now epoch milliseconds
 */
export function cached<T>(ms: number, ask: () => Promise<T>, now = Date.now): () => Promise<T> {
  let kept: { answer: Promise<T>; until: number } | undefined;
  return () => {
    if (kept && now() < kept.until) return kept.answer;
    const mine = { answer: ask(), until: now() + ms };
    kept = mine;
    mine.answer.catch(() => {
      if (kept === mine) kept = undefined;
    });
    return mine.answer;
  };
}
