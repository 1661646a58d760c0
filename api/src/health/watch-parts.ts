import { cached } from '../cached.js';
import type { Metrics } from '../metrics/create-metrics.js';
import { checkServices, type ServiceDeps } from './checks.js';

/** However many processes are read, the parts are asked this often by each. */
const cachedMs = 5_000;

/**
 * Tells with the metrics which of the services that runs need are available. Stuck runs have a metric
 * of their own.
 */
export function watchParts(metrics: Metrics, deps: ServiceDeps): void {
  const read = cached(cachedMs, async () => {
    const services = await checkServices(deps);
    return Object.fromEntries(Object.entries(services).map(([part, { ok }]) => [part, ok ? 1 : 0]));
  });
  const help = 'Whether a part that runs need is available, as /ready tells it: 1 or 0';
  metrics.gaugeBy('crmflow_part_up', { help, label: 'part' }, read);
}
