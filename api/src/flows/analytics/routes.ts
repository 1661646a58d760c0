import { analyticsQuerySchema, flowAnalyticsSchema } from '@crmflow/contracts';
import type { Deps } from '../../deps.js';
import { idParams } from '../../http/id-params.js';
import { type Route, route } from '../../http/route.js';
import { flowAnalytics } from './flow-analytics.js';

/** `/api/analytics/…`: what happened in the runs of one's flows. */
export function analyticsRoutes(deps: Pick<Deps, 'pool' | 'reads'>): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/analytics/workflows/:id',
      right: 'analytics.read',
      of: 'flow',
      docs: {
        tag: 'Analytics',
        summary: 'Read the analytics of a flow',
        description:
          'Covers the runs that started in the period, by default the last 30 days. Test runs of drafts are included unless `version` filters them.',
        answers: { 200: flowAnalyticsSchema },
      },
      gate: deps.reads,
      params: idParams,
      query: analyticsQuerySchema,
      async handle({ params, query }) {
        return { status: 200, body: await flowAnalytics(deps, params.id, query) };
      },
    }),
  ];
}
