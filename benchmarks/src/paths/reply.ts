import { randomUUID } from 'node:crypto';
import { socketEventOf } from '@crmflow/contracts';
import { ask, edge, row, say } from '../../../tests/support/flows.js';
import { converse } from '../../../tests/support/conversation.js';
import { startFloorWorker } from '../floor/worker.js';
import { inTurns, median } from '../measure.js';
import type { Harness } from '../harness.js';
import type { Line } from '../table.js';

const rounds = 60;
const waiting = 'system:waiting_for_input';
const numbered = new Set<string>(Object.values(socketEventOf));

/** What follows a signal in the least of workflows: until its local activity runs, in ms. */
async function bareReplies({ temporal, temporalAddress }: Harness) {
  const taskQueue = `floor-${randomUUID()}`;
  let ran = () => {};
  const worker = await startFloorWorker({ address: temporalAddress, taskQueue }, () => {
    ran();
    return Promise.resolve();
  });
  const handle = await temporal.workflow.start('bareReply', {
    ...{ workflowId: taskQueue, taskQueue, workflowTaskTimeout: '5s' },
  });
  return {
    async once(): Promise<number> {
      const done = new Promise<void>((resolve) => (ran = resolve));
      const from = performance.now();
      await handle.signal('mark', 'reply');
      await done;
      return performance.now() - from;
    },
    async stop() {
      await handle.signal('mark', 'end');
      await handle.result();
      await worker.stop();
    },
  };
}

/** A reply of a visitor until the next event arrives, against a signal and its local activity. */
export async function reply(harness: Harness): Promise<Line[]> {
  const { user } = harness;
  const flow = row([ask('word'), say('echo', 'You said {{ vars.word }}.')], {
    edges: [edge('echo', 'out', 'word')],
  });
  const workflowId = await user.save(flow);
  const talk = await converse(user, { workflowId, version: 'draft' });
  const bare = await bareReplies(harness);
  const sinceAccepted: number[] = [];

  const once = async (): Promise<number> => {
    const turns = talk.told.filter(({ event }) => event === waiting).length;
    await talk.see(waiting);
    const arrived = new Promise<number>((resolve) => {
      const listen = (event: string) => {
        if (!numbered.has(event)) return;
        talk.socket.offAny(listen);
        resolve(performance.now());
      };
      talk.socket.onAny(listen);
    });
    const from = performance.now();
    const message = { runId: talk.runId, message: 'tea', messageId: randomUUID() };
    const ack = await talk.socket.emitWithAck('user:message', message);
    const accepted = performance.now();
    if (!ack.ok) throw new Error(ack.error.message);
    const at = await arrived;
    sinceAccepted.push(Math.max(at - accepted, 0));
    await talk.see(
      waiting,
      () => talk.told.filter(({ event }) => event === waiting).length > turns,
    );
    return at - from;
  };

  const pair = await inTurns(rounds, { path: once, floor: bare.once }, 5);
  await bare.stop();
  await talk.socket.emitWithAck('session:end', { runId: talk.runId });
  const floor = median(pair.floor);
  return [
    {
      what: 'a reply acknowledged → next event at the client',
      ...{ path: median(sinceAccepted), floor, unit: 'ms', aim: '≤ 1.5' },
    },
    {
      what: 'a reply sent → next event at the client',
      ...{ path: median(pair.path), floor, unit: 'ms' },
    },
  ];
}
