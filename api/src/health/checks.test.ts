import { expect, it } from 'vitest';
import { type CheckDeps, checkParts } from './checks.js';

/** A Temporal that knows its namespace, and what it does with a list. */
function depsWith(list: () => Promise<unknown>, used = 0): CheckDeps {
  return {
    budgets: { ofInstallation: () => Promise.resolve({ database: used }) },
    pool: { query: () => Promise.resolve({ rows: [{ age: 0 }] }) },
    config: { temporal: { namespace: 'default', taskQueue: 'crmflow' } },
    engine: { countStuck: () => Promise.resolve(0) },
    temporal: {
      connection: {
        withDeadline: (_until: number, ask: () => Promise<unknown>) => ask(),
        workflowService: {
          describeNamespace: () => Promise.resolve({}),
          listWorkflowExecutions: list,
        },
      },
    },
  } as unknown as CheckDeps;
}

it('a Temporal that answers but cannot read its data is not ok', async () => {
  const damaged = () => Promise.reject(new Error('database disk image is malformed'));
  expect((await checkParts(depsWith(damaged))).temporal).toEqual({
    ok: false,
    detail: 'Temporal is responding, but cannot read its data. See its log for the cause.',
  });
  expect((await checkParts(depsWith(() => Promise.resolve({})))).temporal).toEqual({ ok: true });
});

it('a database that is nearly as large as it may be says so', async () => {
  const databaseAt = async (used: number) =>
    (await checkParts(depsWith(() => Promise.resolve({}), used))).database;
  expect(await databaseAt(0.79)).toEqual({ ok: true });
  expect(await databaseAt(0.85)).toEqual({
    ok: true,
    detail: 'It has reached 85% of DATABASE_LIMIT_GB.',
  });
});
