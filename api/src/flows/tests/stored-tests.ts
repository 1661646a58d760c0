import { randomUUID } from 'node:crypto';
import { type FlowTest, flowTestSchema, limits } from '@crmflow/contracts';
import type { Ask } from '../../ask.js';
import { AppError } from '../../errors/app-error.js';
import type { Budgets } from '../../usage/budgets.js';

/** A test as it is stored. */
type TestRow = { id: string; data: object };

/** A stored test, with the defaults of fields that it was stored without. */
const toTest = ({ id, data }: TestRow): FlowTest => flowTestSchema.parse({ ...data, id });

const dataOf = ({ id: _, ...data }: FlowTest) => JSON.stringify(data);

/** The tests of a flow, in their order. */
export async function readTests(ask: Ask, workflowId: string): Promise<FlowTest[]> {
  const rows = await ask<TestRow>(
    `SELECT id, data FROM "FlowTest" WHERE "workflowId" = $1 ORDER BY "order", id`,
    [workflowId],
  );
  return rows.map(toTest);
}

/** The error of a flow that has as many tests as it may have. */
const testsFull = (): AppError =>
  new AppError(
    'tests_full',
    `A flow may have ${limits.flowTests} tests, with ${limits.flowTestsBytes / 1000} kB together. Delete tests that you no longer need.`,
  );

/** Where tests are stored: in a transaction that has locked their flow. */
export type TestStore = {
  ask: Ask;
  budgets: Pick<Budgets, 'requireRoom'>;
  workspaceId: string;
  workflowId: string;
};

/**
 * Stores tests of a flow under their ids: new ones behind those that it has, others in place of what
 * they were.
 * @throws AppError `tests_full`, `flow_storage_full`
 */
export async function storeTests(
  { ask, budgets, workspaceId, workflowId }: TestStore,
  tests: readonly FlowTest[],
): Promise<void> {
  if (tests.length === 0) return;
  const rows = tests.map((test) => ({ id: test.id, data: dataOf(test) }));
  const sent = JSON.stringify(rows.map(({ id, data }) => ({ id, bytes: Buffer.byteLength(data) })));
  const [after] = await ask<{ count: number; bytes: number; growth: number }>(
    `SELECT count(*)::int AS count, coalesce(sum(coalesce(sent.bytes, kept.bytes)), 0)::int AS bytes,
            coalesce(sum(sent.bytes - coalesce(kept.bytes, 0)), 0)::int AS growth
       FROM (SELECT id, bytes FROM "FlowTest" WHERE "workflowId" = $1) kept
       FULL JOIN jsonb_to_recordset($2::jsonb) AS sent (id text, bytes int) ON sent.id = kept.id`,
    [workflowId, sent],
  );
  const { count, bytes, growth } = after!;
  if (count > limits.flowTests || bytes > limits.flowTestsBytes) throw testsFull();
  if (growth > 0) await budgets.requireRoom(ask, workspaceId, { flowStorage: growth });
  await ask(
    `INSERT INTO "FlowTest" (id, "workflowId", data, bytes, "order")
     SELECT one->>'id', $1, (one->>'data')::jsonb, octet_length(one->>'data'),
            place + (SELECT coalesce(max("order"), 0) FROM "FlowTest" WHERE "workflowId" = $1)
       FROM jsonb_array_elements($2::jsonb) WITH ORDINALITY AS sent (one, place)
     ON CONFLICT (id) DO UPDATE
        SET data = excluded.data, bytes = excluded.bytes, "updatedAt" = now()
      WHERE "FlowTest"."workflowId" = excluded."workflowId"`,
    [workflowId, JSON.stringify(rows)],
  );
}

/**
 * Makes these all the tests that a flow has. Ids that are none of its tests' are replaced: others may
 * have them.
 * @throws AppError as `storeTests`
 */
export async function replaceTests(store: TestStore, tests: readonly FlowTest[]): Promise<void> {
  const { ask, workflowId } = store;
  const kept = await ask<{ id: string }>(
    `DELETE FROM "FlowTest" WHERE "workflowId" = $1 RETURNING id`,
    [workflowId],
  );
  const own = new Set(kept.map(({ id }) => id));
  await storeTests(
    store,
    tests.map((test) => (own.has(test.id) ? test : { ...test, id: randomUUID() })),
  );
}
