import {
  type Activities,
  type KeyOwner,
  createActivities,
  createEmbed,
  createEgress,
  createGemini,
  createGeminiKey,
  createSharedKey,
  geminiService,
  openStored,
  type ReadSecret,
} from '@crmflow/activities';
import { listItems, sharedKeySettings } from '@crmflow/contracts/env';
import {
  openEndpointSecrets,
  publishLive,
  readMessages,
  readSecretOfRun,
  readSecretOfWorkspace,
  type SecretCipher,
} from '@crmflow/db';
import { forgetRuns } from '@crmflow/temporal-config';
import type { Client } from '@temporalio/client';
import type { Pool } from 'pg';
import type { Config } from './config.js';
import { createPacer } from './pacer.js';

/** How far back the model can see; the prompt keeps what fits its budget. */
const transcriptLength = 500;

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
  }: {
    pool: Pool;
    maintenancePool: Pool;
    cipher: SecretCipher;
    client: Client;
    countExpiredRuns: (runs: number) => void;
  },
): Activities {
  const readSecret: ReadSecret = (runId, service) =>
    readSecretOfRun(pool, cipher, { runId, service });
  const readGeminiKey = (keyOwner: KeyOwner) =>
    'runId' in keyOwner
      ? readSecret(keyOwner.runId, geminiService)
      : readSecretOfWorkspace(pool, cipher, { ...keyOwner, service: geminiService });
  const gemini = config.GEMINI_BASE_URL !== undefined && { baseUrl: config.GEMINI_BASE_URL };
  const provider = createGemini({
    apiKey: createGeminiKey({
      open: (keyOwner, signal) => openStored(() => readGeminiKey(keyOwner), geminiService, signal),
      ...(config.GEMINI_API_KEY !== undefined && { shared: config.GEMINI_API_KEY }),
      ...gemini,
    }),
    model: config.GEMINI_MODEL,
    sharedKey: createSharedKey(sharedKeySettings(config), { pool, model: config.GEMINI_MODEL }),
    ...gemini,
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
    openEndpointSecrets: (endpoint) => openEndpointSecrets(pool, cipher, endpoint),
    provider,
    embed: createEmbed(provider),
    forgetRuns: (runIds) => forgetRuns(client, runIds),
    countExpiredRuns,
  });
}
