import { randomUUID } from 'node:crypto';
import type { OfficeHours } from '@crmflow/contracts';
import { useDatabase } from '@crmflow/db/testing';
import { expect, it } from 'vitest';
import { quietEnvironment, runIn } from '../test/quiet-environment.js';
import { createReadOfficeHours } from './read-office-hours.js';

const database = useDatabase();

/** A run of a workspace with these settings. */
async function newRun(settings: object): Promise<{ runId: string; workspaceId: string }> {
  const [runId, workspaceId] = [randomUUID(), randomUUID()];
  await database.pool.query(
    `WITH o AS (INSERT INTO "Workspace" (id, name, settings) VALUES ($1, 'Team', $3) RETURNING id),
          w AS (INSERT INTO "Workflow" (id, "workspaceId", name, "updatedAt")
                SELECT $2, id, 'Flow', now() FROM o RETURNING id),
          v AS (INSERT INTO "WorkflowVersion" (id, "workflowId", number, "contentHash", graph)
                SELECT id, id, 1, 'hash', '{}' FROM w)
     INSERT INTO "Run" (id, "workflowId", "versionId", "workspaceId") SELECT id, id, id, $1 FROM w`,
    [workspaceId, runId, JSON.stringify(settings)],
  );
  return { runId, workspaceId };
}

function read(runId: string) {
  const { pool } = database;
  const live = () => Promise.resolve();
  const activity = createReadOfficeHours({ pool, live, now: () => 7, random: () => 0 });
  return runIn(quietEnvironment(), activity, { runId, nodeId: 'it', visit: 1, label: 'It' });
}

const hours: OfficeHours = {
  timezone: 'Europe/Berlin',
  week: {
    ...{ mon: [{ from: '09:00', to: '17:00' }], tue: [], wed: [], thu: [], fri: [] },
    ...{ sat: [], sun: [] },
  },
  closed: ['2027-12-25'],
};

it('reads the office hours of the workspace as they are at that moment', async () => {
  const { runId, workspaceId } = await newRun({ officeHours: hours });
  // Nobody reads those of another workspace.
  await newRun({ officeHours: { ...hours, timezone: 'Asia/Tokyo' } });
  expect(await read(runId)).toEqual({ hours, at: 7 });
  const later = { ...hours, closed: ['2027-12-25', '2027-12-26'] };
  await database.pool.query('UPDATE "Workspace" SET settings = $2 WHERE id = $1', [
    workspaceId,
    JSON.stringify({ officeHours: later }),
  ]);
  expect(await read(runId)).toEqual({ hours: later, at: 7 });
});

it('takes a team that has set none, or that is gone, as always there', async () => {
  expect(await read((await newRun({})).runId)).toEqual({ hours: null, at: 7 });
  expect(await read((await newRun({ officeHours: null })).runId)).toEqual({ hours: null, at: 7 });
  expect(await read(randomUUID())).toEqual({ hours: null, at: 7 });
});

it('fails where what is stored are no office hours', async () => {
  const { runId } = await newRun({ officeHours: { timezone: 'Europe/Berlin' } });
  await expect(read(runId)).rejects.toThrow();
});
