import type { StartRun } from '@crmflow/contracts';
import type { Pool } from 'pg';
import { requireZone } from '../http/require-zone.js';

/** The locale and the time zone with which a run begins, and which it keeps. */
export type ChosenLocale = { tag: string; timezone: string };

/**
 * Where a run's locale comes from: what its start says (the browser or the channel of the customer),
 * else the profile of the user who starts it, if one does. Its time zone is the start's, else UTC.
 * @throws AppError `invalid` for a time zone that there is not
 */
export async function chosenLocale(
  pool: Pick<Pool, 'query'>,
  userId: string | null,
  { locale, timezone = 'UTC' }: Pick<StartRun, 'locale' | 'timezone'>,
): Promise<ChosenLocale> {
  requireZone(timezone, 'timezone');
  if (locale !== undefined) return { tag: locale, timezone };
  const { rows } = await pool.query<{ locale: string }>('SELECT locale FROM "User" WHERE id = $1', [
    userId,
  ]);
  return { tag: rows[0]?.locale ?? 'en', timezone };
}
