import { describe, expect, it } from 'vitest';
import { node, row } from '../support/flows.js';
import { useInstallation } from '../support/installation.js';
import { spoken } from '../support/story.js';
import { isReady } from '../support/system.js';
import { until } from '../support/until.js';

const deaths = 6;

describe('a worker that dies under a call', () => {
  const site = useInstallation({});

  it(`costs the call nothing, ${deaths} times in a row`, async () => {
    const { system, echo } = site;
    let held = 0;
    echo.behave({
      handle: async ({ path }) => {
        if (path !== '/held') return undefined;
        held += 1;
        // Longer than its worker lives.
        if (held <= deaths) await new Promise<never>(() => undefined);
        return { body: 'there' };
      },
    });
    const url = `${echo.url}/held`;
    const say = node('say', 'speak', { mode: 'text', text: 'It is {{ vars.answer }}' });
    const call = node('call', 'integration', { url, saveAs: 'answer', timeout: 'PT5M' });
    const run = await site.hold(row([call, say]));
    for (let death = 1; death <= deaths; death += 1) {
      await until(`call ${death}`, () => held === death, { timeoutMs: 120_000 });
      await system.kill('worker');
      await until('another worker', () => isReady(system.url), { timeoutMs: 120_000 });
    }
    expect(await run.finished(180_000)).toMatchObject({ status: 'completed' });
    expect(spoken(run)).toEqual(['system: It is there']);
    expect(held).toBe(deaths + 1);
  });
});
