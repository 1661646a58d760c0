import type { WireEvent } from '@crmflow/contracts';
import { type Client, register } from '../support/client.js';
import { type Conversation, converse } from '../support/conversation.js';
import type { EchoServer } from '../support/echo-server.js';
import type { FakeGemini } from '../support/fake-gemini.js';
import type { System } from '../support/system.js';
import { until } from '../support/until.js';
import { type Line, type World, errandFlow, rightStory } from './errand-flow.js';
import { type Killable, killPlan } from './kill-plan.js';

/** How hard a storm blows. */
export type Storm = { seed: number; conversations: number; turns: number; killsOfEach: number };

/** What was found out about one conversation after a storm. */
export type Aftermath = {
  conversation: Conversation;
  right: Line[];
  log: WireEvent[];
  messageIds: string[];
};

type Parts = { system: System; gemini: FakeGemini; echo: EchoServer; world: World };

async function talk(
  conversation: Conversation,
  wishes: string[],
  messageIds: string[],
): Promise<void> {
  for (const [turn, wish] of wishes.entries()) {
    await conversation.see(
      'system:waiting_for_input',
      (payload) => payload['visit'] === turn + 1,
      150_000,
    );
    await conversation.say(wish, messageIds[turn]);
  }
  await conversation.finished(150_000);
}

/** Kills by progress: after so many events were told to all clients together, the next part goes. */
async function blow(
  plan: Killable[],
  { system }: Parts,
  told: () => number,
  total: number,
  isOver: () => boolean,
): Promise<Killable[]> {
  const killed: Killable[] = [];
  const every = Math.floor((total * 0.9) / plan.length);
  for (const [index, part] of plan.entries()) {
    await until(`event ${every * (index + 1)}`, () => isOver() || told() >= every * (index + 1), {
      timeoutMs: 150_000,
    });
    if (isOver()) break;
    await system.kill(part);
    killed.push(part);
  }
  return killed;
}

/** Holds many conversations at once while one part after the other is killed. */
export async function weather(
  storm: Storm,
  parts: Parts,
): Promise<{ client: Client; killed: Killable[]; aftermaths: Aftermath[] }> {
  const client = await register(parts.system.url);
  const workflowId = await client.save(errandFlow(`${parts.echo.url}/orders`, storm.turns));
  const people = Array.from({ length: storm.conversations }, (_, i) => ({
    name: `Ada ${i}`,
    wishes: Array.from({ length: storm.turns }, (_, turn) => `wish ${turn} of ${i}`),
    messageIds: Array.from({ length: storm.turns }, (_, turn) => `m-${i}-${turn}`),
  }));
  const rights = people.map((person) => [...rightStory({ ...person, workflowId }, parts.world)]);
  const conversations = await Promise.all(
    people.map(({ name }) => converse(client, { workflowId, version: 'draft', input: { name } })),
  );
  const told = () => conversations.reduce((sum, one) => sum + one.told.length, 0);
  const total = rights.reduce((sum, right) => sum + right.length, 0);
  let over = false;
  const talking = Promise.all(
    conversations.map((conversation, i) =>
      talk(conversation, people[i]?.wishes ?? [], people[i]?.messageIds ?? []),
    ),
  ).finally(() => {
    over = true;
  });
  const plan = killPlan(storm.seed, storm.killsOfEach);
  const [killed] = await Promise.all([blow(plan, parts, told, total, () => over), talking]);
  const aftermaths: Aftermath[] = [];
  for (const [i, conversation] of conversations.entries()) {
    const log = await client.events(conversation.runId);
    aftermaths.push({
      conversation,
      log,
      right: rights[i] ?? [],
      messageIds: people[i]?.messageIds ?? [],
    });
  }
  return { client, killed, aftermaths };
}
