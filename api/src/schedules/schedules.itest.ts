import { randomUUID } from 'node:crypto';
import type { RunEvent, RunStatus, ScheduleDeployment } from '@crmflow/contracts';
import { addFirings, publish, recordRun } from '@crmflow/db';
import { firstTimes, timingOf } from '@crmflow/expressions';
import { listRunSchedules, removeRunSchedule, runScheduleIdOf } from '@crmflow/temporal-config';
import { ScheduleNotFoundError } from '@temporalio/client';
import { beforeAll, describe, expect, it } from 'vitest';
import { deploymentRoutes } from '../deployments/routes.js';
import { scheduleSettingsOf } from '../deployments/schedule-settings.js';
import { removeOrphans, syncSchedule } from '../deployments/sync-schedules.js';
import { ask, newUser } from '../testing/ask.js';
import { greeting } from '../testing/flows.js';
import { useTestApi } from '../testing/test-api.js';
import { workspaceRoutes } from '../workspaces/routes.js';
import { scheduleRoutes } from './routes.js';

const api = useTestApi(() => ({
  environment: {
    CRMFLOW_REGISTRATION: 'open',
    PUBLIC_URL: 'https://crm.example.com',
    TEMPORAL_TASK_QUEUE: `schedules-${randomUUID()}`,
  },
  routes: (deps) => [...workspaceRoutes(deps), ...deploymentRoutes(deps), ...scheduleRoutes(deps)],
}));

let owner: Awaited<ReturnType<typeof newUser>>;
beforeAll(async () => {
  owner = await newUser(api);
});

const as = (what: string, json?: unknown, { token } = owner) =>
  ask(api, what, { token, ...(json !== undefined && { json }) });

async function flowWith(kind = 'schedule', query = ''): Promise<string> {
  const [trigger, ...nodes] = greeting.nodes;
  const flow = { ...greeting, nodes: [{ ...trigger, data: { kind } }, ...nodes] };
  const { body } = await as(`POST /api/workflows${query}`, flow);
  return body.id as string;
}

async function published(query = ''): Promise<string> {
  const id = await flowWith('schedule', query);
  expect((await as(`POST /api/workflows/${id}/publish`)).status).toBe(201);
  return id;
}

/** Not due during a test. */
const yearly = { cron: '0 0 1 1 *' };

const deploy = async (settings: object = yearly, query = '') => {
  const flowId = await published(query);
  const made = await as(`POST /api/workflows/${flowId}/deployments`, {
    kind: 'schedule',
    settings,
  });
  expect(made.status, made.text).toBe(201);
  const body = made.body as ScheduleDeployment;
  return { ...body, flowId, own: `/api/deployments/${body.id}` };
};
type Made = Awaited<ReturnType<typeof deploy>>;

const inTemporal = ({ id }: { id: string }) =>
  api.deps.temporal.schedule.getHandle(runScheduleIdOf(api.deps.config.temporal.taskQueue, id));
const isInTemporal = (one: { id: string }) =>
  inTemporal(one)
    .describe()
    .then(
      () => true,
      (error: unknown) => {
        if (error instanceof ScheduleNotFoundError) return false;
        throw error;
      },
    );

const ago = (seconds: number) => {
  const at = new Date(Date.now() - seconds * 1000);
  at.setUTCMilliseconds(0);
  return at;
};
async function fire({ id }: Made, at: Date): Promise<void> {
  await addFirings(api.deps.pool, id, 'scheduled', [at]);
  await publish(api.deps.pool, { kind: 'firing', deploymentId: id });
}

type Seen = { state: string; code: string | null; runId: string | null; scheduledAt: string };
const firingsOf = async ({ own }: Pick<Made, 'own'>): Promise<Seen[]> =>
  (await as(`GET ${own}/firings`)).body.items;

/** Deals with what is due until nothing more starts. */
async function settled(one: Made, states: string[]): Promise<Seen[]> {
  await expect
    .poll(
      async () => {
        api.deps.firings.wake(one.id);
        return (await firingsOf(one)).map(({ state }) => state);
      },
      { timeout: 20_000 },
    )
    .toEqual(states);
  return firingsOf(one);
}

const runsOf = ({ flowId }: Made) =>
  api.deps.db.run.findMany({ where: { workflowId: flowId }, orderBy: { startedAt: 'asc' } });

/** Tells the end of a run as its worker would. */
async function finish(runId: string, status: RunStatus = 'completed'): Promise<void> {
  const event = { seq: 1, at: Date.now(), type: 'run.finished', data: { status } } as RunEvent;
  const view = { status, currentNodes: [], variables: {}, lastSeq: 1 };
  await recordRun(api.deps.pool, { runId, events: [event], view, finishedAt: Date.now() });
}

const nth = <T>(items: readonly T[], index: number): T => {
  const item = items[index];
  if (item === undefined) throw new Error(`there is no item ${index}`);
  return item;
};

describe('a deployment of kind schedule', () => {
  it('is a schedule in Temporal, and none while it is paused', async () => {
    const made = await deploy({
      cron: '0 9 * * MON-FRI',
      timezone: 'Europe/Berlin',
      jitter: 'PT2M',
    });
    expect(made).toMatchObject({
      ...{ kind: 'schedule', enabled: true, health: { state: 'live' } },
      url: `https://crm.example.com/flows/${made.flowId}/share/${made.id}`,
      settings: { cron: '0 9 * * MON-FRI', overlap: 'all', catchUp: 'PT1H', input: {} },
    });
    const { spec, policies, action } = await inTemporal(made).describe();
    expect(action).toMatchObject({ workflowType: 'scheduledRun', args: [made.id] });
    expect(policies).toMatchObject({ overlap: 'ALLOW_ALL', catchupWindow: 3_600_000 });
    expect(spec).toMatchObject({ jitter: 120_000 });
    expect(spec.calendars?.map(({ hour }) => hour[0]?.start)).toEqual([8, 7]);

    const { body } = await as(`PATCH ${made.own}`, { enabled: false });
    expect(body.health).toEqual({ state: 'paused' });
    expect(await isInTemporal(made)).toBe(false);
    await as(`PATCH ${made.own}`, { enabled: true, settings: { every: 'PT5M' } });
    expect((await inTemporal(made).describe()).spec.intervals).toMatchObject([{ every: 300_000 }]);
    expect((await as(`GET ${made.own}`)).body.settings.cron).toBeUndefined();
    expect((await as(`DELETE ${made.own}`)).status).toBe(204);
    expect(await isInTemporal(made)).toBe(false);
  });

  it.each<[object, string]>([
    [{}, 'settings.cron'],
    [{ cron: '0 9 * * *', every: 'PT1H' }, 'settings.every'],
    [{ cron: '0 0 9 * * *' }, 'settings.cron'],
    [{ cron: '0 0 31 2 *' }, 'settings.cron'],
    [{ every: 'PT30S' }, 'settings.every'],
    [{ every: '5m' }, 'settings.every'],
    [{ calendar: { hour: 25 } }, 'settings.calendar'],
    [{ cron: '0 9 * * *', timezone: 'Europe/Atlantis' }, 'settings.timezone'],
    [{ cron: '0 9 * * *', overlap: 'queue' }, 'settings.overlap'],
    [{ cron: '0 9 * * *', catchUp: 'PT1S' }, 'settings.catchUp'],
    [
      { cron: '0 9 * * *', startAt: '2026-01-02T00:00:00Z', endAt: '2026-01-01T00:00:00Z' },
      'settings.endAt',
    ],
    [{ cron: '0 9 * * *', hour: 9 }, 'settings.hour'],
  ])('422 for %j', async (settings, path) => {
    const flowId = await published();
    const json = { kind: 'schedule', settings };
    const { status, body } = await as(`POST /api/workflows/${flowId}/deployments`, json);
    expect([status, body.errors?.[0]?.path]).toEqual([422, path]);
  });

  it('422 no_version for a flow that is not published', async () => {
    const json = { kind: 'schedule', settings: yearly };
    const { body } = await as(`POST /api/workflows/${await flowWith()}/deployments`, json);
    expect(body.code).toBe('no_version');
  });

  it('is created again where Temporal has lost it, and makes up for what came meanwhile', async () => {
    const made = await deploy({ every: 'PT1M' });
    await api.deps.pool.query(
      `UPDATE "Schedule" SET since = now() - interval '150 s' WHERE "deploymentId" = $1`,
      [made.id],
    );
    const { taskQueue } = api.deps.config.temporal;
    await removeRunSchedule(api.deps.temporal, taskQueue, made.id);
    await syncSchedule(api.deps, made.id);
    expect(await isInTemporal(made)).toBe(true);
    const kept = await firingsOf(made);
    expect(kept.length).toBeGreaterThanOrEqual(2);
    await syncSchedule(api.deps, made.id);
    expect(await firingsOf(made)).toHaveLength(kept.length);
  });

  it('goes from Temporal with its flow', async () => {
    const made = await deploy();
    const { taskQueue } = api.deps.config.temporal;
    expect((await as(`DELETE /api/workflows/${made.flowId}`)).status).toBe(204);
    await expect
      .poll(() => api.deps.db.deployment.count({ where: { id: made.id } }), { timeout: 20_000 })
      .toBe(0);
    await expect
      .poll(() => listRunSchedules(api.deps.temporal, taskQueue), { timeout: 20_000 })
      .toContain(made.id);
    await removeOrphans(api.deps);
    expect(await isInTemporal(made)).toBe(false);
  });
});

describe('the times of a schedule', () => {
  const zones = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'UTC'];
  const crons = ['30 2 * * *', '30 1 * * *', '*/20 0-4 * * *', '15 * * * SUN', '10 0,23 1,31 * *'];

  it('are all among those at which Temporal wakes, over all changes of clocks', async () => {
    const { temporal, config } = api.deps;
    const { namespace } = temporal.options;
    for (const timezone of zones) {
      for (const cron of crons) {
        const made = await deploy({ cron, timezone });
        const scheduleId = runScheduleIdOf(config.temporal.taskQueue, made.id);
        for (const from of [
          '2027-03-10',
          '2027-03-27',
          '2027-04-02',
          '2027-10-01',
          '2027-10-30',
          '2027-11-06',
        ]) {
          const start = Date.parse(from);
          const end = start + 4 * 86_400_000;
          const asTime = (ms: number) => ({ seconds: ms / 1000, nanos: 0 });
          const answer = await temporal.workflowService.listScheduleMatchingTimes({
            ...{ namespace, scheduleId },
            ...{ startTime: asTime(start) as never, endTime: asTime(end) as never },
          });
          const theirs = new Set(answer.startTime.map(({ seconds }) => Number(seconds) * 1000));
          const timing = timingOf(scheduleSettingsOf({ cron, timezone }));
          const ours = firstTimes(timing, start + 1, 1_000).filter((at) => at <= end);
          const isMissing = (at: number) => !theirs.has(at);
          expect(ours.filter(isMissing), `${cron} ${timezone} from ${from}`).toEqual([]);
        }
      }
    }
  });

  it('are told with their offset, and with warnings', async () => {
    const { own } = await deploy({ cron: '30 2 13 * FRI', timezone: 'Europe/Berlin' });
    const { body } = await as(`GET ${own}/next`);
    expect(body.times).toHaveLength(10);
    expect(body.times[0]).toMatch(/T02:30:00\+0[12]:00$/);
    expect(body.warnings.map(({ code }: { code: string }) => code)).toEqual(['both_days']);
    const { own: daily } = await deploy({ cron: '30 2 * * *', timezone: 'Europe/Berlin' });
    const { warnings } = (await as(`GET ${daily}/next`)).body;
    expect(warnings.map(({ code }: { code: string }) => code).sort()).toEqual([
      ...['repeated_time', 'skipped_time'],
    ]);
  });

  it('404 for another kind of deployment, and for strangers', async () => {
    const flowId = await published();
    const { body } = await as(`POST /api/workflows/${flowId}/deployments`, { kind: 'chat' });
    const stranger = await newUser(api);
    const { own } = await deploy();
    for (const what of ['GET next', 'GET firings', 'POST run-now', 'POST backfill']) {
      const [method = '', path = ''] = what.split(' ');
      const range = { from: '2026-01-01T00:00:00Z', to: '2026-01-02T00:00:00Z' };
      const json = path === 'backfill' ? range : method === 'POST' ? {} : undefined;
      expect((await as(`${method} /api/deployments/${body.id}/${path}`, json)).status).toBe(404);
      expect((await as(`${method} ${own}/${path}`, json, stranger)).status).toBe(404);
    }
  });
});

describe('a time that has come', () => {
  it('starts one run, however often it is told and whoever is at it', async () => {
    const made = await deploy({ ...yearly, input: { list: 'a' } });
    const at = ago(2);
    await Promise.all([1, 2, 3].map(() => fire(made, at)));
    const firing = nth(await settled(made, ['running']), 0);
    await fire(made, at);
    const run = nth(await runsOf(made), 0);
    expect(await runsOf(made)).toHaveLength(1);
    expect(firing).toMatchObject({ runId: run.id, scheduledAt: at.toISOString() });
    expect(run).toMatchObject({ timezone: 'UTC', startedBy: null });
    expect(run.input).toEqual({
      list: 'a',
      schedule: { scheduledAt: at.toISOString(), actualAt: expect.any(String) },
    });
    await finish(run.id);
    await settled(made, ['ended']);
  });

  it('finds the run that a process started before it died', async () => {
    const made = await deploy();
    const { db, firings } = api.deps;
    await fire(made, ago(2));
    await settled(made, ['running']);
    await db.scheduleFiring.updateMany({
      where: { deploymentId: made.id },
      data: { state: 'starting', runId: null, leaseUntil: new Date(0) },
    });
    firings.wake(made.id);
    const firing = nth(await settled(made, ['running']), 0);
    expect((await runsOf(made)).map(({ id }) => id)).toEqual([firing.runId]);
  });

  it('is missed where it comes later than the schedule catches up', async () => {
    const made = await deploy({ ...yearly, catchUp: 'PT5M' });
    await fire(made, ago(299));
    await fire(made, ago(301));
    const [, missed] = await settled(made, ['running', 'missed']);
    expect(missed?.code).toBe('too_late');
  });

  it('skips it while the last run is active, if so wanted', async () => {
    const made = await deploy({ ...yearly, overlap: 'skip' });
    await fire(made, ago(3));
    await settled(made, ['running']);
    await fire(made, ago(2));
    const [skipped] = await settled(made, ['skipped', 'running']);
    expect(skipped?.code).toBe('overlap');
    await finish(nth(await runsOf(made), 0).id);
    await fire(made, ago(1));
    await settled(made, ['running', 'skipped', 'ended']);
    expect(await runsOf(made)).toHaveLength(2);
  });

  it('waits for the run before it, if so wanted, in the order of times', async () => {
    const made = await deploy({ ...yearly, overlap: 'buffer' });
    await Promise.all([3, 2, 1].map((seconds) => fire(made, ago(seconds))));
    await settled(made, ['due', 'due', 'running']);
    await finish(nth(await runsOf(made), 0).id);
    await settled(made, ['due', 'running', 'ended']);
    await finish(nth(await runsOf(made), 1).id);
    await settled(made, ['running', 'ended', 'ended']);
    const times = (await runsOf(made)).map(
      ({ input }) => (input as { schedule: { scheduledAt: string } }).schedule.scheduledAt,
    );
    expect(times).toEqual([...times].sort());
  });

  it('starts nothing while the schedule is paused, nor once it is deleted', async () => {
    const made = await deploy();
    await as(`PATCH ${made.own}`, { enabled: false });
    await fire(made, ago(1));
    const [skipped] = await settled(made, ['skipped']);
    expect(skipped?.code).toBe('disabled');
    await as(`DELETE ${made.own}`);
    expect(await runsOf(made)).toEqual([]);
  });

  it('counts by the settings before, where they change at that moment', async () => {
    const made = await deploy({ every: 'PT1M' });
    await api.deps.pool.query(
      `UPDATE "Schedule" SET since = now() - interval '70 s' WHERE "deploymentId" = $1`,
      [made.id],
    );
    await as(`PATCH ${made.own}`, { settings: yearly });
    expect((await firingsOf(made)).length).toBeGreaterThanOrEqual(1);
    const known = await firingsOf(made);
    await as(`PATCH ${made.own}`, { settings: { input: { a: 1 } } });
    expect(await firingsOf(made)).toHaveLength(known.length);
  });
});

describe('a schedule that cannot go on', () => {
  it('pauses itself after ten failed runs in a row, and says so', async () => {
    const made = await deploy();
    const failing = async (count: number, status: RunStatus = 'failed') => {
      for (let index = 0; index < count; index += 1) {
        const { body } = await as(`POST ${made.own}/run-now`, {});
        await finish(body.runId as string, status);
      }
    };
    await failing(9);
    await failing(1, 'completed');
    await failing(9);
    api.deps.firings.wake(made.id);
    await expect
      .poll(async () => (await firingsOf(made)).some(({ state }) => state === 'running'))
      .toBe(false);
    expect((await as(`GET ${made.own}`)).body.enabled).toBe(true);
    await failing(1);
    api.deps.firings.wake(made.id);
    await expect.poll(async () => (await as(`GET ${made.own}`)).body.enabled).toBe(false);
    const { body } = await as(`GET ${made.own}`);
    expect(body).toMatchObject({ pausedBecause: 'failing', health: { state: 'paused' } });
    expect(body.health.detail).toMatch(/10 runs in a row/);
    await expect.poll(() => isInTemporal(made)).toBe(false);

    const resumed = (await as(`PATCH ${made.own}`, { enabled: true })).body;
    expect(resumed).toMatchObject({ enabled: true, pausedBecause: null });
    expect(await isInTemporal(made)).toBe(true);
    await failing(1);
    api.deps.firings.wake(made.id);
    expect((await as(`GET ${made.own}`)).body.enabled).toBe(true);
  });

  it('pauses itself where who set it up has left the workspace', async () => {
    const team = (await as('POST /api/workspaces', { name: 'Team' })).body.id as string;
    const made = await deploy(yearly, `?workspaceId=${team}`);
    const heir = await newUser(api);
    await api.deps.db.schedule.update({
      where: { deploymentId: made.id },
      data: { ownerId: heir.user.id },
    });
    await fire(made, ago(1));
    await settled(made, ['skipped']);
    const { body } = await as(`GET ${made.own}`);
    expect(body).toMatchObject({ enabled: false, pausedBecause: 'owner_gone' });
    expect(body.health.detail).toMatch(/no longer a member/);
    await as(`PATCH ${made.own}`, { enabled: true });
    await fire(made, ago(0));
    await settled(made, ['running', 'skipped']);
  });

  it('says why a time started no run', async () => {
    const made = await deploy();
    await api.deps.db.deployment.update({ where: { id: made.id }, data: { version: 7 } });
    await fire(made, ago(1));
    const [refused] = await settled(made, ['refused']);
    expect(refused?.code).toBe('no_version');
    expect((await as(`GET ${made.own}`)).body.health.state).toBe('error');
    expect((await as(`POST ${made.own}/run-now`, {})).body.code).toBe('no_version');
  });
});

describe('a run at another time', () => {
  it('starts now, once for each request, also while the schedule is paused', async () => {
    const made = await deploy({ ...yearly, overlap: 'skip' });
    await as(`PATCH ${made.own}`, { enabled: false });
    const json = { requestId: 'again' };
    const [first, second] = [
      await as(`POST ${made.own}/run-now`, json),
      await as(`POST ${made.own}/run-now`, json),
    ];
    expect([first.status, second.status]).toEqual([201, 200]);
    expect(second.body).toEqual(first.body);
    expect((await as(`POST ${made.own}/run-now`, {})).status).toBe(201);
    expect(await runsOf(made)).toHaveLength(2);
  });

  it('makes up for past times, counted first, once', async () => {
    const made = await deploy({ every: 'PT1H', startAt: '2026-01-01T00:30:00Z' });
    const range = { from: '2026-03-01T00:30:00Z', to: '2026-03-01T03:00:00Z' };
    const count = await as(`POST ${made.own}/backfill`, { ...range, dryRun: true });
    expect([count.status, count.body]).toEqual([200, { count: 3, known: 0, dryRun: true }]);
    expect(await runsOf(made)).toEqual([]);
    const started = await as(`POST ${made.own}/backfill`, range);
    expect([started.status, started.body]).toEqual([202, { count: 3, known: 0, dryRun: false }]);
    await settled(made, ['running', 'running', 'running']);
    expect((await as(`POST ${made.own}/backfill`, range)).body).toMatchObject({ known: 3 });
    expect(await runsOf(made)).toHaveLength(3);
  });

  it('makes up for them one after the other where runs must not overlap', async () => {
    const made = await deploy({ every: 'PT1H', overlap: 'skip' });
    const range = { from: '2026-03-01T00:00:00Z', to: '2026-03-01T01:00:00Z' };
    await as(`POST ${made.own}/backfill`, range);
    await settled(made, ['due', 'running']);
    await finish(nth(await runsOf(made), 0).id);
    await settled(made, ['running', 'ended']);
  });

  it.each([
    [{ from: '2026-03-02T00:00:00Z', to: '2026-03-01T00:00:00Z' }, 'to'],
    [{ from: '2026-03-02T00:00:00Z', to: '2099-03-01T00:00:00Z' }, 'to'],
    [{ from: '2025-03-02T00:00:00Z', to: '2026-03-01T00:00:00Z' }, 'to'],
    [{ from: 'yesterday', to: '2026-03-01T00:00:00Z' }, 'from'],
  ])('422 for %j', async (range, path) => {
    const { own } = await deploy({ every: 'PT1H' });
    const { status, body } = await as(`POST ${own}/backfill`, range);
    expect([status, body.errors?.[0]?.path]).toEqual([422, path]);
  });
});
