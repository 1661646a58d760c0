import type { AnalyticsQuery, FlowAnalytics } from '@crmflow/contracts';
import { transaction } from '@crmflow/db';
import type { Pool } from 'pg';
import { AppError } from '../../errors/app-error.js';
import { countRuns } from './count-runs.js';
import { figuresOf, measureNodes } from './measure-nodes.js';
import { nameNodes } from './name-nodes.js';

const defaultPeriodMs = 30 * 24 * 3600 * 1000;

function periodOf({ from, to = new Date() }: AnalyticsQuery): { from: Date; to: Date } {
  const start = from ?? new Date(to.getTime() - defaultPeriodMs);
  if (start < to) return { from: start, to };
  const said = `${start.toISOString()} is not before ${to.toISOString()}`;
  throw new AppError('bad_request', `The period is empty: ${said}.`, {
    errors: [{ path: 'from', message: 'must be before to' }],
  });
}

/**
 * What happened in the runs of a flow that started in a period, all as of one moment. The
 * parts say how their figures are meant.
 * @throws AppError `bad_request` for an empty period
 */
export async function flowAnalytics(
  { pool }: { pool: Pool },
  workflowId: string,
  query: AnalyticsQuery,
): Promise<FlowAnalytics> {
  const { from, to } = periodOf(query);
  const selection = { workflowId, from, to, version: query.version };
  return transaction(pool, async (client) => {
    // One moment for all figures; memory for the medians, which would spill to the disk.
    await client.query(`SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY`);
    await client.query(`SET LOCAL work_mem = '32MB'`);
    const counts = await countRuns(client, selection);
    const { figures, reachedIn } = await measureNodes(client, selection);
    const names = await nameNodes(client, workflowId, reachedIn);
    return {
      workflowId,
      from: from.toISOString(),
      to: to.toISOString(),
      ...counts,
      nodes: names.map((name) => ({
        ...name,
        ...(figures.get(name.nodeId) ?? figuresOf(name.nodeId)),
      })),
    };
  });
}
