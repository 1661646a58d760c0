import { MockActivityEnvironment } from '@temporalio/testing';
import type { Pool } from 'pg';
import { expect, it } from 'vitest';
import { createMaintenance } from './maintenance.js';

type Line = { message: string; job?: string; removed?: number };

/** Maintenance of a database whose statements each remove so many rows, and what it logs. */
function maintenanceOf(removes: () => number) {
  const lines: Line[] = [];
  const info = (message: string, meta: object = {}) => void lines.push({ message, ...meta });
  const quiet = () => undefined;
  const environment = new MockActivityEnvironment(
    {},
    { logger: { info, log: quiet, trace: quiet, debug: quiet, warn: quiet, error: quiet } },
  );
  const jobs = createMaintenance({
    maintenancePool: { query: async () => ({ rowCount: removes() }) } as unknown as Pool,
    forgetRuns: () => Promise.resolve(),
    countExpiredRuns: () => undefined,
  });
  return { lines, run: () => environment.run(jobs.pruneDrafts) };
}

it('logs which job removed how much', async () => {
  const { run, lines } = maintenanceOf(() => 3);
  expect(await run()).toBe(3);
  expect(lines).toMatchObject([
    { message: 'Maintenance removed something', job: 'pruneDrafts', removed: 3 },
  ]);
});

it('logs nothing where there was nothing to remove, or where it failed', async () => {
  const idle = maintenanceOf(() => 0);
  expect(await idle.run()).toBe(0);
  const broken = maintenanceOf(() => {
    throw new Error('away');
  });
  await expect(broken.run()).rejects.toThrow('away');
  expect([...idle.lines, ...broken.lines]).toEqual([]);
});
