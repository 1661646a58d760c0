import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ask, edge, node, row, say } from '../support/flows.js';
import { useInstallation } from '../support/installation.js';
import { controls, gate, useTalks } from '../support/talk-with-customer.js';
import { until } from '../support/until.js';
import { shortly } from '../support/visitor.js';

const installation = useInstallation();
const { converse } = useTalks(installation);

describe('a person who takes a conversation over', () => {
  it('speaks in place of the flow, and hands back: the question is asked again', async () => {
    const talk = await converse(
      row([
        say('hello', 'How many?'),
        ask('count', { expect: 'number', timeout: 'P1D' }),
        say('bye', 'You said {{ vars.count }}.'),
      ]),
    );
    await talk.saw('flow: How many?', 'waiting number');
    await talk.say('a lot');
    await talk.saw('waiting number');
    await talk.takeOver();
    await talk.saw('control');
    await talk.say('who is this?');
    const messageId = randomUUID();
    expect(await talk.answer('It is me.', messageId)).toEqual({ accepted: true, duplicate: false });
    await talk.saw('visitor: who is this?', 'operator: It is me.');
    expect(await talk.answer('It is me.', messageId)).toEqual({ accepted: true, duplicate: true });
    expect(await talk.conversation()).toMatchObject({ control: 'human', status: 'open' });
    await talk.handBack('reask', { note: 'A friend.' });
    await until('the question', () => {
      const isBack = controls(talk.page).length === 2;
      return isBack && shortly(talk.page.told).at(-1) === 'waiting number';
    });
    expect(await talk.conversation()).toMatchObject({ control: 'flow', assigneeId: null });
    expect(
      (await talk.act('messages', { messageId: randomUUID(), text: 'More' })).body,
    ).toMatchObject({ code: 'not_in_control' });
    await talk.say('42');
    await talk.saw('flow: You said 42.', 'finished');
    expect(controls(talk.page).map((event) => event.by)).toEqual(['operator', 'flow']);
    expect(talk.page.heard.join()).not.toContain('A friend.');
    const deadlines = (await talk.log()).flatMap((event) =>
      event.type === 'waiting' ? [Date.parse(event.data.deadline ?? '')] : [],
    );
    const changes = (await talk.log()).filter(({ type }) => type === 'control.changed');
    const [from = 0, to = 0] = changes.map(({ at }) => Date.parse(at));
    expect(deadlines.at(-1)! - deadlines[0]!).toBe(to - from);
  });

  it('can let what the customer wrote be the answer, or go elsewhere, or end it', async () => {
    const flow = () =>
      row([ask('name'), say('bye', 'Hello, {{ vars.name }}.'), ask('more')], {
        aside: [say('other', 'Somewhere else.')],
      });
    const answered = await converse(flow());
    await answered.saw('waiting any');
    // A contact is made by the first message.
    await answered.say('first');
    await answered.saw('flow: Hello, first.', 'waiting any');
    await answered.takeOver();
    await answered.say('blue');
    await answered.answer('Thank you.');
    await answered.saw('operator: Thank you.');
    await answered.handBack('goto', { nodeId: 'other' });
    await answered.saw('control', 'flow: Somewhere else.', 'finished');

    await answered.takeOver();
    await answered.say('Ada');
    await answered.saw('control', 'visitor: Ada');
    await answered.handBack('answer');
    await answered.saw(
      'visitor: Ada',
      'control',
      'waiting any',
      'flow: Hello, Ada.',
      'waiting any',
    );
    await answered.takeOver();
    await answered.handBack('end');
    await answered.saw('control', 'control', 'finished');
    expect(await answered.conversation()).toMatchObject({ control: 'flow', status: 'closed' });
    expect((await answered.act('hand-back', { how: 'goto', nodeId: 'other' })).body).toMatchObject({
      code: 'not_in_control',
    });
  });

  it('keeps an answer of the model unsaid, and the model learns what was said', async () => {
    const prompt = `take-over ${randomUUID()}`;
    const held = gate();
    installation.onPrompt(prompt, (_, earlier) => ({
      kind: 'answer',
      text: earlier === 0 ? 'Too late' : 'Welcome back',
      chunks: 2,
      ...(earlier === 0 && { gap: () => held.opened }),
    }));
    const talk = await converse(row([ask('it'), node('think', 'ai', { prompt }), ask('more')]));
    await talk.saw('waiting any');
    await talk.say('Help');
    await until('the model is asked', () => installation.asked(prompt).length === 1);
    await talk.takeOver();
    await talk.saw('control');
    await talk.answer('I am Ana.');
    held.open();
    await until('a suggestion', async () =>
      (await talk.log()).some(
        (event) => event.type === 'ai.completed' && event.data.suggestion === true,
      ),
    );
    await talk.answer('All is well.');
    await talk.saw('operator: All is well.');
    await talk.handBack('reask', { note: 'She was charged twice.' });
    await talk.saw('control', 'flow: Welcome back', 'waiting any');
    expect(talk.page.heard.join()).not.toContain('Too late');
    const again = installation.asked(prompt)[1];
    const body = JSON.stringify(again);
    for (const words of [
      'She was charged twice.',
      'of the team] I am Ana.',
      'spoke with the visitor in your place',
    ])
      expect(body).toContain(words);
  });
});

describe('a handoff node', () => {
  const flow = (timeout: string) =>
    row(
      [
        ask('it'),
        node('help', 'integration', {
          ...{
            kind: 'handoff',
            message: 'Somebody will be with you.',
            note: 'About {{ vars.it }}',
          },
          timeout,
        }),
        say('after', 'The flow is back.'),
      ],
      { aside: [say('nobody', 'Nobody is here.')], edges: [edge('help', 'timeout', 'nobody')] },
    );

  it('waits for a person, and continues once they have handed it back', async () => {
    const talk = await converse(flow('P1D'));
    await talk.saw('waiting any');
    await talk.say('a refund');
    await talk.saw('flow: Somebody will be with you.');
    await until('it waits', async () => (await talk.conversation())['status'] === 'waiting');
    expect((await talk.conversation())['waitingSince']).toEqual(expect.any(String));
    const places = () =>
      talk.page.live.filter(({ event }) => event === 'queue').map(({ data }) => data['place']);
    await until('a place in the queue', () => places().length === 1);
    const second = await converse(flow('P1D'));
    await second.saw('waiting any');
    await second.say('a refund');
    await until('the next place', () =>
      second.page.live.some(({ event, data }) => event === 'queue' && data['place'] === 2),
    );
    await talk.say('Hello?');
    await talk.saw('visitor: Hello?');
    await talk.takeOver();
    await talk.saw('control');
    await until('no place any more', () => places().at(-1) === null);
    await until('the first place', () => {
      const last = second.page.live.findLast(({ event }) => event === 'queue');
      return last?.data['place'] === 1;
    });
    expect(places()).toEqual([1, null]);
    expect(await talk.conversation()).toMatchObject({
      ...{ waitingSince: null, status: 'open', control: 'human' },
    });
    await talk.answer('Here I am.');
    await talk.handBack('reask');
    await talk.saw('operator: Here I am.', 'control', 'flow: The flow is back.', 'finished');
  });

  it('continues after its time limit if nobody comes', async () => {
    const talk = await converse(flow('PT1S'));
    await talk.saw('waiting any');
    await talk.say('a refund');
    await talk.saw('flow: Nobody is here.', 'finished');
    expect(await talk.conversation()).toMatchObject({ waitingSince: null, control: 'flow' });
    const requested = (await talk.log()).find(({ type }) => type === 'handoff.requested');
    expect(requested?.data).toMatchObject({ note: 'About a refund' });
  });
});
