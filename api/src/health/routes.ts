import { healthSchema, readinessSchema } from '@crmflow/contracts';
import type { Deps } from '../deps.js';
import { openRoute, type Route } from '../http/route.js';
import { checkParts } from './checks.js';

/** `/health`: this process lives. `/ready`: everything that a run needs answers, each part named. */
export function healthRoutes(deps: Pick<Deps, 'pool' | 'temporal' | 'config'>): Route[] {
  return [
    openRoute({
      method: 'get',
      path: '/health',
      docs: {
        tag: 'System',
        summary: 'Whether this process lives',
        answers: { 200: healthSchema },
      },
      handle: async () => ({ status: 200, body: { status: 'ok' } }),
    }),
    openRoute({
      method: 'get',
      path: '/ready',
      docs: {
        tag: 'System',
        summary: 'Whether everything that a run needs answers',
        description: '503 with the same body where a part does not answer.',
        answers: { 200: readinessSchema, 503: readinessSchema },
      },
      async handle() {
        const checks = await checkParts(deps);
        const ready = Object.values(checks).every((check) => check.ok);
        return {
          status: ready ? 200 : 503,
          body: { status: ready ? 'ready' : 'unavailable', checks },
        };
      },
    }),
  ];
}
