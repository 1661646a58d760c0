import { describe, expect, it } from 'vitest';
import { ask, edge, node, row, say } from '../support/flows.js';
import { useInstallation } from '../support/installation.js';
import { pathOf, spoken, variablesOf } from '../support/story.js';

const site = useInstallation();

const waits = (n: number) => {
  let seen = 0;
  return () => (seen += 1) >= n;
};

describe('a listen node', () => {
  it.each([
    ['any', {}, '  As I said. ', '  As I said. '],
    ['number', {}, ' 42.5 ', 42.5],
    ['email', {}, ' ada@example.com ', 'ada@example.com'],
    ['date', {}, '2026-02-28', '2026-02-28'],
    ['pattern', { pattern: '^[A-Z]{2}\\d{3}$' }, 'AB123', 'AB123'],
    ['choice', { choices: [{ value: 'pro', label: 'Professional' }] }, ' PROFESSIONAL', 'pro'],
    ['choice', { choices: [{ value: 'pro', label: 'Professional' }] }, 'Pro', 'pro'],
  ])('that expects %s takes a reply that fits', async (expectation, data, reply, value) => {
    const run = await site.hold(row([ask('it', { expect: expectation, ...data })]));
    const { payload } = await run.see('system:waiting_for_input');
    expect(payload).toMatchObject({
      nodeId: 'it',
      label: 'it',
      visit: 1,
      expect: expectation,
      ...('choices' in data && data),
    });
    await run.say(reply);
    expect(await run.finished()).toMatchObject({ status: 'completed' });
    expect(variablesOf(run)).toEqual({ it: value });
    expect(spoken(run)).toEqual([`user: ${reply}`]);
  });

  it.each([
    ['number', {}, 'forty-two'],
    ['email', {}, 'ada at example'],
    ['date', {}, '2026-02-30'],
    ['pattern', { pattern: '^[A-Z]{2}\\d{3}$' }, 'AB1234'],
    ['choice', { choices: [{ value: 'pro', label: 'Professional' }] }, 'free'],
  ])(
    'that expects %s fails where nobody catches a reply that does not fit',
    async (expectation, data, reply) => {
      const run = await site.hold(row([ask('it', { expect: expectation, retries: 0, ...data })]));
      await run.say(reply);
      const error = { code: 'invalid_reply', nodeId: 'it' };
      expect(await run.finished()).toMatchObject({ status: 'failed', error });
      expect((await run.see('error:api')).payload).toMatchObject(error);
      expect(await site.client.snapshot(run.runId)).toMatchObject({ status: 'failed', error });
    },
  );

  it('asks again as often as it may, then leaves by invalid', async () => {
    const run = await site.hold(
      row(
        [ask('age', { expect: 'number', retries: 2, retryText: 'A number, {{ input.name }}?' })],
        {
          aside: [say('sorry', 'Sorry.')],
          edges: [edge('age', 'invalid', 'sorry')],
        },
      ),
      { name: 'Ada' },
    );
    for (const reply of ['one', 'two', 'three']) await run.say(reply);
    expect(await run.finished()).toMatchObject({ status: 'completed' });
    expect(spoken(run)).toEqual([
      'user: one',
      'system: A number, Ada?',
      'user: two',
      'system: A number, Ada?',
      'user: three',
      'system: Sorry.',
    ]);
    expect(pathOf(run)).toEqual(['start.out', 'age.invalid', 'sorry.out']);
    const waited = run.told.filter(({ event }) => event === 'system:waiting_for_input');
    expect(waited).toHaveLength(3);
  });

  it('takes what fits after what did not', async () => {
    const run = await site.hold(
      row([ask('age', { expect: 'number', retries: 1, retryText: 'Again?' })]),
    );
    await run.say('old');
    await run.see('system:waiting_for_input', waits(2));
    await run.say('42');
    expect(await run.finished()).toMatchObject({ status: 'completed', output: { age: 42 } });
  });

  it('leaves by timeout', async () => {
    const run = await site.hold(
      row([ask('it', { timeout: 'PT1S' })], {
        aside: [say('late', 'Too late.')],
        edges: [edge('it', 'timeout', 'late')],
      }),
    );
    const { payload } = await run.see('system:waiting_for_input');
    expect(Date.parse(payload['deadline'] as string)).toBeGreaterThan(0);
    expect(await run.finished()).toMatchObject({ status: 'completed' });
    expect(pathOf(run)).toEqual(['start.out', 'it.timeout', 'late.out']);
  });

  it('ends the run as timed out where nothing hangs at timeout', async () => {
    const run = await site.hold(row([ask('it', { timeout: 'PT1S' })]));
    expect(await run.finished()).toMatchObject({ status: 'timed_out' });
    expect(await site.client.snapshot(run.runId)).toMatchObject({
      status: 'timed_out',
      currentNodes: [],
    });
  });

  it('reminds, and still takes the reply', async () => {
    const reminders = [
      { after: 'PT2S', text: 'Still, {{ input.name }}?' },
      { after: 'PT1S', text: 'Are you there?' },
    ];
    const run = await site.hold(row([ask('it', { reminders })]), { name: 'Ada' });
    await run.see('run:message', ({ text }) => text === 'Still, Ada?');
    await run.say('Yes');
    expect(await run.finished()).toMatchObject({ status: 'completed', output: { it: 'Yes' } });
    expect(spoken(run)).toEqual(['system: Are you there?', 'system: Still, Ada?', 'user: Yes']);
  });

  it('answers early messages in the order of their arrival', async () => {
    const pause = node('pause', 'logic', { kind: 'wait', duration: 'PT1S' });
    const run = await site.hold(row([pause, ask('a'), say('next', 'Next.'), ask('b'), ask('c')]));
    await Promise.all(['one', 'two', 'three'].map((text) => run.say(text)));
    expect(await run.finished()).toMatchObject({ output: { a: 'one', b: 'two', c: 'three' } });
    expect(spoken(run)).toEqual(['user: one', 'system: Next.', 'user: two', 'user: three']);
  });

  it('counts a message once, also after the end', async () => {
    const run = await site.hold(row([ask('a'), ask('b')]));
    expect(await run.say('one', 'm-1')).toMatchObject({ accepted: true, duplicate: false });
    expect(await run.say('one', 'm-1')).toMatchObject({ accepted: true, duplicate: true });
    await run.say('two', 'm-2');
    expect(await run.finished()).toMatchObject({ output: { a: 'one', b: 'two' } });
    expect(await run.say('two', 'm-2')).toMatchObject({ accepted: true, duplicate: true });
    const again = await site.client.call('POST', `/api/runs/${run.runId}/messages`, {
      message: 'two',
      messageId: 'm-2',
    });
    expect(again).toMatchObject({ status: 202, body: { accepted: true, duplicate: true } });
  });

  it('takes no new message after the end', async () => {
    const run = await site.hold(row([say('bye', 'Bye.')]));
    await run.finished();
    await expect(run.say('hello?')).rejects.toThrow('run_finished');
    const path = `/api/runs/${run.runId}/messages`;
    const late = await site.client.call('POST', path, { message: 'hello?', messageId: 'late' });
    expect(late).toMatchObject({ status: 409, body: { code: 'run_finished' } });
  });
});
