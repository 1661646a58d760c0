import {
  type Activities,
  type KeyOwner,
  createActivities,
  createEmbed,
  createEgress,
  createModels,
  type LocalModel,
  openStored,
  type ReadSecret,
} from '@crmflow/activities';
import { flowSchema } from '@crmflow/contracts';
import { listItems } from '@crmflow/contracts/env';
import {
  callbackSecretOf,
  openEndpointSecrets,
  publishLive,
  readMessages,
  readSecretOfRun,
  readSecretOfWorkspace,
  type SecretCipher,
} from '@crmflow/db';
import { checkFlow } from '@crmflow/expressions';
import { forgetRuns, removeRunSchedule } from '@crmflow/temporal-config';
import { compileProgram, type RunProgram } from '@crmflow/workflows';
import type { Client } from '@temporalio/client';
import type { Pool } from 'pg';
import type { Config } from './config.js';
import { createPacer } from './pacer.js';

/** How far back the model can see; the prompt keeps what fits its budget. */
const transcriptLength = 500;

/** What runs of a version execute; null where it would not run. */
function compile(graph: unknown): RunProgram | null {
  const flow = flowSchema.safeParse({ schemaVersion: 1, name: 'Program', ...(graph as object) });
  if (!flow.success) return null;
  const hasErrors = checkFlow(flow.data).some(({ severity }) => severity === 'error');
  return hasErrors ? null : compileProgram(flow.data);
}

async function readPersonality(pool: Pool, runId: string): Promise<string> {
  const { rows } = await pool.query<{ personality: string }>(
    `SELECT personality FROM "Run" JOIN "Workflow" ON "Workflow".id = "Run"."workflowId"
       JOIN "User" ON "User".id = "createdBy" WHERE "Run".id = $1`,
    [runId],
  );
  return rows[0]?.personality ?? '';
}

/** All activities, with the real world behind them. */
export function activitiesOf(
  config: Config,
  {
    pool,
    maintenancePool,
    cipher,
    client,
    countExpiredRuns,
    localModel,
  }: {
    pool: Pool;
    maintenancePool: Pool;
    cipher: SecretCipher;
    client: Client;
    countExpiredRuns: (runs: number) => void;
    localModel: LocalModel | undefined;
  },
): Activities {
  const readSecret: ReadSecret = (runId, service) =>
    readSecretOfRun(pool, cipher, { runId, service });
  const readModelKey = (service: string, keyOwner: KeyOwner) =>
    'runId' in keyOwner
      ? readSecret(keyOwner.runId, service)
      : readSecretOfWorkspace(pool, cipher, { ...keyOwner, service });
  const provider = createModels(config, {
    pool,
    open: (service, keyOwner, signal) =>
      openStored(() => readModelKey(service, keyOwner), service, signal),
  });
  return createActivities({
    pool,
    maintenancePool,
    now: Date.now,
    random: Math.random,
    pacer: createPacer(),
    live: (runId, event) => publishLive(pool, runId, event),
    readMessages: (runId, upToSeq) =>
      readMessages(pool, runId, { upToSeq, limit: transcriptLength }),
    readPersonality: (runId) => readPersonality(pool, runId),
    egress: createEgress({ allow: listItems(config.CRMFLOW_EGRESS_ALLOW) }),
    readSecret,
    readSecretOfWorkspace: (workspaceId, service) =>
      readSecretOfWorkspace(pool, cipher, { workspaceId, service }),
    compile,
    callbackSecretOf: (runId) => callbackSecretOf(config.ENCRYPTION_KEY, runId),
    publicUrl: config.PUBLIC_URL?.replace(/(?<!\/)\/+$/, ''),
    openEndpointSecrets: (endpoint) => openEndpointSecrets(pool, cipher, endpoint),
    provider,
    embed: createEmbed(provider, localModel),
    removeSchedule: (deploymentId) =>
      removeRunSchedule(client, config.TEMPORAL_TASK_QUEUE, deploymentId),
    forgetRuns: (runIds) => forgetRuns(client, runIds),
    countExpiredRuns,
  });
}
