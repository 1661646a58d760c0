import {
  officeHoursSchema,
  type ReadOfficeHoursInput,
  type ReadOfficeHoursResult,
} from '@crmflow/contracts';
import type { Pool } from 'pg';
import { type AttemptDeps, runAttempt } from './call/attempt.js';
import { readWithRetry } from './call/read-with-retry.js';

/** What `readOfficeHours` needs. */
export type ReadOfficeHoursDeps = AttemptDeps & { pool: Pool };

/**
 * Makes the activity that reads when the team of a run's workspace works, as it is set at that moment.
 *
 * It fails with `database_unavailable`.
 */
export function createReadOfficeHours(deps: ReadOfficeHoursDeps) {
  return (input: ReadOfficeHoursInput): Promise<ReadOfficeHoursResult> =>
    runAttempt(deps, input, async ({ signal }) => {
      const { rows } = await readWithRetry(
        () =>
          deps.pool.query<{ hours: unknown }>(
            `SELECT w.settings->'officeHours' AS hours
               FROM "Run" r JOIN "Workspace" w ON w.id = r."workspaceId" WHERE r.id = $1`,
            [input.runId],
          ),
        signal,
      );
      const hours = rows[0]?.hours ?? null;
      return { hours: hours === null ? null : officeHoursSchema.parse(hours), at: deps.now() };
    });
}
