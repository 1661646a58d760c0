import { aiRoutes } from './ai/routes.js';
import { analyticsRoutes } from './flows/analytics/routes.js';
import { authRoutes } from './account/routes.js';
import { chatRoutes } from './chat/routes.js';
import type { Deps } from './deps.js';
import { callbackRoutes } from './hooks/callback-routes.js';
import { deliveryRoutes } from './hooks/delivery-routes.js';
import { hookRoutes } from './hooks/hook-routes.js';
import { healthRoutes } from './health/routes.js';
import type { Route } from './http/route.js';
import { metricRoutes } from './metrics/routes.js';
import { endpointRoutes } from './endpoints/routes.js';
import { keyRoutes } from './keys/routes.js';
import { knowledgeRoutes } from './knowledge/routes.js';
import { openApiRoutes } from './openapi/routes.js';
import { deploymentRoutes } from './deployments/routes.js';
import { contactRoutes } from './contacts/routes.js';
import { conversationRoutes } from './conversations/routes.js';
import { takeOverRoutes } from './conversations/take-over-routes.js';
import { proofRoutes } from './runs/proof/proof-routes.js';
import { runRoutes } from './runs/routes.js';
import { savedViewRoutes } from './saved-views/routes.js';
import { testRoutes } from './flows/tests/routes.js';
import { scheduleRoutes } from './schedules/routes.js';
import { templateRoutes } from './flows/templates/routes.js';
import { usageRoutes } from './usage/routes.js';
import { tryHttpRoutes } from './try-http/routes.js';
import { versionRoutes } from './flows/versions/routes.js';
import { removeLater } from './workspaces/remove-later.js';
import { workspaceRoutes } from './workspaces/routes.js';
import { flowRoutes } from './flows/routes.js';

/** Every route of the API. */
export function createRoutes(deps: Deps): Route[] {
  const routes = [
    ...healthRoutes(deps),
    ...metricRoutes(deps),
    ...authRoutes(deps),
    ...workspaceRoutes(deps),
    ...flowRoutes(deps, (workspaceId) => removeLater(deps, workspaceId)),
    ...versionRoutes(deps),
    ...testRoutes(deps),
    ...deploymentRoutes(deps),
    ...analyticsRoutes(deps),
    ...runRoutes(deps),
    ...proofRoutes(deps),
    ...chatRoutes(deps),
    ...hookRoutes(deps),
    ...callbackRoutes(deps),
    ...deliveryRoutes(deps),
    ...scheduleRoutes(deps),
    ...contactRoutes(deps),
    ...conversationRoutes(deps),
    ...savedViewRoutes(deps),
    ...takeOverRoutes(deps),
    ...tryHttpRoutes(deps),
    ...templateRoutes(deps),
    ...knowledgeRoutes(deps),
    ...endpointRoutes(deps),
    ...keyRoutes(deps),
    ...usageRoutes(deps),
    ...aiRoutes(deps),
  ];
  return [...routes, ...openApiRoutes(routes, deps.config)];
}
