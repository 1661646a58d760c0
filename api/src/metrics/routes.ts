import { z } from 'zod';
import type { Deps } from '../deps.js';
import { AppError } from '../errors/app-error.js';
import { openRoute, type Route } from '../http/route.js';
import { mayReadMetrics } from './may-read.js';

/** `/metrics`: what this process counts, for Prometheus on this machine or with the token. */
export function metricRoutes({ metrics, config }: Pick<Deps, 'metrics' | 'config'>): Route[] {
  return [
    openRoute({
      method: 'get',
      path: '/metrics',
      docs: {
        tag: 'System',
        summary: 'Read the metrics of this process',
        description:
          'In the Prometheus text format. Available from the machine itself, or with `Authorization: Bearer <METRICS_TOKEN>`; 404 otherwise.',
        answers: { 200: { 'text/plain': z.string() } },
        problems: ['not_found'],
      },
      async handle({ request: { socket, headers } }) {
        const { remoteAddress } = socket;
        if (!mayReadMetrics({ remoteAddress, headers }, config.metricsToken)) {
          throw new AppError('not_found', 'No endpoint matches GET /metrics.');
        }
        return {
          status: 200,
          text: await metrics.registry.metrics(),
          headers: { 'Content-Type': metrics.registry.contentType },
        };
      },
    }),
  ];
}
