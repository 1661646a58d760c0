import { rmSync } from 'node:fs';
import type { Firing } from '@crmflow/contracts';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type Client, register } from '../support/client.js';
import { say } from '../support/flows.js';
import {
  deploySchedule,
  onceAt,
  runsOf,
  type Scheduled,
  scheduledFlow,
  secondsAhead,
  settledFirings,
} from '../support/schedules.js';
import { newDataDir, type OwnSystem, type Part, startSystem } from '../support/system.js';
import { until } from '../support/until.js';

const report = scheduledFlow([say('hello', 'Here is your report.')]);

/** What is killed in turn, just when a time comes. */
const victims: readonly Part[] = ['api', 'worker', 'temporal'];

const clock = (at: number, what: string) => until(what, () => Date.now() >= at, { everyMs: 1 });

/** Schedules of which each has one time, and an installation of which a part is killed just then. */
export function testSchedules({
  kills,
  apartSeconds,
}: {
  kills: number;
  /** Between two of them. */
  apartSeconds: number;
}): void {
  describe(`schedules, with ${kills} kills at their times`, { timeout: 900_000 }, () => {
    const dataDir = newDataDir(inject('templateDir'));
    let system: OwnSystem;
    let client: Client;

    beforeAll(async () => {
      system = await startSystem({ dataDir });
      client = await register(system.url);
    });
    afterAll(async () => {
      await system?.stop();
      rmSync(dataDir, { recursive: true, force: true });
    });

    /** Exactly one run for its only time. */
    async function expectOne(schedule: Scheduled, at: Date): Promise<Firing | undefined> {
      const firings = await settledFirings(client, schedule, 1);
      expect(firings.map(({ scheduledAt, state }) => [scheduledAt, state])).toEqual([
        [at.toISOString(), 'ended'],
      ]);
      const runs = await runsOf(client, schedule);
      expect(runs.map(({ runId }) => runId)).toEqual([firings[0]?.runId]);
      return firings[0];
    }

    it('starts one run for each time, whatever dies then', async () => {
      const times = Array.from({ length: kills }, (_, index) =>
        secondsAhead(8 + index * apartSeconds),
      );
      const schedules: Scheduled[] = [];
      for (const at of times) schedules.push(await deploySchedule(client, report, onceAt(at)));
      for (const [index, at] of times.entries()) {
        // Some before, some after it was told of.
        await clock(at.getTime() + (index % 5) * 40, 'the time of a schedule');
        await system.kill(victims[index % victims.length] ?? 'api');
      }
      for (const [index, schedule] of schedules.entries()) {
        await expectOne(schedule, times[index] ?? new Date(0));
      }
    });

    it('makes up for the times that came while nothing ran, once', async () => {
      const times = [14, 16, 18].map(secondsAhead);
      const schedules: Scheduled[] = [];
      for (const at of times) schedules.push(await deploySchedule(client, report, onceAt(at)));
      const { port } = system;
      await system.stop();
      await clock((times.at(-1)?.getTime() ?? 0) + 1000, 'the last time');
      const back = Date.now();
      system = await startSystem({ dataDir, port });
      for (const [index, schedule] of schedules.entries()) {
        const firing = await expectOne(schedule, times[index] ?? new Date(0));
        expect(Date.parse(firing?.actualAt ?? '')).toBeGreaterThan(back);
      }
    });
  });
}
