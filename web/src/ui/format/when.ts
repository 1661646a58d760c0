import { language, locale } from '../../texts/language.js';
import { texts } from '../../texts.js';

const units: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];
const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
const clock = new Intl.DateTimeFormat(locale, { timeStyle: 'medium' });
const minutes = new Intl.DateTimeFormat(locale, { timeStyle: 'short' });
const full = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });

/** A point in time in relation to now, such as "5 minutes ago"; the date from a week on. */
export function ago(at: string, now = Date.now()): string {
  const distance = Date.parse(at) - now;
  if (Math.abs(distance) > 7 * 86_400_000) return full.format(new Date(at));
  const unit = units.find(([, ms]) => Math.abs(distance) >= ms);
  return unit ? relative.format(Math.round(distance / unit[1]), unit[0]) : texts.justNow;
}

function orDate(at: string, today: Intl.DateTimeFormat): string {
  const date = new Date(at);
  const isToday = date.toDateString() === new Date().toDateString();
  return (isToday ? today : full).format(date);
}

/** The time of day to the second, with the date where it is not today. */
export const whenever = (at: string): string => orDate(at, clock);

/** The time of day to the minute, with the date where it is not today. */
export const aboutWhen = (at: string): string => orDate(at, minutes);
