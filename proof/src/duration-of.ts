const units = [
  ['D', 86_400_000],
  ['H', 3_600_000],
  ['M', 60_000],
  ['S', 1_000],
] as const;

/** An ISO 8601 duration of so many milliseconds, such as `P1DT2H` or `PT0.5S`. */
export function durationOf(ms: number): string {
  let left = Math.max(ms, 1);
  let text = 'P';
  for (const [unit, size] of units) {
    const count = unit === 'S' ? left / size : Math.floor(left / size);
    if (count === 0) continue;
    if (unit !== 'D' && !text.includes('T')) text += 'T';
    text += `${count}${unit}`;
    left -= count * size;
  }
  return text;
}
