import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ConversationEvent, socketEventOf } from '@crmflow/contracts';
import { log } from '../../../scripts/boot/log.mjs';
import { type Client, register } from '../../../tests/support/client.js';
import { converse } from '../../../tests/support/conversation.js';
import { ask, edge, row, say } from '../../../tests/support/flows.js';
import { quantile } from '../../../tests/support/quantile.js';
import { type OwnSystem, startSystem } from '../../../tests/support/system.js';
import { deployChat, visit } from '../../../tests/support/visitor.js';
import { footprintOf } from '../attacks/footprint.js';
import { type Line, tableOf } from '../table.js';

const seconds = Number(process.env['CRMFLOW_BENCH_SECONDS'] ?? 40);
/** Of all visitors together, however many there are: what is compared is how many listen. */
const turnsPerSecond = 10;
/** Begin at once: more would be a storm of starts, which is another benchmark. */
const lanes = 8;
const settleMs = 5_000;

/** How long a reply took, in ms: until the first event, and until the flow waits again. */
type Turn = { first: number; whole: number };

/** Sends one reply and waits for what the flow says to it. */
type Reply = () => Promise<Turn>;

const flow = () =>
  row([ask('word'), say('echo', 'You said {{ vars.word }}.')], {
    edges: [edge('echo', 'out', 'word')],
  });

/** Takes the times of what arrives after a reply was sent. */
function stopwatch() {
  let arrived = (_isLast: boolean) => {};
  return {
    arrived: (isLast: boolean) => arrived(isLast),
    async of(send: () => Promise<unknown>): Promise<Turn> {
      const from = performance.now();
      let first: number | undefined;
      const whole = new Promise<number>((resolve) => {
        arrived = (isLast) => {
          first ??= performance.now() - from;
          if (isLast) resolve(performance.now() - from);
        };
      });
      await send();
      const ms = await whole;
      arrived = () => {};
      return { first: first ?? ms, whole: ms };
    },
  };
}

type Listener = { listen: () => () => void; reply: Reply; isAsked: () => Promise<void> };

/** A visitor whose conversation has begun; `listen` connects the page. */
async function newVisitor(url: string, slug: string): Promise<Listener> {
  const visitor = await visit(url, slug);
  const id = await visitor.begin();
  const watch = stopwatch();
  let waits = () => {};
  const asked = new Promise<void>((resolve) => (waits = resolve));
  const onEvent = ({ type }: ConversationEvent) => {
    if (type === 'waiting') waits();
    watch.arrived(type === 'waiting');
  };
  return {
    listen() {
      const page = visitor.open(id, 0, onEvent);
      return () => page.close();
    },
    isAsked: () => asked,
    reply: () => watch.of(() => visitor.say(id, 'tea')),
  };
}

/** The same by the API and the socket of the team: what a run costs without a conversation. */
async function bareRun(user: Client): Promise<Reply> {
  const workflowId = await user.save(flow());
  const talk = await converse(user, { workflowId, version: 'draft' });
  await talk.see('system:waiting_for_input');
  const watch = stopwatch();
  const numbered = new Set<string>(Object.values(socketEventOf));
  talk.socket.onAny((event: string) => {
    if (numbered.has(event)) watch.arrived(event === 'system:waiting_for_input');
  });
  return () =>
    watch.of(async () => {
      const message = { message: 'tea', messageId: randomUUID() };
      const { status } = await user.call('POST', `/api/runs/${talk.runId}/messages`, message);
      if (status >= 300) throw new Error(`A message was answered by ${status}`);
    });
}

/** Replies again and again, until it is time. */
async function repeat(reply: Reply, pauseMs: number, until: number): Promise<Turn[]> {
  const turns: Turn[] = [];
  // Spread from the beginning on.
  await sleep(pauseMs * Math.random());
  while (performance.now() < until) {
    turns.push(await reply());
    await sleep(pauseMs * (0.5 + Math.random()));
  }
  return turns;
}

async function makeVisitors(url: string, slug: string, count: number): Promise<Listener[]> {
  const made: Listener[] = [];
  const lane = async () => {
    while (made.length < count) {
      const index = made.push(undefined as unknown as Listener) - 1;
      made[index] = await newVisitor(url, slug);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return made;
}

async function measureOn(system: OwnSystem, count: number): Promise<Line[]> {
  const user = await register(system.url);
  const chat = await deployChat(user, flow());
  const memory = () => footprintOf(system).memory.api;
  log(`Beginning ${count} conversations …`);
  const visitors = await makeVisitors(system.url, chat.slug, count);
  const bare = await bareRun(user);
  await sleep(settleMs);
  const before = memory();
  const closing = visitors.map(({ listen }) => listen());
  await Promise.all(visitors.map(({ isAsked }) => isAsked()));
  await sleep(settleMs);
  const connected = memory();
  log(`Talking for ${seconds} s …`);
  const until = performance.now() + seconds * 1_000;
  const pauseMs = (count / turnsPerSecond) * 1_000;
  const [floor, ...paths] = await Promise.all([
    repeat(bare, 300, until),
    ...visitors.map(({ reply }) => repeat(reply, pauseMs, until)),
  ]);
  const path = paths.flat();
  const after = memory();
  log(`${path.length} turns of visitors, ${floor.length} of the run without a conversation.`);
  const each = ((connected - before) / count) * 1_024;
  log(
    `MB of the API: ${before.toFixed(0)} before, ${connected.toFixed(0)} with ${count} connected (${each.toFixed(0)} kB each), ${after.toFixed(0)} after they talked.`,
  );
  for (const close of closing) close();
  user.close();
  const line = (what: string, of: (turn: Turn) => number, q: number): Line => ({
    ...{ what, unit: 'ms' },
    path: quantile(path.map(of), q),
    floor: quantile(floor.map(of), q),
  });
  const [first, whole] = [({ first: ms }: Turn) => ms, ({ whole: ms }: Turn) => ms];
  return [
    line('a message sent → first event, p50', first, 0.5),
    line('a message sent → first event, p95', first, 0.95),
    line('a message sent → the flow waits again, p50', whole, 0.5),
    line('a message sent → the flow waits again, p95', whole, 0.95),
  ];
}

/**
 * Visitors who are connected over server-sent events and talk, against a run of the same flow that is
 * followed over a socket meanwhile; and what memory a connected visitor costs the API.
 * @param options how many visitors; 200 unless given
 * @returns a table
 */
export async function measureVisitors([count = '200']: readonly string[]): Promise<string> {
  if (!/^[1-9]\d{0,3}$/.test(count)) throw new Error(`Not a number of visitors: ${count}`);
  const system = await startSystem({ env: { LOG_LEVEL: 'warn' } });
  try {
    return tableOf(await measureOn(system, Number(count)));
  } finally {
    await system.stop();
  }
}
