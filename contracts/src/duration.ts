import { limits } from './limits.js';

const pattern =
  /^P(?=.)(?:(\d+(?:\.\d+)?)W)?(?:(\d+(?:\.\d+)?)D)?(?:T(?=.)(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;
const unitMs = [7 * 86_400_000, 86_400_000, 3_600_000, 60_000, 1_000];

/**
 * Milliseconds of an ISO 8601 duration in weeks, days, hours, minutes and seconds (`P2W`,
 * `P1DT12H`, `PT0.5S`). Months and years have no fixed length and are not taken.
 * @returns null where the text is no such duration, or longer than ten years.
 */
export function parseDuration(text: string): number | null {
  const parts = pattern.exec(text);
  if (!parts) return null;
  const ms = unitMs.reduce((sum, unit, i) => sum + Number(parts[i + 1] ?? 0) * unit, 0);
  return ms <= limits.durationMs ? Math.round(ms) : null;
}
