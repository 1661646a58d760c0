import type { BackfillResult, NextTimes } from '@crmflow/contracts';
import { describe, expect, it } from 'vitest';
import { ask, node, say } from '../support/flows.js';
import { useInstallation } from '../support/installation.js';
import {
  deploySchedule,
  firingsOf,
  onceAt,
  runsOf,
  scheduledFlow,
  secondsAhead,
  settledFirings,
} from '../support/schedules.js';
import { temporalOf } from '../support/temporal-of.js';
import { until } from '../support/until.js';

const site = useInstallation();

const note = node('note', 'logic', {
  kind: 'set',
  assign: [
    { name: 'due', value: '{{ input.schedule.scheduledAt }}' },
    { name: 'list', value: '{{ input.list }}' },
  ],
});
const report = scheduledFlow([note, say('hello', 'Here is your report.')]);
const question = scheduledFlow([ask('answer')]);
const input = { list: 'weekly' };
const minute = 60_000;

describe('a schedule', { timeout: 120_000 }, () => {
  it('starts a run at its time, and tells the run of it', async () => {
    const { client } = site;
    const at = secondsAhead(4);
    const schedule = await deploySchedule(client, report, { ...onceAt(at), input });
    const next = await client.call<NextTimes>('GET', `/api/deployments/${schedule.id}/next`);
    expect(next.body.times.map((time) => Date.parse(time))).toEqual([at.getTime()]);

    const [firing] = await settledFirings(client, schedule, 1);
    expect(firing).toMatchObject({
      ...{ kind: 'scheduled', state: 'ended', scheduledAt: at.toISOString() },
    });
    const [run, ...others] = await runsOf(client, schedule);
    expect([run?.runId, others]).toEqual([firing?.runId, []]);
    expect((await client.snapshot(firing?.runId ?? '')).variables).toEqual({
      ...{ due: at.toISOString(), list: 'weekly' },
    });
    expect(Date.parse(firing?.actualAt ?? '')).toBeGreaterThanOrEqual(at.getTime());
  });

  it('starts a run now, once for each request', async () => {
    const { client } = site;
    const schedule = await deploySchedule(client, report, { cron: '0 0 1 1 *', input });
    const now = () =>
      client.call('POST', `/api/deployments/${schedule.id}/run-now`, { requestId: 'r-1' });
    const answers = await Promise.all([now(), now(), now()]);
    expect(new Set(answers.map(({ body }) => body['runId'])).size).toBe(1);
    const [firing] = await settledFirings(client, schedule, 1);
    expect(firing).toMatchObject({ kind: 'manual', state: 'ended' });
    expect(await runsOf(client, schedule)).toHaveLength(1);
  });

  it('makes up for past times one after the other, once', async () => {
    const { client } = site;
    const settings = { every: 'PT1M', overlap: 'buffer', startAt: '2026-01-01T00:00:00Z' };
    const ended = { endAt: '2026-01-01T00:02:00Z', input };
    const schedule = await deploySchedule(client, report, { ...settings, ...ended });
    const backfill = (more: object) =>
      client.call<BackfillResult>('POST', `/api/deployments/${schedule.id}/backfill`, {
        ...{ from: '2025-12-31T00:00:00Z', to: '2026-01-02T00:00:00Z', ...more },
      });
    expect((await backfill({ dryRun: true })).body).toMatchObject({ count: 3, known: 0 });
    expect((await backfill({})).body).toMatchObject({ count: 3, known: 0 });
    expect((await backfill({})).body).toMatchObject({ count: 3, known: 3 });
    const firings = await settledFirings(client, schedule, 3);
    expect(firings.map(({ kind, state }) => [kind, state])).toEqual(
      Array.from({ length: 3 }, () => ['backfill', 'ended']),
    );
    const runs = (await runsOf(client, schedule)).reverse();
    expect(runs.map(({ runId }) => runId)).toEqual(firings.map(({ runId }) => runId));
    const [first, second] = runs;
    expect(Date.parse(second?.startedAt ?? '')).toBeGreaterThanOrEqual(
      Date.parse(first?.finishedAt ?? ''),
    );
  });

  it('loses and doubles no time that comes while it is edited', async () => {
    const { client } = site;
    const at = secondsAhead(4);
    const schedule = await deploySchedule(client, report, onceAt(at));
    const edits: number[] = [];
    await until(
      'its time to be over',
      async () => {
        const name = `Edit ${edits.length}`;
        const settings = { ...onceAt(at), input: { list: name }, jitter: null };
        const path = `/api/deployments/${schedule.id}`;
        edits.push((await client.call('PATCH', path, { name, settings })).status);
        return Date.now() > at.getTime() + 2000;
      },
      { everyMs: 50 },
    );
    expect(new Set(edits)).toEqual(new Set([200]));
    const firings = await settledFirings(client, schedule, 1);
    expect(firings.map(({ scheduledAt }) => scheduledAt)).toEqual([at.toISOString()]);
    expect(await runsOf(client, schedule)).toHaveLength(1);
  });

  it('leaves its run alone when it is deleted, and starts no other', async () => {
    const { client } = site;
    const at = secondsAhead(4);
    const settings = { every: 'PT1M', startAt: at.toISOString() };
    const schedule = await deploySchedule(client, question, settings);
    const path = `/api/deployments/${schedule.id}`;
    const runId = await until('its run', async () => {
      const [firing] = await firingsOf(client, schedule);
      return firing?.state === 'running' && (firing.runId ?? false);
    });
    await until('the question', async () => (await client.snapshot(runId)).status === 'waiting');
    expect((await client.call('DELETE', path)).status).toBe(204);
    const temporal = await temporalOf(site.system);
    const known: string[] = [];
    for await (const { scheduleId } of temporal.schedule.list()) known.push(scheduleId);
    await temporal.connection.close();
    expect(known.filter((id) => id.includes(schedule.id))).toEqual([]);
    await client.call('POST', `/api/runs/${runId}/messages`, { message: 'Ada', messageId: 'm-1' });
    await until('its end', async () => (await client.snapshot(runId)).status === 'completed');
    expect(await runsOf(client, schedule)).toHaveLength(1);
  });

  it('starts nothing while the last run is active, where it must not overlap', async () => {
    const { client } = site;
    // Its second time comes a minute after the first.
    const at = secondsAhead(-minute / 1000 + 4);
    const settings = { every: 'PT1M', overlap: 'skip', startAt: at.toISOString() };
    const schedule = await deploySchedule(client, question, settings);
    const { body } = await client.call('POST', `/api/deployments/${schedule.id}/run-now`, {});
    const skipped = await until('its time', async () =>
      (await firingsOf(client, schedule)).find(({ kind }) => kind === 'scheduled'),
    );
    await until('what becomes of it', async () =>
      (await firingsOf(client, schedule)).some(({ state }) => state === 'skipped'),
    );
    expect(skipped.scheduledAt).toBe(new Date(at.getTime() + minute).toISOString());
    expect((await runsOf(client, schedule)).map(({ runId }) => runId)).toEqual([body['runId']]);
    await client.call('DELETE', `/api/deployments/${schedule.id}`);
    await client.call('POST', `/api/runs/${String(body['runId'])}/cancel`);
  });
});
