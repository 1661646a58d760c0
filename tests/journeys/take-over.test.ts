import { randomUUID } from 'node:crypto';
import type { ConversationEvent, RunEvent } from '@crmflow/contracts';
import { afterEach, describe, expect, it } from 'vitest';
import { ask, edge, node, row, say } from '../support/flows.js';
import { useInstallation } from '../support/installation.js';
import { until } from '../support/until.js';
import { deployChat, type Page, shortly, visit } from '../support/visitor.js';

const installation = useInstallation();
const pages: Page[] = [];

afterEach(() => {
  for (const page of pages.splice(0)) page.close();
});

/** A gate that something waits at until the test opens it. */
function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open: () => open() };
}

type Told<E> = E extends { at: number } ? Omit<E, 'at'> & { at: string } : never;
type LogEvent = Told<RunEvent>;

type Draft = Parameters<typeof deployChat>[1];

/** A customer who talks to a flow, and a person of the team who may step in. */
async function converse(draft: Draft, settings: object = {}) {
  const { client, system } = installation;
  const chat = await deployChat(client, draft, settings);
  const visitor = await visit(system.url, chat.slug);
  const id = await visitor.begin();
  const page = visitor.open(id);
  pages.push(page);
  const act = <T = Record<string, unknown>>(what: string, body: object) =>
    client.call<T>('POST', `/api/conversations/${id}/${what}`, body);
  const conversation = async () =>
    (await client.call<Record<string, unknown>>('GET', `/api/conversations/${id}`)).body;
  return {
    ...{ id, page, visitor, conversation, act },
    say: (text: string) => visitor.say(id, text),
    saw: (...last: string[]) =>
      until(`${last.join(', ')} in ${JSON.stringify(shortly(page.told))}`, () => {
        const story = shortly(page.told).slice(-last.length);
        return JSON.stringify(story) === JSON.stringify(last);
      }),
    async takeOver(expect: string | null = null) {
      const { status, body } = await act('take-over', { expect });
      if (status !== 200) throw new Error(JSON.stringify(body));
    },
    async answer(text: string, messageId: string = randomUUID()) {
      const { status, body } = await act('messages', { messageId, text });
      if (status !== 202) throw new Error(JSON.stringify(body));
      return body;
    },
    async handBack(how: string, more: object = {}) {
      const { status, body } = await act('hand-back', { how, ...more });
      if (status !== 202) throw new Error(JSON.stringify(body));
    },
    async log(): Promise<LogEvent[]> {
      const runId = (await conversation())['currentRunId'] as string;
      return (await client.events(runId)) as unknown as LogEvent[];
    },
  };
}

/** Few, as each has a conversation of its own; the property test has thousands. */
const manyTimes = async (once: () => Promise<void>) => {
  await Promise.all(Array.from({ length: 5 }, once));
};

/** That the flow says nothing while a person has it, to the customer and in the log. */
async function tellsOneStory(talk: Awaited<ReturnType<typeof converse>>): Promise<void> {
  let isHeld = false;
  for (const event of talk.page.told) {
    if (event.type === 'control') isHeld = event.by === 'operator';
    else if (event.type === 'message' && event.role !== 'visitor') {
      expect([event.text, event.role]).toEqual([event.text, isHeld ? 'operator' : 'flow']);
    }
  }
  isHeld = false;
  for (const event of await talk.log()) {
    if (event.type === 'control.changed') isHeld = event.data.by === 'operator';
    else if (isHeld) expect(['message', 'ai.completed']).toContain(event.type);
  }
  expect(talk.page.faults).toEqual([]);
}

const controls = (page: Page) =>
  page.told.filter(
    (event): event is Extract<ConversationEvent, { type: 'control' }> => event.type === 'control',
  );

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

  it('and a time limit at the same moment: their stamps decide', async () => {
    const draft = row([ask('go'), ask('it', { timeout: 'PT1S' }), say('bye', 'Bye')], {
      aside: [say('late', 'Too late.'), ask('last')],
      edges: [edge('it', 'timeout', 'late'), edge('late', 'out', 'last')],
    });
    await manyTimes(async () => {
      const talk = await converse(draft);
      await talk.saw('waiting any');
      await talk.say('go');
      await until('it waits', () => shortly(talk.page.told).length === 3);
      const { deadline = '' } = talk.page.told[2] as { deadline?: string };
      await until('the time limit', () => Date.now() >= Date.parse(deadline) - 15);
      await talk.takeOver();
      await talk.handBack('reask');
      await talk.saw('flow: Too late.', 'waiting any');
      // Both may come when the time limit has run out already.
      await until('the flow', () => controls(talk.page).length === 2);
      await tellsOneStory(talk);
      const log = await talk.log();
      const taken = log.find(({ type }) => type === 'control.changed');
      const late = log.find((event) => event.type === 'message' && event.data.text === 'Too late.');
      // One that comes after the time limit has run out changes nothing about that, whatever its stamp.
      if (taken!.seq < late!.seq) expect(taken!.at <= deadline).toBe(true);
    });
  });

  it('and an answer of the model at the same moment: it is said before, or not at all', async () => {
    await manyTimes(async () => {
      const prompt = `race ${randomUUID()}`;
      const held = gate();
      installation.onPrompt(prompt, (_, earlier) => ({
        ...{ kind: 'answer', text: `answer ${earlier}` },
        ...(earlier === 0 && { gap: () => held.opened }),
      }));
      const talk = await converse(row([ask('it'), node('think', 'ai', { prompt }), ask('more')]));
      await talk.saw('waiting any');
      await talk.say('Help');
      await until('the model is asked', () => installation.asked(prompt).length === 1);
      held.open();
      await talk.takeOver();
      await talk.answer('I am here.');
      await talk.handBack('reask');
      await until('the flow', () => {
        const isBack = controls(talk.page).length === 2;
        return isBack && shortly(talk.page.told).at(-1) === 'waiting any';
      });
      await tellsOneStory(talk);
      const said = shortly(talk.page.told).filter((line) => line.startsWith('flow: answer'));
      const [first] = said;
      const wasFirst =
        shortly(talk.page.told).indexOf(first ?? '') < shortly(talk.page.told).indexOf('control');
      // Asked again after the hand-back, or asked again as a question by the listen node.
      expect(new Set(said)).toEqual(new Set([wasFirst ? 'flow: answer 0' : 'flow: answer 1']));
    });
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
    await talk.say('Hello?');
    await talk.saw('visitor: Hello?');
    await talk.takeOver();
    await talk.saw('control');
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
