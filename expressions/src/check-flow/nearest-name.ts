/**
 * How many typing errors lie between two words: characters too many, missing or wrong, and
 * neighbours that changed places, which libraries of edit distances count as two.
 */
function distance(a: string, b: string): number {
  let [older, last]: [number[], number[]] = [[], Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row[j] = Math.min(
        (last[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (last[j - 1] ?? 0) + cost,
        swapped ? (older[j - 2] ?? 0) + 1 : Infinity,
      );
    }
    [older, last] = [last, row];
  }
  return last[b.length] ?? 0;
}

/** The name that was probably meant: at most a third of it is mistyped. */
export function nearestName(typed: string, names: readonly string[]): string | undefined {
  let nearest: { name: string; far: number } | undefined;
  for (const name of names) {
    if (name === '') continue;
    const most = Math.max(1, Math.floor(Math.max(typed.length, name.length) / 3));
    if (Math.abs(typed.length - name.length) > most) continue;
    const far = distance(typed.toLowerCase(), name.toLowerCase());
    if (far <= Math.min(most, (nearest?.far ?? Infinity) - 1)) nearest = { name, far };
  }
  return nearest?.name;
}
