import { setTimeout as delay } from 'node:timers/promises';
import { transaction } from '@crmflow/db';
import type { RunFlowInput } from '@crmflow/workflows';
import type { Pool } from 'pg';
import { AppError } from '../../errors/app-error.js';
import type { Engine } from '../engine.js';
import { markLaunched } from '../mark-launched.js';

/** What launching again needs. */
export type LaunchAgainDeps = { pool: Pool; engine: Pick<Engine, 'launchAgain' | 'newest'> };

/** A run whose next execution is due. */
export type Due = {
  runId: string;
  flowName: string;
  generation: number;
  /** Reads what the execution begins with; called once those before it have closed. */
  prepare(): Promise<RunFlowInput>;
};

/** A workflow closes some milliseconds after it has told its end. */
const closingMs = 5_000;

async function start({ engine }: LaunchAgainDeps, due: Due): Promise<void> {
  const { runId, flowName, generation } = due;
  const deadline = Date.now() + closingMs;
  for (;;) {
    const newest = await engine.newest(runId);
    if (newest && newest.generation >= generation) return;
    if (!newest?.open && (await engine.launchAgain(await due.prepare(), flowName, generation))) {
      return;
    }
    if (Date.now() > deadline) {
      const detail =
        'The run continues once Temporal has closed its previous execution. Try again in a few seconds.';
      throw new AppError('temporal_unavailable', detail, { retryAfterSeconds: 2 });
    }
    await delay(20);
  }
}

/**
 * Launches the next execution of a run that was opened again, exactly once, whoever else is at it
 * and wherever one who was at it has died.
 * @throws the client's error where Temporal does not answer; then the reconciler sees to it
 */
export function launchAgain(deps: LaunchAgainDeps, due: Due): Promise<void> {
  const { runId, generation } = due;
  return transaction(deps.pool, async (client) => {
    await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [runId]);
    const { rowCount } = await client.query(
      'SELECT FROM "Run" WHERE id = $1 AND generation = $2 AND "launchedAt" IS NULL',
      [runId, generation],
    );
    if (rowCount === 0) return;
    await start(deps, due);
    await markLaunched(client, runId, generation);
  });
}
