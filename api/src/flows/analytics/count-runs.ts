import { type FlowAnalytics, isFinal, type RunStatus, runStatusSchema } from '@crmflow/contracts';
import type { PoolClient } from 'pg';
import { isSelected, type RunSelection, valuesOf } from './run-selection.js';

type Counts = Pick<FlowAnalytics, 'runs' | 'completionRate'>;

/**
 * How many runs there are by status, and which share of those that have ended is `completed`:
 * runs that still go on say nothing about that yet, and runs that failed, were cancelled or timed
 * out count against it.
 */
export async function countRuns(client: PoolClient, selection: RunSelection): Promise<Counts> {
  const { rows } = await client.query<{ status: RunStatus; count: number }>(
    `SELECT status, count(*)::int AS count FROM "Run" r WHERE ${isSelected} GROUP BY status`,
    valuesOf(selection),
  );
  const found = new Map(rows.map(({ status, count }) => [status, count]));
  const countOf = (status: RunStatus) => found.get(status) ?? 0;
  const sum = (statuses: readonly RunStatus[]) =>
    statuses.reduce((total, status) => total + countOf(status), 0);
  const all = runStatusSchema.options;
  const ended = sum(all.filter(isFinal));
  return {
    runs: {
      total: sum(all),
      byStatus: Object.fromEntries(all.map((status) => [status, countOf(status)])) as Record<
        RunStatus,
        number
      >,
    },
    completionRate: ended === 0 ? null : countOf('completed') / ended,
  };
}
