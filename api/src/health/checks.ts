import { setTimeout as sleep } from 'node:timers/promises';
import { budgetWarning } from '@crmflow/contracts';
import { lastBeatAgeMs } from '@crmflow/db';
import type { Deps } from '../deps.js';

/** Whether a part that the API needs answers, and if not what is wrong. */
export type Check = { ok: true; detail?: string } | { ok: false; detail: string };

/** The services that the API needs. */
export type ServiceChecks = { database: Check; temporal: Check; worker: Check };

/** The parts that the API needs: services, and runs that go on. */
export type Checks = ServiceChecks & { runs: Check };

const timeLimitMs = 3_000;
/** What is left of it to say which part of a check took so long. */
const toTellMs = 500;
/** Of workers, which say each second that they poll: a busy one may miss two in a row. */
const longestSilenceMs = 3_000;

/** What checking services needs. */
export type ServiceDeps = Pick<Deps, 'pool' | 'budgets' | 'temporal' | 'config'>;

/** What checking all parts needs. */
export type CheckDeps = ServiceDeps & Pick<Deps, 'engine'>;

const failed = (detail: string): Check => ({ ok: false, detail });

/** Never the error's own words: this answer is for anyone, and addresses are not. */
async function within(work: Promise<Check>, onError: string): Promise<Check> {
  const cancel = new AbortController();
  const tooLate = sleep(timeLimitMs, failed(`${onError} within ${timeLimitMs / 1000} s.`), {
    signal: cancel.signal,
  });
  tooLate.catch(() => {});
  try {
    return await Promise.race([work.catch(() => failed(`${onError}.`)), tooLate]);
  } finally {
    cancel.abort();
  }
}

async function database({ pool, budgets }: ServiceDeps): Promise<Check> {
  await pool.query('SELECT 1');
  const { database: used } = await budgets.ofInstallation();
  if (used < budgetWarning) return { ok: true };
  return { ok: true, detail: `It has reached ${Math.floor(used * 100)}% of DATABASE_LIMIT_GB.` };
}

async function temporal({ temporal: { connection }, config }: ServiceDeps): Promise<Check> {
  const { namespace } = config.temporal;
  const until = Date.now() + timeLimitMs;
  const { workflowService } = connection;
  await connection.withDeadline(until, () => workflowService.describeNamespace({ namespace }));
  try {
    // It knows its namespaces by heart: only a list shows that it can read its data.
    await connection.withDeadline(until - toTellMs, () =>
      workflowService.listWorkflowExecutions({ namespace, pageSize: 1 }),
    );
    return { ok: true };
  } catch {
    return failed('Temporal is responding, but cannot read its data. See its log for the cause.');
  }
}

async function worker({ pool, config }: ServiceDeps): Promise<Check> {
  const age = await lastBeatAgeMs(pool, config.temporal.taskQueue);
  if (age !== null && age <= longestSilenceMs) return { ok: true };
  const since = age === null ? 'ever' : `for ${Math.round(age / 1000)} s`;
  return failed(`No worker has polled the task queue "${config.temporal.taskQueue}" ${since}.`);
}

/** Numbers only: which runs they are is nobody's business here. */
async function runs({ engine }: CheckDeps): Promise<Check> {
  try {
    const stuck = await engine.countStuck();
    if (stuck === 0) return { ok: true };
    return failed(
      `Runs stuck because their workflow task keeps failing: ${stuck}. See the worker log for the cause.`,
    );
  } catch {
    return { ok: true, detail: 'Temporal did not report whether runs are stuck.' };
  }
}

/** Asks each service, all at once, each for three seconds at most. Never throws. */
export async function checkServices(deps: ServiceDeps): Promise<ServiceChecks> {
  const [databaseCheck, temporalCheck, workerCheck] = await Promise.all([
    within(database(deps), 'The database is not responding'),
    within(temporal(deps), 'Temporal is not responding'),
    within(worker(deps), 'Worker heartbeats could not be read: the database is not responding'),
  ]);
  return { database: databaseCheck, temporal: temporalCheck, worker: workerCheck };
}

/** Asks each part, all at once, each for three seconds at most. Never throws. */
export async function checkParts(deps: CheckDeps): Promise<Checks> {
  const [services, runsCheck] = await Promise.all([
    checkServices(deps),
    within(runs(deps), 'Temporal did not report whether runs are stuck'),
  ]);
  return { ...services, runs: runsCheck };
}
