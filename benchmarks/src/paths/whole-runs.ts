import { randomUUID } from 'node:crypto';
import type { RunSocket } from '../../../tests/support/client.js';
import { spawnFloorWorker } from '../floor/spawn.js';
import { inTurns, median, took } from '../measure.js';
import type { Harness } from '../harness.js';
import type { Line } from '../table.js';
import { perSecond, type Start } from './per-second.js';
import { tenNodes } from './ten-nodes.js';

const atOnce = 20;
const runsPerRound = 200;
const rounds = 5;
const alone = 40;

/** Starts a run over a socket; settles once the socket was told that it has finished. */
function runToEnd(socket: RunSocket, workflowId: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let runId: string | undefined;
    const ended: string[] = [];
    const settle = () => {
      if (runId === undefined || !ended.includes(runId)) return;
      socket.off('workflow:finished', listen);
      resolve();
    };
    const listen = ({ runId: id }: { runId: string }) => {
      ended.push(id);
      settle();
    };
    socket.on('workflow:finished', listen);
    socket.emitWithAck('session:start', { workflowId, input: { name: 'Ada' } }).then((ack) => {
      if (!ack.ok) return reject(new Error(ack.error.message));
      ({ runId } = ack);
      settle();
    }, reject);
  });
}

/**
 * Whole runs of a published flow of ten nodes as a client has them, from `session:start` to
 * `workflow:finished`, against a workflow with one local activity that does nothing.
 */
export async function wholeRuns(harness: Harness): Promise<Line[]> {
  const { temporal, temporalAddress, user } = harness;
  const taskQueue = `floor-${randomUUID()}`;
  const worker = await spawnFloorWorker({ address: temporalAddress, taskQueue });
  const workflowId = await user.save(tenNodes());
  const published = await user.call('POST', `/api/workflows/${workflowId}/publish`, {});
  if (published.status >= 300) throw new Error(`publishing answered ${published.status}`);
  const sockets = Array.from({ length: atOnce }, () => user.socket());

  const runs = (count: number): Start[] =>
    Array.from({ length: count }, () => (lane) => {
      return runToEnd(sockets[lane] as RunSocket, workflowId);
    });
  const bares = (count: number): Start[] =>
    Array.from({ length: count }, () => () => {
      const options = { workflowId: `bare-${randomUUID()}`, taskQueue, workflowTaskTimeout: '5s' };
      return temporal.workflow.execute('bareRun', { ...options, args: [] });
    });

  const rate = await inTurns(rounds, {
    path: () => perSecond(runs(runsPerRound), atOnce),
    floor: () => perSecond(bares(runsPerRound), atOnce),
  });
  const single = await inTurns(
    alone,
    {
      path: () => took(() => runToEnd(sockets[0] as RunSocket, workflowId)),
      floor: () => took(() => bares(1)[0]?.(0)),
    },
    3,
  );
  await worker.stop();
  return [
    {
      what: `whole runs of ten nodes a second, ${atOnce} at once`,
      ...{ path: median(rate.path), floor: median(rate.floor), unit: '/s' },
    },
    {
      what: 'a whole run of ten nodes alone, p50',
      ...{ path: median(single.path), floor: median(single.floor), unit: 'ms' },
    },
  ];
}
