import { setTimeout as sleep } from 'node:timers/promises';
import { ConfigError, requireEnvironment } from '@crmflow/contracts/env';
import { isGrpcServiceError } from '@temporalio/client';
import { connectTemporal } from './client.js';
import { prepareNamespace } from './namespace.js';
import { type TemporalServer, temporalServer } from './server.js';
import { temporalSettings } from './settings.js';

/** A server that was started just now takes a while to answer, and to know a new namespace. */
const patienceMs = 120_000;
const pauseMs = 1_000;

/**
 * PERMISSION_DENIED and UNIMPLEMENTED of gRPC: where others look after the namespaces, as in Temporal
 * Cloud.
 */
const refusals: ReadonlySet<number> = new Set([7, 12]);

async function prepareOnce(server: TemporalServer, namespace: string): Promise<void> {
  const connection = await connectTemporal(server);
  try {
    await prepareNamespace(connection, { ...temporalSettings, namespace });
  } finally {
    await connection.close();
  }
}

/** @returns whether it may set the namespace up */
async function prepare(server: TemporalServer, namespace: string): Promise<boolean> {
  for (const limit = Date.now() + patienceMs; ; await sleep(pauseMs)) {
    try {
      await prepareOnce(server, namespace);
      return true;
    } catch (error) {
      if (isGrpcServiceError(error) && refusals.has(Number(error.code))) return false;
      if (Date.now() > limit) throw error;
    }
  }
}

async function main(): Promise<void> {
  // Only what concerns Temporal: this role has no secrets.
  const given = Object.entries(process.env).filter(([name]) => name.startsWith('TEMPORAL_'));
  const environment = requireEnvironment(Object.fromEntries(given), {
    TEMPORAL_ADDRESS: '127.0.0.1:7233',
  });
  const { TEMPORAL_NAMESPACE: namespace } = environment;
  const isReady = await prepare(temporalServer(environment), namespace);
  process.stdout.write(
    isReady
      ? `The namespace "${namespace}" is ready\n`
      : `Temporal does not allow to set up the namespace "${namespace}". Register it and its search attributes yourself: see docs/guides/operations.md\n`,
  );
}

try {
  await main();
} catch (error) {
  const { message } = error as Error;
  process.stderr.write(
    error instanceof ConfigError
      ? `${message}\n`
      : `The Temporal namespace could not be set up: ${message}\n`,
  );
  process.exitCode = 1;
}
