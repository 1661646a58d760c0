import type { WireEvent } from '@crmflow/contracts';
import { type Client, register } from '../support/client.js';
import { type Conversation, converse } from '../support/conversation.js';
import type { System } from '../support/system.js';
import { type Killable, killMeanwhile, killPlan } from './kill-plan.js';
import { type Answers, expectedLog, type LogLine, orderFlow } from './order-flow.js';

/** How many conversations of how many turns go on while each part is killed so often. */
export type ChaosSize = { seed: number; conversations: number; turns: number; killsOfEach: number };

/** One conversation, its log, and what the log has to be. */
export type ChaosResult = { conversation: Conversation; expected: LogLine[]; log: WireEvent[] };

type Setting = { system: System; orderUrl: string; answers: Answers };

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

/** Holds many conversations at once while one part after the other is killed. */
export async function runUnderKills(
  size: ChaosSize,
  { system, orderUrl, answers }: Setting,
): Promise<{ client: Client; killed: Killable[]; results: ChaosResult[] }> {
  const client = await register(system.url);
  const workflowId = await client.save(orderFlow(orderUrl, size.turns));
  const people = Array.from({ length: size.conversations }, (_, i) => ({
    name: `Ada ${i}`,
    wishes: Array.from({ length: size.turns }, (_, turn) => `wish ${turn} of ${i}`),
    messageIds: Array.from({ length: size.turns }, (_, turn) => `m-${i}-${turn}`),
  }));
  const expected = people.map((person) => [...expectedLog({ ...person, workflowId }, answers)]);
  const conversations = await Promise.all(
    people.map(({ name }) => converse(client, { workflowId, version: 'draft', input: { name } })),
  );
  const eventsSoFar = () => conversations.reduce((sum, one) => sum + one.told.length, 0);
  const total = expected.reduce((sum, lines) => sum + lines.length, 0);
  const going = Promise.all(
    conversations.map((conversation, i) =>
      talk(conversation, people[i]?.wishes ?? [], people[i]?.messageIds ?? []),
    ),
  );
  const plan = killPlan(size.seed, size.killsOfEach);
  const killed = await killMeanwhile(plan, system, { going, eventsSoFar, total });
  const results: ChaosResult[] = [];
  for (const [i, conversation] of conversations.entries()) {
    const log = await client.events(conversation.runId);
    results.push({ conversation, log, expected: expected[i] ?? [] });
  }
  return { client, killed, results };
}
