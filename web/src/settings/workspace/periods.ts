import type { OfficeHours } from '@crmflow/contracts';

/** When a team works on one day. */
export type Periods = OfficeHours['week']['mon'];

const most = 4;
const period = /^(\d{1,2})(?::(\d{2}))?\s*(?:-|–|—)\s*(\d{1,2})(?::(\d{2}))?$/;

/** Reads `9–12, 13:00-17:30`. @returns null where it is no such text */
export function readPeriods(text: string): Periods | null {
  const parts = text.split(',').map((part) => part.trim());
  const found: Periods = [];
  for (const part of parts.filter((one) => one !== '')) {
    const [, from = '', fromMinutes = '00', to = '', toMinutes = '00'] = period.exec(part) ?? [];
    const one = {
      from: `${from.padStart(2, '0')}:${fromMinutes}`,
      to: `${to.padStart(2, '0')}:${toMinutes}`,
    };
    const isTime = [one.from, one.to].every((time) => /^(?:\d{2}:[0-5]\d)$/.test(time));
    if (!isTime || one.from >= one.to || one.to > '24:00') return null;
    if (one.from < (found.at(-1)?.to ?? '')) return null;
    found.push(one);
  }
  return found.length > most ? null : found;
}

/** Periods as `readPeriods` takes them. */
export const writePeriods = (periods: Periods): string =>
  periods.map(({ from, to }) => `${from}–${to}`).join(', ');
