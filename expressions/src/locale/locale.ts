/**
 * How a run reads and writes numbers and dates: what `Intl` says of its locale at its start. It is
 * recorded with the start, since another version of Node may know another `Intl`, and a run must
 * decide the same whenever it is replayed.
 */
export type RunLocale = {
  /** BCP 47, such as `de-AT`. */
  tag: string;
  /** IANA, such as `Europe/Vienna`. */
  timezone: string;
  /** Two letters, only where the tag names it or its language is spoken in one above all. */
  region?: string;
  number: {
    decimal: string;
    group: string;
    /** Digits of the last group and of those before it: 3 and 3, in India 3 and 2. */
    sizes: [number, number];
    /** Digits of whole numbers from which on they are grouped. */
    groupedFrom: number;
    /** The ten digits, where they are not those of ASCII. */
    digits?: string;
  };
  date: {
    order: 'dmy' | 'mdy' | 'ymd';
    calendar: string;
    /** Names of each month, from January on, as they stand in dates and alone. */
    months: string[][];
    /** Names of each day of the week, from Sunday on, long and short. */
    weekdays: string[][];
    /** Forms of a date, with `{d}`, `{dd}`, `{M}`, `{MM}`, `{MMMM}`, `{y}` and `{yy}` for its parts. */
    short: string;
    long: string;
    /** Form of a time of day: `{h}` counts to 12, with `{a}` beside it, `{H}` and `{HH}` to 24. */
    time: string;
    /** Words for before and after noon, where the form has `{a}`. */
    halves: [string, string];
  };
};
