/** How much of something is covered, in percent as one reads it. All of nothing is covered. */
export function shareOf(covered: number, missing: number): string {
  const share = covered + missing === 0 ? 1 : covered / (covered + missing);
  // What is not all of it is not shown as such.
  return Math.min(share, missing > 0 ? 0.99 : 1).toLocaleString(undefined, {
    style: 'percent',
    maximumFractionDigits: 0,
  });
}
