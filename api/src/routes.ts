import { aiRoutes } from './ai/routes.js';
import { analyticsRoutes } from './analytics/routes.js';
import { authRoutes } from './auth/routes.js';
import type { Deps } from './deps.js';
import { healthRoutes } from './health/routes.js';
import type { Route } from './http/route.js';
import { metricRoutes } from './metrics/routes.js';
import { keyRoutes } from './keys/routes.js';
import { cancelRunsOfWorkflow } from './runs/cancel-runs-of-workflow.js';
import { knowledgeRoutes } from './knowledge/routes.js';
import { openApiRoutes } from './openapi/routes.js';
import { createEngine } from './runs/engine.js';
import { runRoutes } from './runs/routes.js';
import { templateRoutes } from './templates/routes.js';
import { tryHttpRoutes } from './try-http/routes.js';
import { versionRoutes } from './versions/routes.js';
import { workflowRoutes } from './workflows/routes.js';

/** Every route of the API. */
export function createRoutes(deps: Deps): Route[] {
  const engine = createEngine(deps.temporal, deps.config);
  const routes = [
    ...healthRoutes(deps),
    ...metricRoutes(deps),
    ...authRoutes(deps),
    ...workflowRoutes(deps, (id) => cancelRunsOfWorkflow({ db: deps.db, engine }, id)),
    ...versionRoutes(deps),
    ...analyticsRoutes(deps),
    ...runRoutes(deps),
    ...tryHttpRoutes(deps),
    ...templateRoutes(deps),
    ...knowledgeRoutes(deps),
    ...keyRoutes(deps),
    ...aiRoutes(deps),
  ];
  return [...routes, ...openApiRoutes(routes, deps.config)];
}
