import { createHash } from 'node:crypto';
import { type Calendar, isWhole, type RecordedFiring, scheduledRunType } from '@crmflow/contracts';
import {
  type CalendarSpec,
  type Client,
  DAYS_OF_WEEK,
  MONTHS,
  ScheduleAlreadyRunning,
  ScheduleNotFoundError,
  type ScheduleOptions,
  type ScheduleOptionsStartWorkflowAction,
} from '@temporalio/client';
import { utcCalendars } from './utc-calendars.js';

/** When the schedule of a deployment is due. Times are epoch milliseconds, infinite where there is no bound. */
export type RunSchedule = {
  deploymentId: string;
  /** One of them has to fit, on clocks that are ahead of UTC by one of these. */
  calendars: Calendar[];
  offsetsMs: number[];
  every: { ms: number; phaseMs: number } | null;
  startAt: number;
  endAt: number;
  jitterMs: number;
  catchUpMs: number;
};

type ScheduledRun = (deploymentId: string) => Promise<RecordedFiring>;

const prefixOf = (taskQueue: string) => `${taskQueue}:deployment:`;

/** The id of a deployment's schedule in Temporal. */
export const runScheduleIdOf = (taskQueue: string, deploymentId: string) =>
  prefixOf(taskQueue) + deploymentId;

/** Ascending numbers as the ranges that they are made of. */
function rangesOf(numbers: readonly number[]): { start: number; end: number }[] {
  const ranges: { start: number; end: number }[] = [];
  for (const number of numbers) {
    const last = ranges.at(-1);
    if (last && last.end === number - 1) last.end = number;
    else ranges.push({ start: number, end: number });
  }
  return ranges;
}

function calendarSpec(calendar: Calendar): CalendarSpec {
  const whole = <T>(field: Parameters<typeof isWhole>[1], some: (numbers: number[]) => T[]) =>
    isWhole(calendar, field) ? '*' : some(calendar[field]);
  const named = <T>(numbers: number[], nameOf: (number: number) => T | undefined) =>
    numbers.flatMap((number) => nameOf(number) ?? []);
  return {
    second: 0,
    minute: whole('minute', rangesOf),
    hour: whole('hour', rangesOf),
    dayOfMonth: whole('dayOfMonth', rangesOf),
    month: whole('month', (numbers) => named(numbers, (number) => MONTHS[number - 1])),
    dayOfWeek: whole('dayOfWeek', (numbers) => named(numbers, (number) => DAYS_OF_WEEK[number])),
    ...(calendar.year && { year: rangesOf(calendar.year) }),
  };
}

/** What Temporal is told of it, without what tells one telling from another. */
function plainOptions(taskQueue: string, schedule: RunSchedule) {
  const { deploymentId, calendars, offsetsMs, every, startAt, endAt } = schedule;
  const scheduleId = runScheduleIdOf(taskQueue, deploymentId);
  return {
    spec: {
      // Temporal's own zones lose and add times where clocks go back. So it is told of every instant in
      // UTC that can be a time, and whether one is a time is asked of the zone when it has come.
      calendars: calendars.flatMap((one) => utcCalendars(one, offsetsMs)).map(calendarSpec),
      intervals: every ? [{ every: every.ms, offset: every.phaseMs }] : [],
      ...(Number.isFinite(startAt) && { startAt: new Date(startAt) }),
      ...(Number.isFinite(endAt) && { endAt: new Date(endAt) }),
      ...(schedule.jitterMs > 0 && { jitter: schedule.jitterMs }),
    },
    action: {
      type: 'startWorkflow',
      workflowType: scheduledRunType,
      workflowId: scheduleId,
      taskQueue,
      args: [deploymentId],
      workflowTaskTimeout: '5s',
    },
    // What overlaps is decided where runs are known.
    policies: { overlap: 'ALLOW_ALL', catchupWindow: schedule.catchUpMs },
  } satisfies Omit<ScheduleOptions<ScheduleOptionsStartWorkflowAction<ScheduledRun>>, 'scheduleId'>;
}

function optionsOf(taskQueue: string, schedule: RunSchedule) {
  const options = plainOptions(taskQueue, schedule);
  const fingerprint = createHash('sha256').update(JSON.stringify(options)).digest('hex');
  return { ...options, action: { ...options.action, memo: { fingerprint } } };
}

async function isUpToDate(client: Client, scheduleId: string, fingerprint: string) {
  const { action, state } = await client.schedule.getHandle(scheduleId).describe();
  return action.memo?.['fingerprint'] === fingerprint && !state.paused;
}

/**
 * Creates the schedule of a deployment in Temporal, or brings it up to date. One that is as it should be is
 * not touched: with each update Temporal forgets the times that it was about to make up for. Idempotent, also
 * when called by many at once.
 * @returns whether Temporal had none
 * @throws the client's error where Temporal does not answer
 */
export async function applyRunSchedule(
  client: Client,
  taskQueue: string,
  schedule: RunSchedule,
): Promise<boolean> {
  const scheduleId = runScheduleIdOf(taskQueue, schedule.deploymentId);
  const options = optionsOf(taskQueue, schedule);
  try {
    if (await isUpToDate(client, scheduleId, options.action.memo.fingerprint)) return false;
    // An operator's pause ends with it: whether a schedule is paused is the deployment's to say.
    await client.schedule
      .getHandle(scheduleId)
      .update<ScheduledRun>(() => ({ ...options, state: {} }));
    return false;
  } catch (error) {
    if (!(error instanceof ScheduleNotFoundError)) throw error;
  }
  try {
    await client.schedule.create({ scheduleId, ...options });
    return true;
  } catch (error) {
    // Another process was faster.
    if (error instanceof ScheduleAlreadyRunning) return true;
    throw error;
  }
}

/**
 * Removes the schedule of a deployment from Temporal. Safe to repeat.
 * @throws the client's error where Temporal does not answer
 */
export async function removeRunSchedule(
  client: Client,
  taskQueue: string,
  deploymentId: string,
): Promise<void> {
  try {
    await client.schedule.getHandle(runScheduleIdOf(taskQueue, deploymentId)).delete();
  } catch (error) {
    if (!(error instanceof ScheduleNotFoundError)) throw error;
  }
}

/**
 * The ids of the deployments of which Temporal has a schedule. One that was made a moment ago may be missing.
 * @throws the client's error where Temporal does not answer
 */
export async function listRunSchedules(client: Client, taskQueue: string): Promise<string[]> {
  const prefix = prefixOf(taskQueue);
  const found: string[] = [];
  for await (const { scheduleId } of client.schedule.list({ pageSize: 1_000 })) {
    if (scheduleId.startsWith(prefix)) found.push(scheduleId.slice(prefix.length));
  }
  return found;
}
