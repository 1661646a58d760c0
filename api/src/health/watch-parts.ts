import { cached } from '../cached.js';
import type { Metrics } from '../metrics/create-metrics.js';
import { type CheckDeps, checkParts } from './checks.js';

/** However many processes are read, the parts are asked this often by each. */
const cachedMs = 5_000;

/** Tells with the metrics which of the parts that runs need are available. */
export function watchParts(metrics: Metrics, deps: CheckDeps): void {
  const read = cached(cachedMs, async () => {
    // Stuck runs are told by a metric of their own.
    const { runs: _, ...parts } = await checkParts(deps);
    return Object.fromEntries(Object.entries(parts).map(([part, { ok }]) => [part, ok ? 1 : 0]));
  });
  const help = 'Whether a part that runs need is available, as /ready tells it: 1 or 0';
  metrics.gaugeBy('crmflow_part_up', { help, label: 'part' }, read);
}
