import {
  type ErrorCode,
  errorCodes,
  isFinal,
  type Migrated,
  type MigrateRun,
  type RunStatus,
} from '@crmflow/contracts';
import { WorkflowUpdateRPCTimeoutOrCancelledError } from '@temporalio/client';
import type { MigrateArgs } from '@crmflow/workflows';
import type { RunDeps } from '../../deps.js';
import { AppError } from '../../errors/app-error.js';
import { MigrationRefused } from '../engine.js';
import { findVersion } from '../../flows/versions/find-version.js';
import { launchStored } from '../launch.js';
import { readRun, type StoredRun } from '../read-run.js';

const finished = () =>
  new AppError(
    'run_finished',
    'The run has ended. Only a waiting run can move to another version.',
  );

const isKnown = (code: string): code is ErrorCode => Object.hasOwn(errorCodes, code);

/** A refusal, and an answer that did not come, in words for whoever asked. */
function asProblem(error: unknown): unknown {
  if (error instanceof MigrationRefused && isKnown(error.code)) {
    const errors = [{ path: 'version', message: error.message }];
    return new AppError(error.code, error.message, { errors });
  }
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) {
    const detail =
      'The run did not respond in time, because no worker is up or it is busy. It may still move; repeat the request with the same version to find out.';
    return new AppError('temporal_unavailable', detail, { retryAfterSeconds: 5, cause: error });
  }
  return error;
}

async function argsFor(deps: RunDeps, run: StoredRun, version: number): Promise<MigrateArgs> {
  const { id } = await findVersion(deps, run.workflowId, { version });
  await deps.programs.prepare(id);
  return [{ target: { version }, at: Date.now() }, { programOf: id }];
}

/**
 * Moves a waiting run to another published version of its flow, in place. Settles once the run has
 * told so; one that is on that version already stays as it is, so it is safe to repeat.
 * @throws AppError `not_found`, `run_finished`, `no_version`, `flow_invalid`; `not_waiting`,
 *   `node_missing`, `variables_too_large` as the run says; `temporal_unavailable` where it does
 *   not answer in time
 */
export async function migrateRun(
  deps: RunDeps,
  runId: string,
  { version }: MigrateRun,
): Promise<Migrated> {
  const run = await readRun(deps, runId);
  if (isFinal(run.status as RunStatus)) throw finished();
  if (run.version.number === version) return { runId, version };
  const args = await argsFor(deps, run, version);
  if (run.launchedAt === null) await launchStored(deps, runId);
  try {
    if (!(await deps.engine.migrate(runId, args))) throw finished();
  } catch (error) {
    throw asProblem(error);
  }
  return { runId, version };
}
