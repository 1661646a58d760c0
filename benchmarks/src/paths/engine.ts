import { randomUUID } from 'node:crypto';
import { runFlowType } from '@crmflow/workflows';
import { inTurns, median, took } from '../measure.js';
import { spawnFloorWorker } from '../floor/spawn.js';
import type { Harness } from '../harness.js';
import type { Line } from '../table.js';
import { perSecond, type Start } from './per-second.js';
import { preparedRuns } from './prepared-runs.js';

const atOnce = 20;
const runsPerRound = 100;
const rounds = 5;
const alone = 30;

/** Whole runs of a flow of ten nodes against a workflow with one local activity that does nothing. */
export async function engine(harness: Harness): Promise<Line[]> {
  const { temporal, temporalAddress } = harness;
  const floorQueue = `floor-${randomUUID()}`;
  const worker = await spawnFloorWorker({ address: temporalAddress, taskQueue: floorQueue });
  const prepare = await preparedRuns(harness);

  const execute = (type: string, workflowId: string, taskQueue: string, args: unknown[]) =>
    temporal.workflow.execute(type, { workflowId, taskQueue, args, workflowTaskTimeout: '5s' });
  const flows = async (count: number): Promise<Start[]> =>
    (await prepare(count)).map(
      (args) => () => execute(runFlowType, args[0].runId, 'crmflow', args),
    );
  const bares = (count: number): Start[] =>
    Array.from({ length: count }, () => () => {
      return execute('bareRun', `bare-${randomUUID()}`, floorQueue, []);
    });

  const rate = await inTurns(rounds, {
    path: async () => perSecond(await flows(runsPerRound), atOnce),
    floor: () => perSecond(bares(runsPerRound), atOnce),
  });
  const single = await inTurns(
    alone,
    {
      path: async () => {
        const [start] = await flows(1);
        return took(() => start?.(0));
      },
      floor: () => took(() => bares(1)[0]?.(0)),
    },
    3,
  );
  await worker.stop();
  return [
    {
      what: `runs of ten nodes a second, ${atOnce} at once`,
      ...{ path: median(rate.path), floor: median(rate.floor), unit: '/s', aim: '≥ 0.9' },
    },
    {
      what: 'a run of ten nodes alone, p50',
      ...{ path: median(single.path), floor: median(single.floor), unit: 'ms' },
    },
  ];
}
