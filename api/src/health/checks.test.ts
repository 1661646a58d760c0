import { expect, it } from 'vitest';
import { type CheckDeps, checkParts } from './checks.js';

/** A Temporal that knows its namespace, and what it does with a list. */
function depsWith(list: () => Promise<unknown>): CheckDeps {
  return {
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
