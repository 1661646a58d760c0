import type { ScheduleSettings } from '@crmflow/contracts';

/** The units of an interval, each with what an ISO 8601 duration begins with and ends in. */
export const intervalUnits = {
  minutes: ['PT', 'M'],
  hours: ['PT', 'H'],
  days: ['P', 'D'],
} as const;

/** A unit of an interval. */
export type IntervalUnit = keyof typeof intervalUnits;

/** The days of a week, from Monday on, as cron names them. */
export const weekDays = ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'] as const;

/** The rhythms that can be chosen. */
export const rhythmKinds = [
  ...(['interval', 'hourly', 'daily', 'weekdays', 'weekly', 'monthly', 'cron'] as const),
];

/** When a schedule is due, as people say it. `time` is `09:00`; `fixed` is what only the API sets. */
export type Rhythm = {
  kind: (typeof rhythmKinds)[number] | 'fixed';
  count: string;
  unit: IntervalUnit;
  minute: string;
  time: string;
  days: string[];
  day: string;
  /** Where nothing simpler says it. */
  cron: string;
};

const usual: Rhythm = {
  ...{ kind: 'weekdays', count: '10', unit: 'minutes', minute: '0' },
  ...{ time: '09:00', days: ['MON'], day: '1', cron: '0 9 * * MON-FRI' },
};

const two = (text: string) => text.padStart(2, '0');

/** The cron expression of a rhythm that has one. */
export function cronOf({ kind, minute, time, days, day, cron }: Rhythm): string {
  const [hours = '9', minutes = '0'] = time.split(':');
  const at = `${Number(minutes)} ${Number(hours)}`;
  switch (kind) {
    case 'hourly':
      return `${minute.trim()} * * * *`;
    case 'daily':
      return `${at} * * *`;
    case 'weekdays':
      return `${at} * * MON-FRI`;
    case 'weekly':
      return `${at} * * ${weekDays.filter((one) => days.includes(one)).join(',') || '*'}`;
    case 'monthly':
      return `${at} ${day.trim()} * *`;
    default:
      return cron;
  }
}

/** The rhythm of a cron expression, as simple as can be said. */
export function rhythmOfCron(cron: string): Rhythm {
  const own = { ...usual, kind: 'cron' as const, cron };
  const [, minute = '', hour = '', day = '', week = ''] =
    /^(\d{1,2}) (\d{1,2}|\*) (\d{1,2}|\*) \* (\S+)$/.exec(cron.trim().toUpperCase()) ?? [];
  if (minute === '') return own;
  if (hour === '*') return day + week === '**' ? { ...own, kind: 'hourly', minute } : own;
  const timed = { ...own, time: `${two(hour)}:${two(minute)}` };
  if (day !== '*') return week === '*' ? { ...timed, kind: 'monthly', day } : own;
  if (week === '*') return { ...timed, kind: 'daily' };
  if (week === 'MON-FRI' || week === '1-5') return { ...timed, kind: 'weekdays' };
  const days = week.split(',');
  const known = days.every((one) => (weekDays as readonly string[]).includes(one));
  return known ? { ...timed, kind: 'weekly', days } : own;
}

/** The rhythm that settings say. */
export function rhythmOf({ cron, every }: Pick<ScheduleSettings, 'cron' | 'every'>): Rhythm {
  if (cron !== undefined) return rhythmOfCron(cron);
  const [, count = '', unit = ''] =
    /^(?:PT(?=\d+[MH])|P(?=\d+D))(\d+)([MHD])$/.exec(every ?? '') ?? [];
  const units = { M: 'minutes', H: 'hours', D: 'days' } as const;
  if (count === '') return { ...usual, kind: 'fixed' };
  return { ...usual, kind: 'interval', count, unit: units[unit as keyof typeof units] };
}

/** What a rhythm is in settings; nothing where it stays what the API has set. */
export function settingsOfRhythm(rhythm: Rhythm): Pick<ScheduleSettings, 'cron' | 'every'> {
  if (rhythm.kind === 'fixed') return {};
  if (rhythm.kind !== 'interval') return { cron: cronOf(rhythm) };
  const [start, end] = intervalUnits[rhythm.unit];
  return { every: `${start}${rhythm.count.trim()}${end}` };
}
