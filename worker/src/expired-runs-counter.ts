import { Counter, type Registry } from 'prom-client';

/** @returns counts runs that were removed because they were past their time */
export function createExpiredRunsCounter(register: Registry): (runs: number) => void {
  const removed = new Counter({
    name: 'crmflow_expired_runs_removed_total',
    help: 'Ended runs that this process removed because their workspace no longer keeps them',
    registers: [register],
  });
  return (runs) => removed.inc(runs);
}
