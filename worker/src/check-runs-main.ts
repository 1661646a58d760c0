import { ConfigError } from '@crmflow/contracts/env';
import { createPool } from '@crmflow/db';
import { connectTemporal, temporalServer } from '@crmflow/temporal-config';
import { Client } from '@temporalio/client';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { checkRuns, type CheckedRuns } from './check-runs.js';
import { type Config, readConfig } from './config.js';
import { createProgramCodec } from './program-codec.js';
import { workflowBundlePath } from './temporal.js';

const atMost = 200;
const shown = 5;

async function check(config: Config): Promise<CheckedRuns> {
  // What it would log of each run is in the result.
  Runtime.install({ logger: new DefaultLogger('ERROR', () => {}) });
  const { TEMPORAL_NAMESPACE: namespace, TEMPORAL_TASK_QUEUE: taskQueue } = config;
  const pool = createPool(config.DATABASE_DIRECT_URL, { max: 4 });
  const connection = await connectTemporal(temporalServer(config));
  try {
    return await checkRuns(new Client({ connection, namespace }), {
      ...{ taskQueue, atMost },
      workflowBundle: { codePath: workflowBundlePath },
      dataConverter: { payloadCodecs: [createProgramCodec(pool)] },
    });
  } finally {
    await Promise.all([connection.close(), pool.end()]);
  }
}

try {
  const { replayed, broken } = await check(readConfig(process.env));
  if (broken.length === 0) {
    process.stdout.write(
      `This version continues the ${replayed} newest active runs (at most ${atMost}).\n`,
    );
  } else {
    const lines = broken.slice(0, shown).map(({ runId, reason }) => `  ${runId}: ${reason}\n`);
    process.stderr.write(
      `This version cannot continue ${broken.length} of the ${replayed} newest active runs. Keep the workers of the previous version running.\n${lines.join('')}`,
    );
    process.exitCode = 1;
  }
} catch (error) {
  const { message, stack } = error as Error;
  process.stderr.write(
    error instanceof ConfigError ? `${message}\n` : `Active runs could not be checked: ${stack}\n`,
  );
  process.exitCode = 1;
}
