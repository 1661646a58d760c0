import {
  type FieldError,
  type JsonObject,
  type ScheduleSettings,
  scheduleSettingsSchema,
  scheduleTimings,
} from '@crmflow/contracts';
import { firstTimes, isZone, timingOf } from '@crmflow/expressions';

/** How a schedule is set up, by what is stored of it: defaults stand in for what nobody has set. */
export const scheduleSettingsOf = (stored: unknown): ScheduleSettings =>
  scheduleSettingsSchema.parse(stored);

/** Settings as they would be sent to have these changes: one way to say when replaces another. */
export function mergeSchedule(stored: JsonObject, sent: Record<string, unknown>) {
  const isTimed = scheduleTimings.some((timing) => sent[timing] !== undefined);
  const kept = Object.entries(stored).filter(
    ([name]) => !isTimed || !(scheduleTimings as readonly string[]).includes(name),
  );
  return { ...Object.fromEntries(kept), ...sent };
}

/** What of settings no schema sees. */
export function scheduleFaults(stored: JsonObject): FieldError[] {
  const settings = scheduleSettingsOf(stored);
  if (!isZone(settings.timezone)) {
    const message = 'must be a time zone, such as Europe/Berlin';
    return [{ path: 'settings.timezone', message }];
  }
  const timing = timingOf({ ...settings, startAt: null, endAt: null });
  if (firstTimes(timing, Date.now(), 1).length > 0) return [];
  const given = scheduleTimings.find((one) => settings[one] !== undefined);
  return [{ path: `settings.${given}`, message: 'names a date that never comes' }];
}

const whenFields = [...scheduleTimings, 'timezone', 'jitter', 'startAt', 'endAt'];

/** Whether a change is about when a schedule is due. */
export const changesTimes = (sent: Record<string, unknown> | undefined): boolean =>
  whenFields.some((field) => sent?.[field] !== undefined);
