import { type OfficeHours, weekdays } from '@crmflow/contracts';
import { instantAt, zoneOffset } from './zone.js';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** Who works on none of so many days in a row does not work any more. */
const daysAhead = 400;

/** Milliseconds since midnight, of `09:30`. */
function msOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * hourMs + minutes * 60_000;
}

/** When clocks show a time; where they skip it in spring, when they show it an hour later. */
const instant = (timezone: string, local: number): number =>
  instantAt(timezone, local) ?? instantAt(timezone, local + hourMs) ?? local;

/**
 * When a team is there next.
 * @param at epoch milliseconds
 * @returns `at` where it is there then; null where it never is, as far as its hours say
 */
export function nextOfficeTime({ timezone, week, closed }: OfficeHours, at: number): number | null {
  const today = Math.floor((at + (zoneOffset(timezone, at) ?? 0)) / dayMs) * dayMs;
  for (let midnight = today; midnight < today + daysAhead * dayMs; midnight += dayMs) {
    const day = new Date(midnight);
    if (closed.includes(day.toISOString().slice(0, 10))) continue;
    for (const { from, to } of week[weekdays[day.getUTCDay()] ?? 'sun']) {
      const ends = instant(timezone, midnight + msOf(to));
      if (at < ends) return Math.max(at, instant(timezone, midnight + msOf(from)));
    }
  }
  return null;
}
