import { randomUUID } from 'node:crypto';
import type { FlowTest, NewTest } from '@crmflow/contracts';
import { transaction } from '@crmflow/db';
import { audit, wasToldLately } from '../../access/audit.js';
import type { Access } from '../../access/authorize.js';
import { askOfClient } from '../../ask.js';
import type { Deps } from '../../deps.js';
import { AppError } from '../../errors/app-error.js';
import { noSuchFlow } from '../flow-errors.js';
import { storeTests, type TestStore } from './stored-tests.js';

type TestDeps = Pick<Deps, 'pool' | 'budgets'>;

const noSuchTest = () => new AppError('not_found', 'Test not found.');

const resourceOf = ({ id, name }: Pick<FlowTest, 'id' | 'name'>) => ({ kind: 'test', id, name });

/** Changes of one flow's tests come one after the other, so that all are counted. */
function changing<T>(
  { pool, budgets }: TestDeps,
  { workspaceId }: Access,
  workflowId: string,
  work: (store: TestStore) => Promise<T>,
): Promise<T> {
  return transaction(pool, async (client) => {
    const ask = askOfClient(client);
    const [flow] = await ask(`SELECT id FROM "Workflow" WHERE id = $1 FOR NO KEY UPDATE`, [
      workflowId,
    ]);
    if (!flow) throw noSuchFlow();
    return work({ ask, budgets, workspaceId, workflowId });
  });
}

async function flowOf({ pool }: TestDeps, testId: string): Promise<string> {
  const [row] = await askOfClient(pool)<{ workflowId: string }>(
    'SELECT "workflowId" FROM "FlowTest" WHERE id = $1',
    [testId],
  );
  if (!row) throw noSuchTest();
  return row.workflowId;
}

/** Gives a flow a further test. @throws AppError `not_found`, `tests_full`, `flow_storage_full` */
export function createTest(
  deps: TestDeps,
  access: Access,
  workflowId: string,
  fields: NewTest,
): Promise<FlowTest> {
  return changing(deps, access, workflowId, async (store) => {
    const test: FlowTest = { id: randomUUID(), ...fields };
    await storeTests(store, [test]);
    const changes = { workflowId };
    await audit(store.ask, access, { action: 'test.create', resource: resourceOf(test), changes });
    return test;
  });
}

/** Puts another test in place of one. @throws AppError as `createTest` */
export async function replaceTest(
  deps: TestDeps,
  access: Access,
  id: string,
  fields: NewTest,
): Promise<FlowTest> {
  const workflowId = await flowOf(deps, id);
  return changing(deps, access, workflowId, async (store) => {
    const [before] = await store.ask<{ gate: boolean }>(
      `SELECT coalesce((data->>'gate')::boolean, false) AS gate FROM "FlowTest" WHERE id = $1`,
      [id],
    );
    if (!before) throw noSuchTest();
    const test: FlowTest = { id, ...fields };
    await storeTests(store, [test]);
    // Whether publishing needs it is told each time; the studio saves the rest while it is typed.
    const gate = before.gate !== test.gate && { gate: { from: before.gate, to: test.gate } };
    if (!gate && (await wasToldLately(store.ask, access, ['test.create', 'test.change'], id))) {
      return test;
    }
    const changes = { workflowId, ...gate };
    await audit(store.ask, access, { action: 'test.change', resource: resourceOf(test), changes });
    return test;
  });
}

/** @throws AppError `not_found` */
export async function deleteTest(deps: TestDeps, access: Access, id: string): Promise<void> {
  const workflowId = await flowOf(deps, id);
  await changing(deps, access, workflowId, async ({ ask }) => {
    const [gone] = await ask<{ name: string }>(
      `DELETE FROM "FlowTest" WHERE id = $1 RETURNING data->>'name' AS name`,
      [id],
    );
    if (!gone) throw noSuchTest();
    const resource = resourceOf({ id, name: gone.name });
    await audit(ask, access, { action: 'test.delete', resource, changes: { workflowId } });
  });
}
