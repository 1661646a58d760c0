import { setTimeout as sleep } from 'node:timers/promises';
import { connectTemporal } from './client.js';
import { prepareNamespace } from './namespace.js';
import { temporalSettings } from './settings.js';

/** A server that was started just now takes a while to answer, and to know a new namespace. */
const patienceMs = 120_000;
const pauseMs = 1_000;

const { TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE } = process.env;

async function prepareOnce(address: string, namespace: string): Promise<void> {
  const connection = await connectTemporal(address);
  try {
    await prepareNamespace(connection, { ...temporalSettings, namespace });
  } finally {
    await connection.close();
  }
}

async function prepare(address: string, namespace: string): Promise<void> {
  for (const limit = Date.now() + patienceMs; ; await sleep(pauseMs)) {
    try {
      return await prepareOnce(address, namespace);
    } catch (error) {
      if (Date.now() > limit) throw error;
    }
  }
}

if (!TEMPORAL_ADDRESS) {
  process.stderr.write(
    'TEMPORAL_ADDRESS is not set. Set it to host:port, such as 127.0.0.1:7233\n',
  );
  process.exit(1);
}
const namespace = TEMPORAL_NAMESPACE || temporalSettings.namespace;
try {
  await prepare(TEMPORAL_ADDRESS, namespace);
  process.stdout.write(`The namespace "${namespace}" is ready\n`);
} catch (error) {
  const { message } = error as Error;
  process.stderr.write(`The namespace "${namespace}" could not be set up: ${message}\n`);
  process.exit(1);
}
