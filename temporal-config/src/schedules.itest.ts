import { randomUUID } from 'node:crypto';
import { Client, type Connection } from '@temporalio/client';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { connectTemporal } from './client.js';
import { prepareSchedules, scheduleIdOf } from './schedules.js';

let connection: Connection;
let client: Client;
beforeAll(async () => {
  connection = await connectTemporal({ address: inject('temporalAddress') });
  client = new Client({ connection });
});
afterAll(() => connection.close());

const pruning = (taskQueue: string) =>
  client.schedule.getHandle(scheduleIdOf(taskQueue, 'pruneDrafts'));

it('creates the schedules once, however many workers start', async () => {
  const taskQueue = `q-${randomUUID()}`;
  await Promise.all([1, 2, 3].map(() => prepareSchedules(client, taskQueue)));
  const { action, policies, spec } = await pruning(taskQueue).describe();
  expect(action).toMatchObject({ workflowType: 'maintenance', taskQueue, args: ['pruneDrafts'] });
  expect(policies.overlap).toBe('SKIP');
  expect(spec.intervals?.map(({ every }) => every)).toEqual([3_600_000]);
});

it('brings a schedule up to date, and leaves it paused where somebody paused it', async () => {
  const taskQueue = `q-${randomUUID()}`;
  await prepareSchedules(client, taskQueue);
  await pruning(taskQueue).update(({ action, state }) => ({
    action,
    state,
    spec: { intervals: [{ every: '7 days' }] },
  }));
  await pruning(taskQueue).pause('Looked into.');
  await prepareSchedules(client, taskQueue);
  const { spec, state } = await pruning(taskQueue).describe();
  expect(spec.intervals?.map(({ every }) => every)).toEqual([3_600_000]);
  expect(state).toMatchObject({ paused: true, note: 'Looked into.' });
});

it('keeps the schedules of several installations apart', async () => {
  const [one, other] = [`q-${randomUUID()}`, `q-${randomUUID()}`];
  await Promise.all([prepareSchedules(client, one), prepareSchedules(client, other)]);
  expect((await pruning(one).describe()).action.taskQueue).toBe(one);
  expect((await pruning(other).describe()).action.taskQueue).toBe(other);
});
