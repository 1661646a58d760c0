import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { register } from '../support/client.js';
import { row, say } from '../support/flows.js';
import { quantile } from '../support/quantile.js';
import { type OwnSystem, startSystem } from '../support/system.js';
import { startTalk, type Talk } from '../support/talk.js';
import { until } from '../support/until.js';

const minutes = 60_000;
let system: OwnSystem;
beforeAll(async () => {
  system = await startSystem();
});
afterAll(() => system.stop());

/** How long the replies took that were sent while something was done. */
async function timesDuring(talk: Talk, work: () => Promise<unknown>): Promise<number[]> {
  const from = Date.now();
  await work();
  return talk.times(from, Date.now());
}

const during = (ms: number) => () => new Promise((resolve) => setTimeout(resolve, ms));

function told(what: string, times: readonly number[]) {
  const [p50, p95, p99] = [0.5, 0.95, 0.99].map((q) => Math.round(quantile(times, q)));
  process.stdout.write(`${what}: ${times.length} turns, p50 ${p50}, p95 ${p95}, p99 ${p99} ms\n`);
}

describe('conversations', () => {
  it('none of two hundred at full speed starves', async () => {
    const client = await register(system.url);
    const talk = await startTalk(client, { count: 200, pauseMs: 0 });
    await timesDuring(talk, during(20_000));
    const times = await timesDuring(talk, during(40_000));
    talk.stop();
    told('200 sockets at full speed', times);
    expect(quantile(times, 0.99) / quantile(times, 0.5)).toBeLessThanOrEqual(5);
  });

  it('stay quick while somebody else runs a large flow thirty times', async () => {
    const [ada, grace] = await Promise.all([register(system.url), register(system.url)]);
    const talk = await startTalk(ada, { count: 20, pauseMs: 400 });
    const large = row(Array.from({ length: 900 }, (_, i) => say(`n${i}`, 'x'.repeat(700))));
    const path = `/api/workflows/${await grace.save(large)}/runs`;
    await timesDuring(talk, during(5_000));
    const idle = await timesDuring(talk, during(10_000));
    const ended = new Set<string>();
    const busy = await timesDuring(talk, async () => {
      const starts = Array.from({ length: 30 }, () =>
        grace.call<{ runId: string }>('POST', path, { version: 'draft' }),
      );
      const runIds = (await Promise.all(starts)).map(({ body }) => body.runId);
      const look = async () => {
        for (const runId of runIds.filter((one) => !ended.has(one))) {
          if ((await grace.snapshot(runId)).status !== 'completed') return false;
          ended.add(runId);
        }
        return true;
      };
      await until('all thirty to end', look, { timeoutMs: 5 * minutes, everyMs: 500 });
    });
    talk.stop();
    grace.close();
    told('idle', idle);
    told('beside 30 runs of 900 nodes', busy);
    expect(ended.size).toBe(30);
    expect(quantile(busy, 0.5) / quantile(idle, 0.5)).toBeLessThanOrEqual(3);
  });
});
