/** When clocks have to show what, each as the ascending numbers that fit. Days of the week count from Sunday, 0. */
export type Calendar = {
  minute: number[];
  hour: number[];
  dayOfMonth: number[];
  month: number[];
  dayOfWeek: number[];
  /** Any year where it is left out. */
  year?: number[];
};

const monthNames = 'JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC'.split(' ');
const dayNames = 'SUN MON TUE WED THU FRI SAT'.split(' ');

type Field = {
  /** As people say it. */
  name: string;
  least: number;
  most: number;
  /** In order, from `least` on; the full names of Temporal begin with them. */
  names?: readonly string[];
};

/** The fields of a calendar, in the order of cron. */
export const calendarFields = {
  minute: { name: 'minute', least: 0, most: 59 },
  hour: { name: 'hour', least: 0, most: 23 },
  dayOfMonth: { name: 'day of the month', least: 1, most: 31 },
  month: { name: 'month', least: 1, most: 12, names: monthNames },
  dayOfWeek: { name: 'day of the week', least: 0, most: 6, names: dayNames },
} as const satisfies Record<string, Field>;

/** The name of a field of a calendar. */
export type CalendarField = keyof typeof calendarFields;

const fieldNames = Object.keys(calendarFields) as CalendarField[];

const rangeOf = (from: number, to: number, step = 1): number[] =>
  Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, index) => from + index * step);

/** Every number that a field can have. */
export const wholeField = (field: CalendarField): number[] =>
  rangeOf(calendarFields[field].least, calendarFields[field].most);

/** Whether a field leaves nothing out. */
export const isWhole = (calendar: Calendar, field: CalendarField): boolean =>
  calendar[field].length === wholeField(field).length;

/** Numbers in their order, each once. */
export const ascending = (numbers: Iterable<number>): number[] =>
  [...new Set(numbers)].sort((a, b) => a - b);

/** What is wrong with a text, and what to write instead. */
class Fault extends Error {}

/** A number or a name of a field; 7 is Sunday too. */
function readValue(text: string, field: CalendarField): number {
  const { name, least, most, names }: Field = calendarFields[field];
  const upper = text.toUpperCase();
  const index =
    names?.findIndex((one) => upper === one || (upper.length > 3 && isFullName(upper, one))) ?? -1;
  if (index >= 0) return least + index;
  const value = /^\d{1,4}$/.test(text) ? Number(text) : NaN;
  const longest = field === 'dayOfWeek' ? 7 : most;
  if (value >= least && value <= longest) return value;
  throw new Fault(`has “${text}” as the ${name}, which must be from ${least} to ${most}`);
}

const fullNames =
  'JANUARY FEBRUARY MARCH APRIL JUNE JULY AUGUST SEPTEMBER OCTOBER NOVEMBER DECEMBER SUNDAY MONDAY TUESDAY WEDNESDAY THURSDAY FRIDAY SATURDAY'.split(
    ' ',
  );
const isFullName = (upper: string, short: string) =>
  fullNames.includes(upper) && upper.startsWith(short);

/** @throws Fault */
function spread(from: number, to: number, step: number, field: CalendarField): number[] {
  const { name } = calendarFields[field];
  if (from > to)
    throw new Fault(
      `has a range of the ${name} that ends before it begins. Write two, with a comma`,
    );
  if (step < 1) throw new Fault(`has a step of 0 for the ${name}`);
  const numbers = rangeOf(from, to, step);
  return field === 'dayOfWeek' ? numbers.map((day) => day % 7) : numbers;
}

const unknownSigns: [sign: RegExp, advice: string][] = [
  [
    /#/,
    '“#” is not supported. Name the days of the month as well: the first Monday is `1-7` and `MON`',
  ],
  [
    /L/i,
    '“L” is not supported. For the last day of the month, use days 28-31 and let the flow decide, or the first day of the next month',
  ],
  [/W/i, '“W” is not supported. Name the days of the week instead: `MON-FRI`'],
  [/\?/, '“?” is not supported. Use `*` instead'],
];

/** @throws Fault */
function readField(text: string, field: CalendarField): number[] {
  const parts = text.split(',').flatMap((part) => {
    const [, range = '', step] = /^([^/]*)(?:\/(\d{1,2}))?$/.exec(part) ?? [];
    const [, first, last] = /^(\*|[A-Za-z]+|\d+)(?:-([A-Za-z]+|\d+))?$/.exec(range) ?? [];
    const known = first !== undefined && !(first === '*' && last !== undefined);
    if (!known) {
      const sign = unknownSigns.find(([one]) => one.test(part));
      const { name } = calendarFields[field];
      throw new Fault(sign?.[1] ?? `has “${part}” as the ${name}. Use a number or a range`);
    }
    const { least, most } = calendarFields[field];
    if (first === '*') return spread(least, most, Number(step ?? 1), field);
    const from = readSigned(first, field);
    const end = last === undefined ? (step === undefined ? from : most) : readSigned(last, field);
    return spread(from, end, Number(step ?? 1), field);
  });
  return ascending(parts);
}

/** As `readValue`, with advice for what other crons have. */
function readSigned(text: string, field: CalendarField): number {
  try {
    return readValue(text, field);
  } catch (fault) {
    const sign = /^\d*[LW]+$/i.test(text) && unknownSigns.find(([one]) => one.test(text));
    if (sign) throw new Fault(sign[1]);
    throw fault;
  }
}

const macros: Record<string, string> = {
  ...{ '@yearly': '0 0 1 1 *', '@annually': '0 0 1 1 *', '@monthly': '0 0 1 * *' },
  ...{ '@weekly': '0 0 * * 0', '@daily': '0 0 * * *', '@midnight': '0 0 * * *' },
  '@hourly': '0 * * * *',
};

/** @throws Fault */
function readCron(text: string): Calendar {
  const words = text.trim().split(/\s+/);
  const [first = ''] = words;
  const macro = macros[first.toLowerCase()];
  if (macro !== undefined) throw new Fault(`must have five fields. Write \`${macro}\` instead`);
  if (first.toLowerCase() === '@every')
    throw new Fault('must have five fields. Use `every` for an interval');
  if (/^(CRON_)?TZ=/i.test(first))
    throw new Fault('must not name a time zone. Use `timezone` instead');
  const order = 'minute, hour, day of the month, month and day of the week';
  if (words.length === 6 || words.length === 7)
    throw new Fault(
      `must have five fields: ${order}. Seconds and years are not supported: remove them, and use startAt and endAt for years`,
    );
  if (words.length !== 5) throw new Fault(`must have five fields: ${order}`);
  const fields = fieldNames.map((field, index) => [field, readField(words[index] ?? '', field)]);
  return Object.fromEntries(fields) as Calendar;
}

/** What a text means, or what is wrong with it. */
export type Read<T> = { value: T; fault?: never } | { value?: never; fault: string };

function reading<T>(read: () => T): Read<T> {
  try {
    return { value: read() };
  } catch (error) {
    if (error instanceof Fault) return { fault: error.message };
    throw error;
  }
}

/**
 * Reads cron: minute, hour, day of the month, month and day of the week, with `*`, lists, ranges, steps
 * and English names. Both fields of days have to fit.
 */
export const parseCron = (text: string): Read<Calendar> => reading(() => readCron(text));

/** What a field of a calendar can be sent as: a number, a name, a range, or several of these; `*` is all. */
export type CalendarValue =
  number | string | { start: number | string; end?: number | string; step?: number };

/** A calendar as it is sent; minutes and hours are 0 where they are left out, everything else is any. */
export type CalendarInput = {
  [F in CalendarField | 'year']?: CalendarValue | CalendarValue[];
};

/** @throws Fault */
function readSent(sent: CalendarValue | CalendarValue[] | undefined, field: CalendarField) {
  if (sent === undefined) return field === 'minute' || field === 'hour' ? [0] : wholeField(field);
  const numbers = [sent].flat().flatMap((value) => {
    if (value === '*') return wholeField(field);
    if (typeof value !== 'object') return spreadOne(value, field);
    const start = readValue(String(value.start), field);
    const end = value.end === undefined ? start : readValue(String(value.end), field);
    return spread(start, end, value.step ?? 1, field);
  });
  return ascending(numbers);
}

function spreadOne(value: number | string, field: CalendarField) {
  const one = readValue(String(value), field);
  return spread(one, one, 1, field);
}

/** @throws Fault */
function readYears(sent: CalendarInput['year']): number[] | undefined {
  if (sent === undefined || sent === '*') return undefined;
  const yearOf = (value: number | string) => {
    if (/^(19|20|21)\d\d$/.test(String(value))) return Number(value);
    throw new Fault(`has “${value}” as the year, which must be from 1900 to 2199`);
  };
  const years = [sent].flat().flatMap((value) => {
    if (typeof value !== 'object') return [yearOf(value)];
    const start = yearOf(value.start);
    const end = value.end === undefined ? start : yearOf(value.end);
    if (start > end) throw new Fault('has a range of the year that ends before it begins');
    return rangeOf(start, end, Math.max(1, value.step ?? 1));
  });
  return ascending(years);
}

/** Reads a calendar as it is sent. */
export const readCalendar = (sent: CalendarInput): Read<Calendar> =>
  reading(() => {
    const years = readYears(sent.year);
    const fields = fieldNames.map((field) => [field, readSent(sent[field], field)] as const);
    return { ...(Object.fromEntries(fields) as Calendar), ...(years && { year: years }) };
  });
