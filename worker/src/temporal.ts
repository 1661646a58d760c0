import { availableParallelism } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { ConfigError } from '@crmflow/contracts/env';
import {
  prepareNamespace,
  prepareSchedules,
  type OwnQueue,
  refuseForeignQueue,
  type TemporalServer,
  temporalSettings,
} from '@crmflow/temporal-config';
import type { Client } from '@temporalio/client';
import {
  DefaultLogger,
  GracefulShutdownPeriodExpiredError,
  NativeConnection,
  Worker,
  type WorkerOptions,
} from '@temporalio/worker';
import type { Logger } from 'pino';

const longestPauseMs = 5_000;

/** Where the build leaves the bundled workflow code. */
export const workflowBundlePath = fileURLToPath(
  new URL('../dist/workflow-bundle.js', import.meta.url),
);

const forAllWorkers = {
  maxHeartbeatThrottleInterval: '1s',
  defaultHeartbeatThrottleInterval: '1s',
  shutdownGraceTime: '5s',
  shutdownForceTime: '8s',
} as const satisfies Partial<WorkerOptions>;

const levels = {
  TRACE: 'trace',
  DEBUG: 'debug',
  INFO: 'info',
  WARN: 'warn',
  ERROR: 'error',
} as const;

/** Not all work ended before the worker had to: as after a crash, another worker repeats it. */
const isCutShort = (error: unknown) => error instanceof GracefulShutdownPeriodExpiredError;

/** Temporal's own log lines, in ours. */
export function temporalLogger(logger: Logger): DefaultLogger {
  return new DefaultLogger('INFO', ({ level, message, meta }) => {
    logger[isCutShort(meta?.['error']) ? 'info' : levels[level]](meta ?? {}, message);
  });
}

async function keepTrying<T>(
  attempt: () => Promise<T>,
  onError: (error: unknown, pauseMs: number) => void,
  signal: AbortSignal,
): Promise<T> {
  for (let pauseMs = 100; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
    signal.throwIfAborted();
    try {
      return await attempt();
    } catch (error) {
      onError(error, pauseMs);
      await sleep(pauseMs, undefined, { signal });
    }
  }
}

/** Connects to Temporal, trying again for as long as it is away or until `signal` aborts. */
export const connect = (
  server: TemporalServer,
  logger: Logger,
  signal: AbortSignal,
): Promise<NativeConnection> =>
  keepTrying(
    () => NativeConnection.connect(server),
    (error, pauseMs) =>
      logger.warn(
        { err: error, address: server.address, pauseMs },
        'Waiting for Temporal: not responding yet',
      ),
    signal,
  );

/**
 * Registers what runs are searched by, if this worker may. If it may not, as in a Temporal that
 * somebody else looks after, runs go without until somebody does.
 */
export async function prepareTemporal(
  connection: NativeConnection,
  namespace: string,
  logger: Logger,
): Promise<void> {
  try {
    await prepareNamespace(connection, { ...temporalSettings, namespace });
  } catch (error) {
    const message =
      'The Temporal namespace could not be set up; runs cannot be searched in Temporal until its search attributes are registered';
    logger.warn({ err: error, namespace }, message);
  }
}

/**
 * Waits until Temporal and the database say whose the task queue is.
 * @throws ConfigError where another installation has its runs in it
 */
export async function claimQueue(
  client: Client,
  taskQueue: string,
  readInstallationId: () => Promise<string>,
  logger: Logger,
  signal: AbortSignal,
): Promise<OwnQueue> {
  const claim = async () => {
    const queue = { taskQueue, installationId: await readInstallationId() };
    await refuseForeignQueue(client, queue);
    return queue;
  };
  return keepTrying(
    claim,
    (error, pauseMs) => {
      if (error instanceof ConfigError) throw error;
      logger.warn({ err: error, pauseMs }, 'Waiting for Temporal and the database');
    },
    signal,
  );
}

/**
 * Sets up the schedules of maintenance, trying again until it succeeds or `signal` aborts: a
 * namespace that was registered just now is known only in some seconds. Never rejects.
 */
export async function keepSchedules(
  client: Client,
  queue: OwnQueue,
  logger: Logger,
  signal: AbortSignal,
): Promise<void> {
  let failed = 0;
  const warn = (error: unknown) => {
    failed += 1;
    // The first failures are those of a namespace that is new.
    if (failed === 5) logger.warn({ err: error }, 'Maintenance is not scheduled; trying again');
  };
  const prepare = () => client.withAbortSignal(signal, () => prepareSchedules(client, queue));
  await keepTrying(prepare, warn, signal).catch(() => undefined);
}

/**
 * Workflow tasks share the cores, and each is to end well before its time-out. More than cores, as
 * a task also waits for the database.
 */
const workflowTasksAtOnce = Math.max(16, 8 * availableParallelism());

/**
 * A worker for runs, tuned so that a killed worker is noticed within seconds.
 *
 * A task for a dead worker's cache goes to the others after `stickyQueueScheduleToStartTimeout`, as
 * one that it was at does after the time-out of tasks. Less, and a worker with much to do loses tasks
 * that wait for it: their runs are replayed, which costs more, and wait for several times as long;
 * heartbeats reach Temporal each second, well within the six that a call may be silent.
 */
export function createWorker(options: {
  connection: NativeConnection;
  namespace: string;
  taskQueue: string;
  activities: NonNullable<WorkerOptions['activities']>;
  workflowBundle?: WorkerOptions['workflowBundle'];
  dataConverter?: WorkerOptions['dataConverter'];
  interceptors?: WorkerOptions['interceptors'];
  sinks?: WorkerOptions['sinks'];
}): Promise<Worker> {
  const { workflowBundle = { codePath: workflowBundlePath }, ...given } = options;
  return Worker.create({
    ...given,
    ...forAllWorkers,
    workflowBundle,
    maxConcurrentWorkflowTaskExecutions: workflowTasksAtOnce,
    maxConcurrentLocalActivityExecutions: 100,
    maxConcurrentActivityTaskExecutions: 200,
    stickyQueueScheduleToStartTimeout: '5s',
  });
}

/** A worker for activities that have a task queue and places of their own: see `knowledgeQueueOf`, `eventsQueueOf`. */
export function createSideWorker({
  atOnce,
  ...given
}: {
  connection: NativeConnection;
  namespace: string;
  taskQueue: string;
  atOnce: number;
  activities: NonNullable<WorkerOptions['activities']>;
  interceptors?: WorkerOptions['interceptors'];
}): Promise<Worker> {
  return Worker.create({
    ...given,
    ...forAllWorkers,
    maxConcurrentActivityTaskExecutions: atOnce,
  });
}

/**
 * Runs a worker until `signal` aborts, also when it had before, and lets it finish its work. What
 * fails while it stops is told and ends nothing: all of it is repeated elsewhere.
 * @throws Error where the worker failed by itself
 */
export async function runWorker(
  worker: Pick<Worker, 'runUntil'>,
  signal: AbortSignal,
  logger: Pick<Logger, 'info'>,
): Promise<void> {
  const asked = new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
  try {
    await worker.runUntil(asked);
  } catch (error) {
    if (!signal.aborted) throw error;
    const message = 'The worker stopped before all its work had ended; another worker repeats it';
    logger.info({ err: error }, message);
  }
}
