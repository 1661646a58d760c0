import { randomUUID } from 'node:crypto';
import { Client, type Connection } from '@temporalio/client';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { connectTemporal } from './client.js';
import { prepareSchedules, refuseForeignQueue, scheduleIdOf } from './schedules.js';

let connection: Connection;
let client: Client;
beforeAll(async () => {
  connection = await connectTemporal({ address: inject('temporalAddress') });
  client = new Client({ connection });
});
afterAll(() => connection.close());

const ours = (taskQueue: string) => ({ taskQueue, installationId: 'ours' });
const patience = { timeout: 10_000 };
const pruning = (taskQueue: string) =>
  client.schedule.getHandle(scheduleIdOf(taskQueue, 'pruneDrafts'));

it('creates the schedules once, however many workers start', async () => {
  const taskQueue = `q-${randomUUID()}`;
  await Promise.all([1, 2, 3].map(() => prepareSchedules(client, ours(taskQueue))));
  const { action, policies, spec } = await pruning(taskQueue).describe();
  expect(action).toMatchObject({ workflowType: 'maintenance', taskQueue, args: ['pruneDrafts'] });
  expect(policies.overlap).toBe('SKIP');
  expect(spec.intervals?.map(({ every }) => every)).toEqual([3_600_000]);
});

it('brings a schedule up to date, and leaves it paused where somebody paused it', async () => {
  const taskQueue = `q-${randomUUID()}`;
  await prepareSchedules(client, ours(taskQueue));
  await pruning(taskQueue).update(({ action, state }) => ({
    action,
    state,
    spec: { intervals: [{ every: '7 days' }] },
  }));
  await pruning(taskQueue).pause('Looked into.');
  const stand = async () => {
    const { spec, state } = await pruning(taskQueue).describe();
    const { paused, note } = state;
    return { every: spec.intervals?.map(({ every }) => every), paused, note };
  };
  const isPaused = { paused: true, note: 'Looked into.' };
  // Temporal answers before its scheduler has taken a change over.
  await expect.poll(stand, patience).toEqual({ every: [7 * 86_400_000], ...isPaused });
  await prepareSchedules(client, ours(taskQueue));
  await expect.poll(stand, patience).toEqual({ every: [3_600_000], ...isPaused });
});

it('keeps the schedules of several installations apart', async () => {
  const one = `q-${randomUUID()}`;
  const other = `q-${randomUUID()}`;
  await Promise.all([one, other].map((queue) => prepareSchedules(client, ours(queue))));
  expect((await pruning(one).describe()).action.taskQueue).toBe(one);
  expect((await pruning(other).describe()).action.taskQueue).toBe(other);
});

it('refuses a task queue in which another installation has its runs', async () => {
  const taskQueue = `q-${randomUUID()}`;
  await refuseForeignQueue(client, ours(taskQueue));
  await prepareSchedules(client, ours(taskQueue));
  await refuseForeignQueue(client, ours(taskQueue));
  const theirs = { taskQueue, installationId: 'theirs' };
  await expect(refuseForeignQueue(client, theirs)).rejects.toThrow(
    `The task queue "${taskQueue}" of this Temporal belongs to another installation.`,
  );
});

it('takes over a queue whose schedules are of before installations had ids', async () => {
  const taskQueue = `q-${randomUUID()}`;
  await client.schedule.create({
    scheduleId: scheduleIdOf(taskQueue, 'removeExpiredSessions'),
    spec: { intervals: [{ every: '1 hour' }] },
    action: { type: 'startWorkflow', workflowType: 'maintenance', taskQueue, args: [] },
  });
  await refuseForeignQueue(client, ours(taskQueue));
  await prepareSchedules(client, ours(taskQueue));
  const theirs = { taskQueue, installationId: 'theirs' };
  await expect(refuseForeignQueue(client, theirs)).rejects.toThrow('belongs to another');
});
