import type { RunContact, UpdateContactInput, UpdateContactResult } from '@crmflow/contracts';
import { changeContactOfRun } from '@crmflow/db';
import { changeContact } from '@crmflow/expressions';
import type { Pool } from 'pg';
import { type AttemptDeps, runAttempt } from './call/attempt.js';
import { CallError } from './call/call-error.js';
import { readWithRetry } from './call/read-with-retry.js';

/** What `updateContact` needs. */
export type UpdateContactDeps = AttemptDeps & { pool: Pool };

/**
 * Makes the activity of nodes that write the contact. Made twice, a change comes to the same. In a run
 * without a conversation, such as a test run, nothing is written: what is set only shows in the run.
 *
 * It fails with `contact_invalid` or `database_unavailable`.
 */
export function createUpdateContact(deps: UpdateContactDeps) {
  return (input: UpdateContactInput): Promise<UpdateContactResult> =>
    runAttempt(deps, input, async ({ signal }) => {
      const { runId, set, known } = input;
      const change = (contact: RunContact) => changeContact(contact, set);
      const changed =
        (await readWithRetry(() => changeContactOfRun(deps.pool, runId, change), signal)) ??
        change(known);
      if ('fault' in changed) {
        throw new CallError('contact_invalid', changed.fault, { retryable: false });
      }
      return { contact: changed.contact, at: deps.now() };
    });
}
