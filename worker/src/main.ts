import { randomUUID } from 'node:crypto';
import { localModelOf } from '@crmflow/activities';
import { eventsQueueOf, knowledgeQueueOf } from '@crmflow/contracts';
import { ConfigError, listItems } from '@crmflow/contracts/env';
import {
  createLogOutput,
  createPool,
  createSecretCipher,
  type PoolOptions,
  readInstallationId,
} from '@crmflow/db';
import { startTracing, temporalServer } from '@crmflow/temporal-config';
import { Client } from '@temporalio/client';
import { Runtime } from '@temporalio/worker';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { activitiesOf } from './activities.js';
import { type Config, readConfig } from './config.js';
import { countAttempts } from './count-attempts.js';
import { createExpiredRunsCounter } from './expired-runs-counter.js';
import { createSdkMetrics, serveMetrics } from './metrics.js';
import { createProgramCodec } from './program-codec.js';
import {
  claimQueue,
  connect,
  createSideWorker,
  createWorker,
  keepSchedules,
  prepareTemporal,
  runWorker,
  temporalLogger,
} from './temporal.js';
import { traceActivity, traceSinks } from './tracing.js';
import { keepMeanings } from './keep-meanings.js';
import { rotateKeys, startHeartbeat } from './upkeep.js';
import { wakeEndpoints } from './wake-endpoints.js';

async function main(config: Config): Promise<void> {
  const logger = pino(
    { name: 'worker', level: config.LOG_LEVEL, serializers: { error: pino.stdSerializers.err } },
    createLogOutput('worker'),
  );
  const endTracing = await startTracing(
    'crmflow-worker',
    config.OTEL_EXPORTER_OTLP_ENDPOINT,
    (message) => logger.warn(`Traces: ${message}`),
  );
  const stop = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => stop.abort());
  const port = config.WORKER_METRICS_PORT;
  const sdkMetrics = port === undefined ? undefined : await createSdkMetrics();
  Runtime.install({
    logger: temporalLogger(logger),
    shutdownSignals: [],
    telemetryOptions: { ...sdkMetrics?.telemetryOptions, logging: { forward: {} } },
  });
  const counted = new Registry();
  const place = { host: config.WORKER_METRICS_HOST, token: config.METRICS_TOKEN };
  const metrics =
    port === undefined || sdkMetrics === undefined
      ? undefined
      : await serveMetrics({ ...place, port }, counted, () => sdkMetrics.read());

  const isPooled = config.DATABASE_DIRECT_URL !== config.DATABASE_URL;
  const poolOptions: PoolOptions = {
    connectionTimeoutMillis: 1_500,
    onError: (error) => logger.warn({ err: error }, 'A database connection failed'),
  };
  const pool = createPool(config.DATABASE_URL, {
    ...poolOptions,
    isPooled,
    max: 16,
    longestStatementMillis: 8_000,
  });
  // Removing an account takes as long as it takes, and no connection from the runs.
  const maintenancePool = createPool(config.DATABASE_DIRECT_URL, { ...poolOptions, max: 2 });
  // However busy the others are, this worker is heard.
  const heartbeatPool = createPool(config.DATABASE_URL, {
    ...poolOptions,
    isPooled,
    max: 1,
    longestStatementMillis: 2_000,
  });
  const localModel = localModelOf(config, (why) =>
    logger.warn(`Passages are found by words only: ${why}`),
  );
  const cipher = createSecretCipher({
    current: config.ENCRYPTION_KEY,
    previous: listItems(config.ENCRYPTION_KEY_PREVIOUS),
  });
  const connection = await connect(temporalServer(config), logger, stop.signal);
  const { TEMPORAL_NAMESPACE: namespace, TEMPORAL_TASK_QUEUE: taskQueue } = config;
  await prepareTemporal(connection, namespace, logger);
  const client = new Client({ connection, namespace });
  const queue = await claimQueue(
    client,
    taskQueue,
    () => readInstallationId(pool),
    logger,
    stop.signal,
  );
  const options = {
    ...{ connection, namespace, taskQueue },
    interceptors: { activity: [traceActivity, countAttempts(counted)] },
    sinks: traceSinks,
    activities: {
      ...activitiesOf(config, {
        ...{ pool, maintenancePool, cipher, client, localModel },
        countExpiredRuns: createExpiredRunsCounter(counted),
      }),
    },
  };
  const dataConverter = { payloadCodecs: [createProgramCodec(pool)] };
  const workers = await Promise.all([
    createWorker({ ...options, dataConverter }),
    createSideWorker({ ...options, taskQueue: knowledgeQueueOf(taskQueue), atOnce: 8 }),
    createSideWorker({ ...options, taskQueue: eventsQueueOf(taskQueue), atOnce: 50 }),
  ]);
  const schedules = keepSchedules(client, queue, logger, stop.signal);
  const waking = wakeEndpoints({ pool: heartbeatPool, client, taskQueue, logger }, stop.signal);
  const embedding = localModel
    ? keepMeanings({ pool, model: localModel, logger }, stop.signal)
    : undefined;
  const rotation = rotateKeys(pool, cipher, logger);
  const endHeartbeat = startHeartbeat(
    { pool: heartbeatPool, logger },
    {
      id: randomUUID(),
      taskQueue,
      isPolling: () => workers.every((worker) => worker.getState() === 'RUNNING'),
    },
  );
  try {
    await Promise.all(workers.map((worker) => runWorker(worker, stop.signal, logger)));
  } finally {
    // Where the worker ended by an error of its own, nothing else stops this.
    stop.abort();
    await schedules;
    await waking;
    await embedding;
    localModel?.close();
    await endHeartbeat();
    await rotation;
    await metrics?.close();
    await connection.close();
    await endTracing();
    await Promise.all([pool.end(), maintenancePool.end(), heartbeatPool.end()]);
  }
}

try {
  await main(readConfig(process.env));
} catch (error) {
  if (error instanceof ConfigError) {
    process.stderr.write(`${error.message}\n`);
  } else if (!(error instanceof Error && error.name === 'AbortError')) {
    const logger = pino({ name: 'worker' }, createLogOutput('worker'));
    logger.fatal({ err: error }, 'The worker stopped');
  }
  process.exitCode = error instanceof Error && error.name === 'AbortError' ? 0 : 1;
}
