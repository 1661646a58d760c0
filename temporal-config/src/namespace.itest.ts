import { randomUUID } from 'node:crypto';
import type { Connection } from '@temporalio/client';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { until } from '../../tests/support/until.js';
import { connectTemporal } from './client.js';
import { prepareNamespace } from './namespace.js';
import { temporalSettings } from './settings.js';

let connection: Connection;
beforeAll(async () => {
  connection = await connectTemporal({ address: inject('temporalAddress') });
});
afterAll(() => connection.close());

const prepare = (namespace: string, more = {}) =>
  until('the namespace to be set up', () =>
    prepareNamespace(connection, { ...temporalSettings, namespace, ...more }).then(
      () => true,
      () => false,
    ),
  );

async function stateOf(namespace: string) {
  const { config } = await connection.workflowService.describeNamespace({ namespace });
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  return {
    days: Number(config?.workflowExecutionRetentionTtl?.seconds) / 86_400,
    attributes: Object.keys(customAttributes).sort(),
  };
}

const attributes = Object.keys(temporalSettings.searchAttributes).sort();

it('registers a namespace with retention and search attributes, once or often', async () => {
  const namespace = `n-${randomUUID()}`;
  await Promise.all([prepare(namespace), prepare(namespace)]);
  await prepare(namespace);
  await until('the attributes', async () => (await stateOf(namespace)).attributes.length > 0);
  expect(await stateOf(namespace)).toEqual({ days: temporalSettings.retentionDays, attributes });
});

it('raises what is kept for less, and lowers nothing', async () => {
  const namespace = `n-${randomUUID()}`;
  await prepare(namespace, { retentionDays: 3, searchAttributes: {} });
  await prepare(namespace);
  expect((await stateOf(namespace)).days).toBe(temporalSettings.retentionDays);
  await prepare(namespace, { retentionDays: 1 });
  expect((await stateOf(namespace)).days).toBe(temporalSettings.retentionDays);
});

it('says which attribute has another type', async () => {
  const namespace = `n-${randomUUID()}`;
  await prepare(namespace);
  await until('the attributes', async () => (await stateOf(namespace)).attributes.length > 0);
  const settings = { ...temporalSettings, namespace, searchAttributes: { CrmflowNode: 'Int' } };
  await expect(prepareNamespace(connection, { ...settings } as never)).rejects.toThrow(
    'The search attribute CrmflowNode of the namespace',
  );
});
