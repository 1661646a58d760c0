import {
  type Backfill,
  type BackfillResult,
  limits,
  type NextTimes,
  type ScheduleSettings,
} from '@crmflow/contracts';
import { addFirings, firingKey } from '@crmflow/db';
import {
  clockWarnings,
  firstTimes,
  namesBothDays,
  timesOf,
  timingOf,
  zonedTime,
} from '@crmflow/expressions';
import type { Pool } from 'pg';
import { invalidFields } from '../errors/app-error.js';

const shown = 10;

/** When a schedule is due next. @param now epoch milliseconds; a time that is just then has come */
export function nextTimes(settings: ScheduleSettings, now: number): NextTimes {
  const { timezone } = settings;
  const timing = timingOf(settings);
  const times = firstTimes(timing, now + 1, shown).map((at) => zonedTime(timezone, at));
  const ofClocks = clockWarnings(timing, now).map(({ code, at, local }) => {
    const [date = '', time = ''] = local.split('T');
    const message =
      code === 'skipped_time'
        ? `On ${date}, clocks in ${timezone} skip ${time}: no run starts at that time.`
        : `On ${date}, clocks in ${timezone} show ${time} twice: a run starts each time.`;
    return { code, message, at: zonedTime(timezone, at), local };
  });
  return {
    times,
    warnings: [
      ...ofClocks,
      ...(namesBothDays(timing)
        ? [
            {
              code: 'both_days' as const,
              message:
                'Both a day of the month and a day of the week are set. A day has to fit both; other crons take either.',
            },
          ]
        : []),
      ...(times.length === 0
        ? [{ code: 'no_times' as const, message: 'The schedule has no time left.' }]
        : []),
    ],
  };
}

/** @throws AppError `invalid` where the range is not in the past, or has too many times */
function timesIn(settings: ScheduleSettings, { from, to }: Backfill): Date[] {
  const first = Date.parse(from);
  const last = Date.parse(to);
  if (last < first) throw invalidFields([{ path: 'to', message: 'must not be before from' }]);
  if (last > Date.now())
    throw invalidFields([{ path: 'to', message: 'must not be in the future' }]);
  const found: Date[] = [];
  for (const at of timesOf(timingOf(settings), first)) {
    if (at > last) break;
    found.push(new Date(at));
    if (found.length <= limits.backfillTimes) continue;
    const message = `must be earlier: the range has more than ${limits.backfillTimes} times`;
    throw invalidFields([{ path: 'to', message }]);
  }
  return found;
}

/**
 * Writes down the times of a range in the past, so that their runs start after all. Those that were dealt with
 * before stay as they are.
 * @throws AppError `invalid`
 */
export async function backfill(
  pool: Pool,
  deployment: { id: string; settings: ScheduleSettings },
  range: Backfill,
): Promise<BackfillResult> {
  const { id, settings } = deployment;
  const { dryRun } = range;
  const times = timesIn(settings, range);
  const count = times.length;
  if (!dryRun) {
    const added = await addFirings(pool, id, 'backfill', times);
    return { count, known: count - added, dryRun };
  }
  const { rowCount } = await pool.query(
    'SELECT FROM "ScheduleFiring" WHERE "deploymentId" = $1 AND key = ANY ($2)',
    [id, times.map(firingKey)],
  );
  return { count, known: rowCount ?? 0, dryRun };
}
