import { language } from '../../texts/language.js';

const steps = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
] as const;

const write = (value: number, unit: string, digits = 0) =>
  new Intl.NumberFormat(language, {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    maximumFractionDigits: digits,
  }).format(value);

/** A length of time in its largest unit, from a minute on, such as "3 hr": for what goes on meanwhile. */
export function roughDuration(ms: number): string {
  const [unit, size] = steps.find(([, each]) => ms >= each && each >= 60_000) ?? steps[2];
  return write(Math.max(1, Math.floor(ms / size)), unit);
}

/**
 * A length of time in the two largest units that it has, such as "3 hr 5 min".
 * @param ms milliseconds, 0 or more
 */
export function durationWords(ms: number): string {
  if (ms < 1_000) return write(Math.round(ms), 'millisecond');
  if (ms < 10_000) return write(ms / 1_000, 'second', 1);
  const at = steps.findIndex(([, size]) => ms >= size);
  const [unit, size] = steps[at] ?? steps[3];
  const words = [write(Math.floor(ms / size), unit)];
  const next = steps[at + 1];
  const rest = next ? Math.floor((ms % size) / next[1]) : 0;
  if (next && rest > 0) words.push(write(rest, next[0]));
  return words.join(' ');
}
