import type { WireEvent } from '@crmflow/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, register } from '../support/client.js';
import { type FakeGemini, startFakeGemini } from '../support/fake-gemini.js';
import { ask, node, row, say } from '../support/flows.js';
import { type OwnSystem, startSystem } from '../support/system.js';
import { until } from '../support/until.js';
import { deployChat, insist, type Page, shortly, visit, type Visitor } from '../support/visitor.js';
import { killable, killMeanwhile, killPlan } from './kill-plan.js';

type Size = { seed: number; visitors: number; turns: number; killsOfEach: number };

type Talk = { visitor: Visitor; id: string; page: Page; late: Page };

const words = (turn: number) => `answer ${turn}`;

/** Asks and answers by the model, so many times. */
const chatFlow = (turns: number) =>
  row([
    say('hello', 'Hello!'),
    ...Array.from({ length: turns }, (_, turn) => [
      ask(`wish${turn}`),
      node(`think${turn}`, 'ai', { prompt: `On {{ vars.wish${turn} }}` }),
    ]).flat(),
    say('bye', 'Goodbye.'),
  ]);

/** In which turn a person of the team steps in. */
const stepsIn = 1;

/** How often the flow has waited before a turn: it asks once more after the person. */
const waitsBefore = (turn: number) => (turn > stepsIn ? turn + 1 : turn);

/** What is told while a person speaks, and that the flow asks again after that. */
const stretchFor = (name: string): string[] => [
  ...['control', `visitor: ${name} help`, `operator: Hello ${name}`, 'control'],
  ...[`flow: On ${name} ${stepsIn - 1} ${words(stepsIn - 1)}`, 'waiting any'],
];

const storyFor = (turns: number, name: string): string[] => [
  'flow: Hello!',
  ...Array.from({ length: turns }, (_, turn) => [
    'waiting any',
    ...(turn === stepsIn ? stretchFor(name) : []),
    `visitor: ${name} ${turn}`,
    `flow: On ${name} ${turn} ${words(turn)}`,
  ]).flat(),
  'flow: Goodbye.',
  'finished',
];

/**
 * Each line once but for waits and who speaks. After a crash Temporal may not know that the model has
 * answered: then the take-over meets the call once more, the model is asked again instead of the
 * question, and what it says was told already.
 */
const once = (lines: readonly string[]): string[] =>
  lines.filter((line, at) => !line.startsWith('flow: ') || lines.indexOf(line) === at);

/** What the log tells visitors, without its numbers. */
const messagesOf = (log: readonly WireEvent[]) =>
  log.flatMap((event) => (event.type === 'message' ? [(event.data as { text: string }).text] : []));

/** A person takes the conversation over, answers, and hands it back. */
async function stepIn(client: Client, { visitor, id, page }: Talk, name: string): Promise<void> {
  const one = `/api/conversations/${id}`;
  const act = (path: string, body: object) => insist(path, () => client.call('POST', path, body));
  const saw = (line: string, times = 1) =>
    until(
      `${line} of ${name}`,
      () => shortly(page.told).filter((told) => told === line).length === times,
      { timeoutMs: 150_000 },
    );
  await act(`${one}/take-over`, { expect: null });
  await saw('control');
  await visitor.say(id, `${name} help`, `${name}-help`);
  await saw(`visitor: ${name} help`);
  await act(`${one}/messages`, { messageId: `to-${name}`, text: `Hello ${name}` });
  await act(`${one}/hand-back`, { how: 'reask' });
  await saw('control', 2);
}

/** Visitors who follow by server-sent events while every part is killed again and again. */
export function testVisitorCrashes({ seed, visitors, turns, killsOfEach }: Size): void {
  describe(`${visitors} visitors, each part killed ${killsOfEach} times, seed ${seed}`, () => {
    let system: OwnSystem;
    let gemini: FakeGemini;
    let client: Client;
    let killed: string[];
    const talks: Talk[] = [];

    beforeAll(async () => {
      gemini = await startFakeGemini({
        answer: (prompt) => `${prompt} ${words(Number(prompt.split(' ').at(-1)))}`,
        chunks: 8,
      });
      system = await startSystem({
        env: { GEMINI_API_KEY: 'fake-key', GEMINI_BASE_URL: gemini.url },
      });
      client = await register(system.url);
      const chat = await deployChat(client, chatFlow(turns));
      const eventsSoFar = () => talks.reduce((sum, { page }) => sum + page.told.length, 0);
      const talk = async (name: string) => {
        const visitor = await visit(system.url, chat.slug);
        const id = await visitor.begin();
        const page = visitor.open(id);
        const one: Talk = { visitor, id, page, late: page };
        talks.push(one);
        for (let turn = 0; turn < turns; turn += 1) {
          await until(
            `wait ${turn} of ${name}`,
            () => page.told.filter(({ type }) => type === 'waiting').length > waitsBefore(turn),
            { timeoutMs: 150_000 },
          );
          if (turn === stepsIn) await stepIn(client, one, name);
          await visitor.say(id, `${name} ${turn}`, `${name}-${turn}`);
        }
        await until(`the end of ${name}`, () => page.told.at(-1)?.type === 'finished', {
          timeoutMs: 150_000,
        });
        one.late = visitor.open(id);
        await until(`all of ${name} again`, () => one.late.told.length === page.told.length);
      };
      const names = Array.from({ length: visitors }, (_, i) => `wish${i}`);
      const total = visitors * storyFor(turns, '').length;
      const going = Promise.all(names.map(talk));
      const plan = killPlan(seed, killsOfEach);
      killed = await killMeanwhile(plan, system, { going, eventsSoFar, total });
    }, 900_000);

    afterAll(async () => {
      for (const { page, late } of talks) {
        page.close();
        late.close();
      }
      client?.close();
      await system?.stop();
      await gemini?.close();
    });

    it('kills each part as often as planned', () => {
      for (const part of killable) {
        expect(killed.filter((one) => one === part)).toHaveLength(killsOfEach);
      }
    });

    it('shows each visitor their story, once and in order', () => {
      for (const { page } of talks) {
        const said = page.told.find(
          (event) => event.type === 'message' && event.role === 'visitor',
        );
        const name = said?.type === 'message' ? (said.text.split(' ')[0] ?? '') : '';
        expect(once(shortly(page.told))).toEqual(once(storyFor(turns, name)));
        expect(page.faults).toEqual([]);
      }
    });

    it('shows the same on another device, to the team, and in the log', async () => {
      for (const { page, late, id } of talks) {
        expect(late.told).toEqual(page.told);
        const shown = await client.call<{ items: unknown[] }>(
          'GET',
          `/api/conversations/${id}/events`,
        );
        expect(shown.body.items).toEqual(page.told);
        const { body } = await client.call<{ currentRunId: string }>(
          'GET',
          `/api/conversations/${id}`,
        );
        const said = page.told.flatMap((event) => (event.type === 'message' ? [event.text] : []));
        // Where the log was written anew, a message may stand in another place than it was told at.
        const logged = messagesOf(await client.events(body.currentRunId));
        expect(new Set(logged)).toEqual(new Set(said));
      }
    });
  });
}
