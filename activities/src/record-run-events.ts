import type { RunActivities } from '@crmflow/contracts';
import { recordRun } from '@crmflow/db';
import type { Pool } from 'pg';

/** What `recordRunEvents` needs. */
export type RecordRunEventsDeps = { pool: Pool };

/** Makes the activity that writes to the log what a run tells; safe to repeat. */
export function createRecordRunEvents({
  pool,
}: RecordRunEventsDeps): RunActivities['recordRunEvents'] {
  return (input) => recordRun(pool, input);
}
