/** Units of a duration, the longest first, with their seconds. */
export const units = [
  { unit: 'weeks', seconds: 604_800, mark: 'W' },
  { unit: 'days', seconds: 86_400, mark: 'D' },
  { unit: 'hours', seconds: 3_600, mark: 'H' },
  { unit: 'minutes', seconds: 60, mark: 'M' },
  { unit: 'seconds', seconds: 1, mark: 'S' },
] as const;

/** The name of a unit. */
export type Unit = (typeof units)[number]['unit'];

/** A duration as people choose it: 2 days. */
export type Amount = { count: number; unit: Unit };

/**
 * A duration that the format has, as one amount: `P1DT12H` is 36 hours.
 * @param ms milliseconds, as `parseDuration` gives them
 */
export function amountOf(ms: number): Amount {
  const seconds = ms / 1000;
  const found = units.find((one) => seconds >= one.seconds && seconds % one.seconds === 0);
  const { unit, seconds: length } = found ?? units[4];
  return { count: seconds / length, unit };
}

/** The ISO 8601 text of an amount. */
export function isoOf({ count, unit }: Amount): string {
  const { mark } = units.find((one) => one.unit === unit) ?? units[4];
  const isDate = mark === 'W' || mark === 'D';
  return isDate ? `P${count}${mark}` : `PT${count}${mark}`;
}
