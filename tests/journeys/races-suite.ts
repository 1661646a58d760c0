import { randomUUID } from 'node:crypto';
import type { Role } from '@crmflow/contracts';
import { describe, expect, it } from 'vitest';
import { letIn, ownTeam } from '../openapi/owned.js';
import type { Client } from '../support/client.js';
import { ask, edge, node, row, say } from '../support/flows.js';
import { useInstallation } from '../support/installation.js';
import { controls, gate, tellsOneStory, useTalks } from '../support/talk-with-customer.js';
import { until } from '../support/until.js';
import { deployChat, shortly, visit } from '../support/visitor.js';

/** How many races run at once: each has a conversation of its own. */
const lanes = 5;

async function inLanes(count: number, once: (number: number) => Promise<void>): Promise<void> {
  const numbers = Array.from({ length: count }, (_, number) => number).values();
  const work = async () => {
    for (const number of numbers) await once(number);
  };
  await Promise.all(Array.from({ length: lanes }, work));
}

type Size = {
  /** How often each race is run. */
  times: number;
  /** How many conversations five operators claim at once. */
  claimed: number;
};

/** What happens at the same moment has one outcome, which the customer, the team and the log tell. */
export function testRaces({ times, claimed }: Size): void {
  const installation = useInstallation();
  const { converse } = useTalks(installation);

  describe('a person who takes a conversation over', () => {
    it('and a time limit at the same moment: their stamps decide', async () => {
      const draft = row([ask('go'), ask('it', { timeout: 'PT1S' }), say('bye', 'Bye')], {
        aside: [say('late', 'Too late.'), ask('last')],
        edges: [edge('it', 'timeout', 'late'), edge('late', 'out', 'last')],
      });
      await inLanes(times, async () => {
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
        const late = log.find(
          (event) => event.type === 'message' && event.data.text === 'Too late.',
        );
        // One that comes after the time limit has run out changes nothing about that, whatever its stamp.
        if (taken!.seq < late!.seq) expect(taken!.at <= deadline).toBe(true);
      });
    });

    it('and an answer of the model at the same moment: it is said before, or not at all', async () => {
      await inLanes(times, async () => {
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

    it('and a message of the customer as it is handed back: it is heard once', async () => {
      const draft = row([ask('go'), ask('it'), say('bye', 'You said {{ vars.it }}.')]);
      await inLanes(times, async (number) => {
        const talk = await converse(draft);
        await talk.saw('waiting any');
        await talk.say('go');
        await talk.saw('visitor: go', 'waiting any');
        await talk.takeOver();
        const how = number % 2 === 0 ? 'answer' : 'reask';
        await Promise.all([talk.handBack(how), talk.say('blue')]);
        await until('the flow', () => controls(talk.page).length === 2);
        // Said before the hand-back it is the answer only if that says so; after it, it is.
        const last = await until('an end or a question', () => {
          const story = shortly(talk.page.told);
          const isTold = story.includes('visitor: blue') && controls(talk.page).length === 2;
          return isTold && ['finished', 'waiting any'].find((line) => line === story.at(-1));
        });
        if (last === 'waiting any') await talk.say('red');
        await until('an end', () => shortly(talk.page.told).at(-1) === 'finished');
        const story = shortly(talk.page.told);
        expect(story.filter((line) => line === 'visitor: blue')).toHaveLength(1);
        expect(story.filter((line) => line.startsWith('flow: You said'))).toHaveLength(1);
        await tellsOneStory(talk);
      });
    });
  });

  describe('a team', () => {
    /** Two or more people in a workspace with a chat. */
    async function team(roles: readonly Role[]) {
      const owner = await installation.another();
      const workspaceId = await ownTeam(owner);
      const people: { client: Client; userId: string }[] = [];
      for (const role of roles) {
        const client = await installation.another();
        people.push({ client, userId: await letIn(owner, workspaceId, client, role) });
      }
      const inTeam: Client = {
        ...owner,
        async save(flow) {
          const path = `/api/workflows?workspaceId=${workspaceId}`;
          const { body } = await owner.call<{ id: string }>('POST', path, flow);
          return body.id;
        },
      };
      const chat = await deployChat(inTeam, row([ask('it'), ask('more')]));
      return { people, chat };
    }

    /** A conversation in which a customer has said something. */
    async function begin(slug: string): Promise<string> {
      const visitor = await visit(installation.system.url, slug);
      const id = await visitor.begin();
      await visitor.say(id, 'Help');
      return id;
    }

    const act = (client: Client, id: string, what: string, body: object) =>
      client.call('POST', `/api/conversations/${id}/${what}`, body);

    it('claims each conversation once, and each loser is told by whom', async () => {
      const { people, chat } = await team(Array.from({ length: 5 }, () => 'operator'));
      const ids: string[] = [];
      await inLanes(claimed, async () => void ids.push(await begin(chat.slug)));
      await Promise.all(
        ids.map((id) =>
          until('a contact', async () => {
            const { status } = await people[0]!.client.call('GET', `/api/conversations/${id}`);
            return status === 200;
          }),
        ),
      );
      await inLanes(claimed, async (number) => {
        const id = ids[number] ?? '';
        const answers = await Promise.all(
          people.map(async ({ client, userId }) => ({
            userId,
            ...(await act(client, id, 'take-over', { expect: null })),
          })),
        );
        const winners = answers.filter(({ status }) => status === 200);
        expect(winners).toHaveLength(1);
        const [winner] = winners;
        for (const { status, body } of answers.filter((one) => one !== winner)) {
          expect([status, body['code']]).toEqual([409, 'already_taken']);
          expect(body['takenBy']).toMatchObject({ userId: winner?.userId });
        }
        const { body } = await people[0]!.client.call('GET', `/api/conversations/${id}`);
        expect(body).toMatchObject({ assigneeId: winner?.userId });
      });
    });

    it('answers with one voice: a reply of who has lost the conversation is not said', async () => {
      const { people, chat } = await team(['operator', 'operator']);
      const [ana, ben] = people as [(typeof people)[0], (typeof people)[0]];
      await inLanes(times, async () => {
        const visitor = await visit(installation.system.url, chat.slug);
        const id = await visitor.begin();
        const page = visitor.open(id);
        try {
          await visitor.say(id, 'Help');
          await until('a question', () => shortly(page.told).at(-1) === 'waiting any');
          const taken = await act(ana.client, id, 'take-over', { expect: null });
          expect(taken.status).toBe(200);
          const reply = (text: string) => ({ messageId: randomUUID(), text });
          const [late, takes] = await Promise.all([
            act(ana.client, id, 'messages', reply('From Ana')),
            act(ben.client, id, 'take-over', { expect: ana.userId }),
          ]);
          expect(takes.status).toBe(200);
          const after = await act(ana.client, id, 'messages', reply('Too late'));
          expect(after.body).toMatchObject({ code: 'not_in_control' });
          expect((await act(ben.client, id, 'messages', reply('From Ben'))).status).toBe(202);
          await until('Ben', () => shortly(page.told).at(-1) === 'operator: From Ben');
          const story = shortly(page.told);
          const isSaid = late.status === 202;
          if (!isSaid) expect(late.body).toMatchObject({ code: 'not_in_control' });
          const said = story.filter((line) => line.startsWith('operator: '));
          expect(said).toEqual([...(isSaid ? ['operator: From Ana'] : []), 'operator: From Ben']);
          expect(page.faults).toEqual([]);
        } finally {
          page.close();
        }
      });
    });
  });
}
