import { healthSchema, readinessSchema } from '@crmflow/contracts';
import type { Deps } from '../deps.js';
import { openRoute, type Route } from '../http/route.js';
import { checkParts, type Checks } from './checks.js';

/** Stuck runs are reported, but don't make the API unready: other runs still need it. */
function statusOf({ runs, ...parts }: Checks) {
  if (!Object.values(parts).every((check) => check.ok)) return 'unavailable';
  return runs.ok ? 'ready' : 'degraded';
}

/** `/health`: this process lives. `/ready`: everything that a run needs answers, each part named. */
export function healthRoutes(
  deps: Pick<Deps, 'pool' | 'budgets' | 'temporal' | 'config' | 'engine'>,
): Route[] {
  return [
    openRoute({
      method: 'get',
      path: '/health',
      docs: {
        tag: 'System',
        summary: 'Check liveness',
        answers: { 200: healthSchema },
      },
      handle: async () => ({ status: 200, body: { status: 'ok' } }),
    }),
    openRoute({
      method: 'get',
      path: '/ready',
      docs: {
        tag: 'System',
        summary: 'Check readiness',
        description:
          'Answers 200 if everything a run needs is responding, else 503 with the same body. Runs that are stuck by an internal error make the status `degraded`, with 200.',
        answers: { 200: readinessSchema, 503: readinessSchema },
      },
      async handle() {
        const checks = await checkParts(deps);
        const status = statusOf(checks);
        return {
          status: status === 'unavailable' ? 503 : 200,
          body: { status, checks },
        };
      },
    }),
  ];
}
