import { flowSchema, flowTestSchema } from '@crmflow/contracts';
import { describe, expect, it } from 'vitest';
import { ask, edge, node, row, say } from '../../../tests/support/flows.js';
import { runInThread } from './run-in-thread.js';

const parse = (draft: ReturnType<typeof row>) => flowSchema.parse({ schemaVersion: 1, ...draft });
const hello = parse(row([say('hello', 'Hello'), ask('name'), say('end', 'Hi {{ vars.name }}')]));
const loop = parse(
  row([node('nap', 'logic', { kind: 'wait', duration: 'PT1S' })], {
    edges: [edge('nap', 'out', 'nap')],
  }),
);
const test = (steps: object[]) => flowTestSchema.parse({ id: 't', name: 'T', steps });

describe('work in a thread', () => {
  it('runs tests, explores, and tries past runs', async () => {
    const tests = [test([{ user: 'Ada' }, { expect: { text: 'Hi Ada' } }])];
    const report = await runInThread({ run: 'tests', flow: hello, tests });
    expect(report.results).toMatchObject([
      { passed: true, path: ['start', 'hello', 'name', 'end'] },
    ]);
    const exploration = await runInThread({ run: 'explore', flow: hello });
    expect(exploration.findings.map(({ kind }) => kind)).toEqual(['wait_never_ends']);
    const runs = [{ runId: 'r', input: {}, startedAt: 0, events: [] }];
    const replays = await runInThread({ run: 'replay', flow: hello, runs });
    expect(replays).toMatchObject([{ runId: 'r', outcome: 'other_way' }]);
  });

  it('is ended where it takes too long, while the process goes on', async () => {
    const bounds = { visits: 1e9, logSize: 1e12, ms: 1e9 };
    const request = {
      run: 'tests',
      flow: loop,
      tests: [test([{ after: 'P3000D' }])],
      options: { bounds },
    } as const;
    let beats = 0;
    const beat = setInterval(() => (beats += 1), 5);
    await expect(runInThread(request, { ms: 1_000 })).rejects.toMatchObject({ code: 'too_long' });
    clearInterval(beat);
    expect(beats).toBeGreaterThan(0);
  });

  it('is ended where it takes too much memory, while the process goes on', async () => {
    const count = { kind: 'set', assign: [{ name: 'n', value: '{{ vars.n + 1 }}' }] };
    const counting = parse(
      row([ask('more'), node('count', 'logic', count)], {
        edges: [edge('count', 'out', 'more')],
        variables: [{ name: 'n', default: 0 }],
      }),
    );
    const request = {
      run: 'explore',
      flow: counting,
      options: { states: 1e9, ms: 1e9 },
    } as const;
    await expect(runInThread(request, { memoryMb: 32, ms: 60_000 })).rejects.toMatchObject({
      code: 'too_large',
    });
  });

  it('says that a test is endless, within the bounds of tests', async () => {
    const tests = [test([{ after: 'P3000D' }])];
    const { results } = await runInThread({ run: 'tests', flow: loop, tests });
    expect(results[0]?.failures).toMatchObject([{ expected: 'a run that comes to rest' }]);
  });
});
